// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.apply.Companions;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.history.Repeat;
import org.ngffspark.image.Container;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.ngff.Well;
import org.ngffspark.ngff.WellImage;
import org.ngffspark.spark.Misbehaving.Way;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** Where the pixels go other than into the image itself. */
class DestinationTest {
  private static final String NUCLEI = JobImage.NUCLEI;
  @RegisterExtension static final TestSpark spark = TestSpark.on("local[2,3]");

  @TempDir Path folder;

  private static SpecBuilder mixing() {
    return SpecBuilder.on(NUCLEI).transform(Mixing.ofAllChannels());
  }

  static Stream<JobCase> cases() {
    JobImage sharded = JobImage.plane().shards(1, 32, 40);
    JobImage dense = JobImage.plane().label(LabelImage.dense(NUCLEI, 12));
    return Stream.of(
        new JobCase("v2", JobImage.plane(), mixing().build()),
        new JobCase("sharded", sharded, mixing().zoom(1.5).build()),
        new JobCase("chunks that are missing", JobImage.plane().fill(9), mixing().build()),
        new JobCase("one channel", JobImage.plane(), mixing().channels("1").build()),
        new JobCase("level 1", JobImage.plane(), mixing().level(1).build()),
        new JobCase("without pyramid", JobImage.plane(), mixing().withoutPyramid().build()),
        new JobCase(
            "no object", JobImage.plane().label(LabelImage.discs(NUCLEI, 0, 1)), mixing().build()),
        new JobCase(
            "all becomes 0",
            dense,
            SpecBuilder.on(NUCLEI).transform("fill", "value", "0").build()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aNewImageHoldsWhatTheImageWouldHold(JobCase each) {
    Path original = folder.resolve("original.zarr");
    each.image().write(original);
    Path expected = Folders.copy(original, folder.resolve("expected.zarr"));
    Loops.run(each.spec(), original, expected);
    Map<String, Integer> before = Folders.digest(original);
    SortedMap<String, byte[]> pixels = Folders.content(expected);
    pixels.keySet().removeIf(name -> name.matches(".zattrs|zarr.json"));
    for (int tiles : new int[] {1, 1000}) {
      Path made = folder.resolve("new" + tiles + ".zarr");
      ImageOutcome outcome = run(each.spec(), made, Existing.REFUSE, tiles, original);
      assertThat(outcome.state()).as(outcome.message()).isEqualTo(State.DONE);
      assertThat(outcome.output()).isEqualTo(made.toString());
      SortedMap<String, byte[]> files = Folders.content(made);
      files.keySet().removeIf(name -> name.matches(".zattrs|zarr.json"));
      assertThat(files.keySet()).isEqualTo(pixels.keySet());
      files.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(pixels.get(name)));
      Container container = Container.open(made.toString());
      Container source = Container.open(original.toString());
      assertThat(container.labels()).isEqualTo(source.labels()).isNotEmpty();
      assertThat(container.tables().names()).isEqualTo(source.tables().names());
      assertThat(container.channels()).isEqualTo(source.channels());
      assertThat(container.metadata().datasets()).isEqualTo(source.metadata().datasets());
    }
    assertThat(Folders.digest(original)).isEqualTo(before);
    assertThat(Folders.digest(folder).keySet())
        .as("nothing is left beside")
        .allMatch(name -> name.matches("(original|expected|new1|new1000)\\.zarr/.*"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void labelsAndTablesAreLeftOutIfAsked(int tiles) {
    Path original = folder.resolve("original.zarr");
    JobImage.plane().label(LabelImage.discs(NUCLEI, 7, 9).withTable()).write(original);
    for (Companions companions : Companions.values()) {
      Path made = folder.resolve(companions + ".zarr");
      spark
          .run(
              mixing().build(),
              new Destination.NewImage(made.toUri(), Existing.REFUSE, companions),
              Repeat.REFUSE,
              tiles,
              new ImageRef(original.toUri(), ""))
          .only();
      assertThat(made.resolve("labels").toFile().exists())
          .isEqualTo(companions != Companions.NONE && companions != Companions.LINKED);
      assertThat(Container.open(made.toString()).labels().isEmpty())
          .isEqualTo(companions == Companions.NONE);
      assertThat(made.resolve("tables").toFile().exists())
          .isEqualTo(companions == Companions.LABELS_AND_TABLES);
    }
  }

  private ImageOutcome run(
      TransformSpec spec, Path target, Existing existing, int tiles, Path source) {
    return spark
        .run(
            spec,
            new Destination.NewImage(target.toUri(), existing),
            Repeat.REFUSE,
            tiles,
            new ImageRef(source.toUri(), ""))
        .only();
  }

  @Test
  void anImageThatIsThereIsReplacedOnlyIfAsked() {
    Path original = folder.resolve("original.zarr");
    Path target = folder.resolve("target.zarr");
    JobImage.plane().write(original);
    JobImage.plane().shape(2, 100, 100).levels(4).write(target);
    Map<String, Integer> before = Folders.digest(folder);
    TransformSpec spec = mixing().build();
    assertThatThrownBy(() -> run(spec, target, Existing.REFUSE, 1, original))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(target + ": it exists")
        .hasMessageContaining("--overwrite");
    assertThat(Folders.digest(folder)).isEqualTo(before);
    run(spec, target, Existing.REPLACE, 1, original);
    Path fresh = folder.resolve("fresh/target.zarr");
    run(spec, fresh, Existing.REFUSE, 1, original);
    assertThat(Folders.digest(target)).isEqualTo(Folders.digest(fresh));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void aRunThatFailsLeavesNoTarget(int tiles) {
    Path original = folder.resolve("original.zarr");
    JobImage.plane().write(original);
    Map<String, Integer> before = Folders.digest(folder);
    TransformSpec spec = SpecBuilder.on(NUCLEI).transform(Misbehaving.with(Way.THROWS, 4)).build();
    Path target = folder.resolve("target.zarr");
    assertThat(run(spec, target, Existing.REFUSE, tiles, original).state()).isEqualTo(State.FAILED);
    assertThat(Folders.digest(folder)).isEqualTo(before);
    assertThat(target).doesNotExist();
  }

  private ImageRef[] well(NgffVersion version) {
    StorePath root = StorePath.root(LocalStore.at(folder));
    List<WellImage> images =
        List.of(new WellImage("0", OptionalInt.of(3)), new WellImage("1", OptionalInt.empty()));
    Well.create(root.child("B/03"), version, images);
    for (WellImage image : images) {
      JobImage.plane().version(version).write(root.child("B/03").child(image.path()));
    }
    return images.stream()
        .map(image -> new ImageRef(folder.toUri(), "B/03/" + image.path()))
        .toArray(ImageRef[]::new);
  }

  @ParameterizedTest
  @ValueSource(strings = {"V0_4", "V0_5"})
  void siblingsAreRegisteredInTheirWell(NgffVersion version) {
    ImageRef[] images = well(version);
    TestSpark.Ended ended =
        spark.run(
            mixing().build(),
            new Destination.Sibling("_x", Existing.REFUSE),
            Repeat.REFUSE,
            1,
            images);
    assertThat(ended.images()).extracting(ImageOutcome::message).containsOnly("");
    assertThat(Well.open(new StorePath(LocalStore.at(folder), "B/03")).images())
        .containsExactlyInAnyOrder(
            new WellImage("0", OptionalInt.of(3)),
            new WellImage("1", OptionalInt.empty()),
            new WellImage("0_x", OptionalInt.of(3)),
            new WellImage("1_x", OptionalInt.empty()));
    for (String name : List.of("0", "1")) {
      Path original = folder.resolve("B/03/" + name);
      Path expected = Folders.copy(original, folder.resolve("expected" + name));
      Loops.run(mixing().build(), original, expected);
      assertThat(
              Container.open(folder.resolve("B/03/" + name + "_x").toString())
                  .image()
                  .read()
                  .pixels()
                  .bytes())
          .isEqualTo(Container.open(expected.toString()).image().read().pixels().bytes());
    }
    TestSpark.Ended again =
        spark.run(
            mixing().build(),
            new Destination.Sibling("_x", Existing.REFUSE),
            Repeat.RESUME,
            1,
            images);
    assertThat(again.result().doneBefore()).isEqualTo(2);
  }

  @Test
  void aSiblingOfAnImageOutsideAWellKeepsItsExtension() {
    Path original = folder.resolve("a.ome.zarr");
    JobImage.plane().write(original);
    spark.run(
        mixing().build(),
        new Destination.Sibling("_x", Existing.REFUSE),
        Repeat.REFUSE,
        1,
        new ImageRef(original.toUri(), ""));
    assertThat(Container.open(folder.resolve("a_x.ome.zarr").toString()).levels()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void aSiblingOfALabelImageIsListed(int tiles) {
    Path original = folder.resolve("image.zarr");
    JobImage.plane()
        .label(LabelImage.discs(NUCLEI, 7, 9))
        .label(LabelImage.dense(JobImage.CELLS, 20))
        .write(original);
    TransformSpec spec = SpecBuilder.on(NUCLEI).transform("clear").onLabel(JobImage.CELLS).build();
    Path expected = Folders.copy(original, folder.resolve("expected.zarr"));
    Loops.run(spec, original, expected);
    ImageOutcome outcome =
        spark
            .run(
                spec,
                new Destination.Sibling("_without", Existing.REFUSE),
                Repeat.REFUSE,
                tiles,
                new ImageRef(original.toUri(), ""))
            .only();
    assertThat(outcome.state()).as(outcome.message()).isEqualTo(State.DONE);
    Container container = Container.open(original.toString());
    Container shouldBe = Container.open(expected.toString());
    assertThat(container.labels()).containsExactly(NUCLEI, JobImage.CELLS, "cells_without");
    for (int level = 0; level < 2; level++) {
      byte[] made = container.label("cells_without", level).read().pixels().bytes();
      byte[] wanted = shouldBe.label(JobImage.CELLS, level).read().pixels().bytes();
      assertThat(Arrays.mismatch(made, wanted)).isEqualTo(-1);
    }
    assertThat(Folders.digest(folder).keySet()).noneMatch(name -> name.contains(".ngff-spark"));
  }
}
