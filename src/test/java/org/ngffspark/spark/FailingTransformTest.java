// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.image.Container;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.SkippedObject;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.Roi;
import org.ngffspark.spark.Misbehaving.Way;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.MaskingRoiTableBuilder;
import org.ngffspark.table.Tables;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.transform.MaskedTransform;

/** Whatever a transform does wrong for an object, its image is untouched or the object is. */
class FailingTransformTest {
  private static final String NUCLEI = JobImage.NUCLEI;
  @RegisterExtension static final TestSpark spark = TestSpark.on("local[2,3]");

  @TempDir Path folder;
  private Path image;
  private Map<String, Integer> before;

  @BeforeEach
  void writeImage() {
    image = folder.resolve("image.zarr");
    JobImage.plane().write(image);
    before = Folders.digest(folder);
  }

  private ImageOutcome run(TransformSpec spec, int tiles) {
    return spark.inPlace(spec, tiles, new ImageRef(image.toUri(), "")).only();
  }

  private static SpecBuilder spec(Way way) {
    SpecBuilder builder = SpecBuilder.on(NUCLEI).transform(Misbehaving.with(way, 4));
    return way == Way.HANGS ? builder.timeout(1) : builder;
  }

  @ParameterizedTest
  @CsvSource({
    "THROWS, IllegalStateException: no cells today",
    "THROWS_CHECKED, IOException: no cells today",
    "THROWS_ERROR, OwnError: no cells today",
    "LACKS_A_CLASS, net/imglib2/Missing; give the jar of that library with --jars",
    "RECURSES, StackOverflowError",
    "HANGS, took longer than 1 s (--object-timeout)",
    "TAKES_ALL_MEMORY, ran out of memory on a patch"
  })
  void anImageWithAnObjectThatCannotBeTransformedStaysAsItWas(Way way, String reason) {
    for (int tiles : new int[] {1, 1000}) {
      ImageOutcome outcome = run(spec(way).build(), tiles);
      assertThat(outcome.state()).isEqualTo(State.FAILED);
      assertThat(outcome.input()).isEqualTo(new ImageRef(image.toUri(), ""));
      assertThat(outcome.message()).startsWith("object 4: ").contains(reason);
      assertThat(Folders.digest(folder)).isEqualTo(before);
    }
  }

  @Test
  void aFunctionOfValuesFailsForTheObjectThatHasTheValue() {
    MaskedTransform transform =
        MaskedTransform.ofValues(
            x -> {
              if (x > 0) {
                throw new IllegalStateException("no cells today");
              }
              return x;
            });
    ImageOutcome outcome = run(SpecBuilder.on(NUCLEI).transform(transform).build(), 1);
    assertThat(outcome.state()).isEqualTo(State.FAILED);
    assertThat(outcome.message())
        .startsWith("object 1: transform 'values' failed: ")
        .contains("no cells today");
    assertThat(Folders.digest(folder)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"THROWS", "THROWS_ERROR", "HANGS", "TAKES_ALL_MEMORY"})
  void anObjectThatIsSkippedKeepsItsPixelsAndIsListed(Way way) {
    Path expected = Folders.copy(image, folder.resolve("expected.zarr"));
    Loops.run(spec(way).ids("1-3,5-7").build(), image, expected);
    for (int tiles : new int[] {1, 1000}) {
      Path original = Folders.copy(image, folder.resolve("original.zarr"));
      ImageOutcome outcome = run(spec(way).skipping().build(), tiles);
      assertThat(outcome.state()).as(outcome.message()).isEqualTo(State.DONE);
      assertThat(outcome.skipped()).extracting(SkippedObject::label).containsExactly(4L);
      assertThat(outcome.skipped().get(0).reason()).startsWith("object 4: ");
      assertSamePixels(image, expected);
      Folders.replace(image, original);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void anObjectThatFailsInOneChannelKeepsItsPixelsInAll(int tiles) {
    Misbehaving inChannel1 = new Misbehaving(Way.THROWS, 4, "channel 1");
    Path expected = Folders.copy(image, folder.resolve("expected.zarr"));
    SpecBuilder spec = SpecBuilder.on(NUCLEI).transform(inChannel1);
    Loops.run(SpecBuilder.on(NUCLEI).transform(inChannel1).ids("1-3,5-7").build(), image, expected);
    ImageOutcome outcome = run(spec.skipping().build(), tiles);
    assertThat(outcome.state()).as(outcome.message()).isEqualTo(State.DONE);
    assertThat(outcome.skipped()).extracting(SkippedObject::label).containsExactly(4L);
    assertSamePixels(image, expected);
  }

  /** Writes a table with a region for each id, in place of the one that is there. */
  private void table(Consumer<MaskingRoiTableBuilder> rows) {
    Tables tables = Container.open(image.toUri()).tables();
    tables.names().forEach(tables::delete);
    MaskingRoiTableBuilder builder = MaskingRoiTable.builder();
    rows.accept(builder);
    tables.write("regions", builder.build(), NUCLEI, WritableBackend.CSV);
  }

  private static Roi moved(Roi roi, double offset) {
    Map<AxisName, Interval> intervals = new EnumMap<>(roi.intervals());
    intervals.computeIfPresent(
        AxisName.Y,
        (axis, old) -> Interval.of(old.start().orElseThrow() + offset, old.length().orElseThrow()));
    return new Roi(roi.name(), roi.label(), intervals);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void aRowWithoutARegionFailsItsObjectOnly(int tiles) throws IOException {
    LabelBoxes boxes = Container.open(image.toUri()).label(NUCLEI).boxes();
    table(rows -> LongStream.of(boxes.labels()).mapToObj(boxes::roi).forEach(rows::add));
    Path csv = image.resolve("tables/regions/table.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(csv));
    lines.set(4, lines.get(4).replaceFirst(",[^,]*$", ",nan"));
    Files.write(csv, lines);
    before = Folders.digest(folder);
    assertThatThrownBy(() -> run(SpecBuilder.on(NUCLEI).build(), tiles))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(image + ": object 4: ")
        .hasMessageContaining("must hold a finite number >= 0, got NaN");
    assertThat(Folders.digest(folder)).isEqualTo(before);
    ImageOutcome done = run(SpecBuilder.on(NUCLEI).skipping().build(), tiles);
    assertThat(done.state()).as(done.message()).isEqualTo(State.DONE);
    assertThat(done.skipped()).extracting(SkippedObject::label).containsExactly(4L);
    assertThat(done.work().objects()).isEqualTo((long) boxes.size());
    assertThat(run(SpecBuilder.on(NUCLEI).ids("4").skipping().build(), tiles).skipped())
        .extracting(SkippedObject::label)
        .containsExactly(4L);
    assertThat(run(SpecBuilder.on(NUCLEI).ids("5").build(), tiles).skipped()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void regionsWithoutAPixelOfTheirObjectAreTold(int tiles) {
    LabelBoxes boxes = Container.open(image.toUri()).label(NUCLEI).boxes();
    table(
        rows -> {
          for (long id : boxes.labels()) {
            rows.add(id == 2 ? moved(boxes.roi(id), 1000) : boxes.roi(id));
          }
        });
    String note = "no pixel has its id in its region";
    ImageOutcome one = run(SpecBuilder.on(NUCLEI).build(), tiles);
    assertThat(one.state()).as(one.message()).isEqualTo(State.DONE);
    assertThat(one.work().notes()).isEqualTo(Map.of(note, 1L));
    ImageOutcome values =
        run(SpecBuilder.on(NUCLEI).transform(MaskedTransform.ofValues(x -> x)).build(), tiles);
    assertThat(values.work().notes()).isEqualTo(Map.of(note, 1L));
    table(
        rows -> {
          for (long id : boxes.labels()) {
            rows.add(moved(boxes.roi(id), 1000));
          }
        });
    before = Folders.digest(folder);
    ImageOutcome none = run(SpecBuilder.on(NUCLEI).transform("fill", "value", "3").build(), tiles);
    assertThat(none.state()).isEqualTo(State.FAILED);
    assertThat(none.message())
        .contains("None of " + boxes.size() + " objects has a pixel of its id in its region")
        .contains("--allow-empty");
    assertThat(Folders.digest(folder)).isEqualTo(before);
    ImageOutcome allowed =
        run(SpecBuilder.on(NUCLEI).transform("fill", "value", "3").allowEmpty().build(), tiles);
    assertThat(allowed.state()).as(allowed.message()).isEqualTo(State.DONE);
    assertThat(allowed.work().notes()).isEqualTo(Map.of(note, (long) boxes.size()));
  }

  @Test
  void aTableOfAnotherStateOfTheLabelImageIsTold() {
    Container container = Container.open(image.toUri());
    LabelBoxes boxes = container.label(NUCLEI).boxes();
    MaskingRoiTableBuilder rows = MaskingRoiTable.builder();
    LongStream.of(boxes.labels()).mapToObj(boxes::roi).forEach(rows::add);
    MaskingRoiTable regions = rows.build();
    Tables tables = container.tables();
    tables.names().forEach(tables::delete);
    String now = container.label(NUCLEI).fingerprint();
    tables.write("regions", regions.madeOf(now), NUCLEI, WritableBackend.CSV);
    assertThat(run(SpecBuilder.on(NUCLEI).build(), 1).work().notes()).isEmpty();
    tables.delete("regions");
    tables.write("regions", regions.madeOf("0123"), NUCLEI, WritableBackend.CSV);
    ImageOutcome chosen = run(SpecBuilder.on(NUCLEI).transform("fill", "value", "3").build(), 1);
    assertThat(chosen.work().notes()).isEmpty();
    assertThat(chosen.remarks())
        .singleElement(STRING)
        .contains("older than that, so boxes are taken from the label image");
    ImageOutcome named =
        run(SpecBuilder.on(NUCLEI).table("regions").transform("fill", "value", "4").build(), 1);
    assertThat(named.remarks()).isEmpty();
    assertThat(named.work().notes())
        .isEqualTo(
            Map.of(
                "the label image was changed after the table of their regions was made of it",
                (long) boxes.size()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void aRunThatMeetsNoObjectLeavesNoRecord(int tiles) {
    ImageOutcome outcome = run(SpecBuilder.on(NUCLEI).ids("500-600").build(), tiles);
    assertThat(outcome.state()).as(outcome.message()).isEqualTo(State.DONE);
    assertThat(outcome.work().objects()).isZero();
    assertThat(Folders.digest(folder)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void anIdThatTheImageLacksIsAnErrorUnlessARangeHasIt(int tiles) {
    TransformSpec absent = SpecBuilder.on(NUCLEI).ids("4,99").build();
    ImageOutcome outcome = run(absent, tiles);
    assertThat(outcome.state()).isEqualTo(State.FAILED);
    assertThat(outcome.message()).contains("99");
    assertThat(Folders.digest(folder)).isEqualTo(before);
    assertThat(run(SpecBuilder.on(NUCLEI).ids("4,9-99").build(), tiles).state())
        .isEqualTo(State.DONE);
  }

  @ParameterizedTest
  @CsvSource({"1, own", "1000, own", "1, affine", "1000, affine"})
  void anObjectThatIsTooLargeNamesItsBytesAndTheOption(int tiles, String transform) {
    SpecBuilder spec = SpecBuilder.on(NUCLEI).maxObjectBytes(100);
    if (transform.equals("own")) {
      spec.transform(Mixing.ofAllChannels());
    }
    assertTooLarge(run(spec.build(), tiles));
    assertTooLarge(run(spec.skipping().build(), tiles));
  }

  private void assertTooLarge(ImageOutcome outcome) {
    assertThat(outcome.state()).isEqualTo(State.FAILED);
    assertThat(outcome.message())
        .matches("object \\d: its patch .* takes [\\d,]+ bytes, more than the limit of 100; .*")
        .contains("--max-object-bytes");
    assertThat(Folders.digest(folder)).isEqualTo(before);
  }

  /** Changes the bytes of what it is shown, which it must not. */
  private static final class Scribbler implements MaskedTransform {
    private static final long serialVersionUID = 1L;

    @Override
    public void apply(MaskedPatch object, Patch result) {
      IntStream.range(0, result.size()).forEach(i -> result.set(i, object.patch().value(i) + 1));
      Arrays.fill(object.patch().pixels().bytes(), (byte) 3);
      Arrays.fill(object.labels().pixels().bytes(), (byte) 3);
    }
  }

  /** Takes the object for the result. */
  private static final class Mistaken implements MaskedTransform {
    private static final long serialVersionUID = 1L;

    @Override
    public void apply(MaskedPatch object, Patch result) {
      object.patch().update(x -> x / 2);
    }
  }

  @Test
  void aTransformThatWritesToItsObjectFailsAndIsToldWhy() {
    ImageOutcome outcome = run(SpecBuilder.on(NUCLEI).transform(new Mistaken()).build(), 1);
    assertThat(outcome.state()).isEqualTo(State.FAILED);
    assertThat(outcome.message())
        .contains("read-only: change a copy() of the patch, or the result");
    assertThat(Folders.digest(folder)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void aTransformThatChangesWhatItIsShownSpoilsNoOtherObject(int tiles) {
    Path expected = Folders.copy(image, folder.resolve("expected.zarr"));
    Loops.run(
        SpecBuilder.on(NUCLEI).transform(Misbehaving.with(Way.THROWS, 99)).zoom(3).build(),
        image,
        expected);
    run(SpecBuilder.on(NUCLEI).transform(new Scribbler()).zoom(3).build(), tiles);
    assertSamePixels(image, expected);
  }

  @Test
  void anObjectWithinTheTimeIsTransformed() {
    ImageOutcome outcome =
        run(SpecBuilder.on(NUCLEI).transform(Mixing.ofAllChannels()).timeout(600).build(), 1);
    assertThat(outcome.state()).as(outcome.message()).isEqualTo(State.DONE);
    assertThat(outcome.skipped()).isEmpty();
  }

  private static void assertSamePixels(Path actual, Path expected) {
    Container is = Container.open(actual.toString());
    Container shouldBe = Container.open(expected.toString());
    for (int level = 0; level < shouldBe.levels(); level++) {
      assertThat(is.image(level).read().pixels().bytes())
          .as("level %d", level)
          .isEqualTo(shouldBe.image(level).read().pixels().bytes());
    }
  }
}
