// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.apply.Destination;
import org.ngffspark.history.Repeat;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.TransformTarget;
import org.ngffspark.zarr.nd.DataType;

/** What no image has is refused before anything is touched; what one image lacks is its failure. */
class RefusedJobTest {
  private static final String NUCLEI = JobImage.NUCLEI;
  @RegisterExtension static final TestSpark spark = TestSpark.on("local[2,3]");

  @TempDir Path folder;

  private ImageRef image(String name, JobImage kind) {
    Path place = folder.resolve(name);
    kind.write(place);
    return new ImageRef(place.toUri(), "");
  }

  private static final class OnLabels extends Transform {
    private static final long serialVersionUID = 1L;

    @Override
    public TransformTarget target() {
      return TransformTarget.LABELS;
    }
  }

  private static final class OnBytes extends Transform {
    private static final long serialVersionUID = 1L;

    @Override
    public void checkType(DataType type) {
      if (type != DataType.UINT8) {
        throw new IllegalArgumentException("works on bytes only, got " + type);
      }
    }
  }

  private abstract static class Transform implements MaskedTransform {
    private static final long serialVersionUID = 1L;

    @Override
    public void apply(MaskedPatch object, Patch result) {}
  }

  static Stream<Arguments> wrong() {
    SpecBuilder affine = SpecBuilder.on(NUCLEI);
    return Stream.of(
        Arguments.of(SpecBuilder.on("cels"), "No label 'cels'", "[nuclei]"),
        Arguments.of(affine.channels("0", "GFP"), "No channel 'GFP'", "[channel 0, channel 1]"),
        Arguments.of(SpecBuilder.on(NUCLEI).channels("1", "1"), "once only", "[1, 1]"),
        Arguments.of(SpecBuilder.on(NUCLEI).table("cells_table"), "'cells_table'", "[]"),
        Arguments.of(SpecBuilder.on(NUCLEI).level(3), "No level 3", "0 to 2"),
        Arguments.of(
            SpecBuilder.on(NUCLEI).onLabel("spots").transform("clear"), "No label 'spots'", ""),
        Arguments.of(SpecBuilder.on(NUCLEI).transform(new OnLabels()), "label image", ""),
        Arguments.of(SpecBuilder.on(NUCLEI).onLabel(NUCLEI), "affine", "label"),
        Arguments.of(
            SpecBuilder.on(NUCLEI).transform(new OnBytes()), "bytes only, got uint16", ""));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatTheImageLacksIsSaidBeforeAnythingIsTouched(
      SpecBuilder spec, String problem, String known) {
    ImageRef image = image("image.zarr", JobImage.plane());
    Map<String, Integer> before = Folders.digest(folder);
    assertThatThrownBy(() -> spark.inPlace(spec.build(), 0, image))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(image.toString())
        .hasMessageContaining(problem)
        .hasMessageContaining(known);
    assertThat(Folders.digest(folder)).isEqualTo(before);
  }

  @Test
  void anImageThatCannotBeDoneDoesNotStopTheOthers() {
    ImageRef good = image("a.zarr", JobImage.plane());
    ImageRef lacking = image("b.zarr", JobImage.plane().label(LabelImage.discs("cells", 3, 5)));
    ImageRef missing = new ImageRef(folder.resolve("c.zarr").toUri(), "");
    ImageRef large = image("d.zarr", JobImage.plane().shape(2, 90, 130));
    Folders.write(folder.resolve("e.zarr/zarr.json"), new byte[] {'{'});
    ImageRef broken = new ImageRef(folder.resolve("e.zarr").toUri(), "");
    Map<String, Integer> before = Folders.digest(folder);
    TestSpark.Ended ended =
        spark.inPlace(
            SpecBuilder.on(NUCLEI).transform("affine", "offset", "1").build(),
            2,
            good,
            lacking,
            missing,
            large,
            broken);
    assertThat(ended.result().done()).as("%s", ended.images()).isEqualTo(2);
    assertThat(ended.result().failed()).isEqualTo(3);
    assertThat(ended.images()).hasSize(5);
    for (ImageOutcome outcome : ended.images()) {
      boolean fine = outcome.input().equals(good) || outcome.input().equals(large);
      assertThat(outcome.state()).as(outcome.message()).isEqualTo(fine ? State.DONE : State.FAILED);
      assertThat(outcome.message().isEmpty()).isEqualTo(fine);
    }
    Map<String, Integer> after = Folders.digest(folder);
    assertThat(after.keySet()).as("nothing is left beside the images").isEqualTo(before.keySet());
    after.keySet().removeIf(name -> name.startsWith("a.zarr") || name.startsWith("d.zarr"));
    assertThat(before).containsAllEntriesOf(after);
  }

  private static final class BreaksOnBytes extends Transform {
    private static final long serialVersionUID = 1L;

    @Override
    public void checkType(DataType type) {
      if (type == DataType.UINT8) {
        throw new UnsupportedOperationException("nobody thought of bytes");
      }
    }
  }

  @Test
  void aTransformThatBreaksOnOneImageDoesNotStopTheOthers() {
    ImageRef good = image("a.zarr", JobImage.plane());
    ImageRef bytes = image("b.zarr", JobImage.plane().type(DataType.UINT8));
    TestSpark.Ended ended =
        spark.inPlace(
            SpecBuilder.on(NUCLEI).transform(new BreaksOnBytes()).build(), 0, bytes, good);
    assertThat(ended.result().done()).isEqualTo(1);
    assertThat(ended.images())
        .filteredOn(outcome -> outcome.state() == State.FAILED)
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.input()).isEqualTo(bytes);
              assertThat(outcome.message())
                  .contains("UnsupportedOperationException: nobody thought of bytes");
            });
  }

  @Test
  void aRunWithoutImagesIsRefused() {
    assertThatThrownBy(() -> spark.inPlace(SpecBuilder.on(NUCLEI).build(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There is no image");
  }

  @Test
  void anImageWhoseRecordIsNotOneDoesNotStopTheOthers() {
    ImageRef good = image("a.zarr", JobImage.plane());
    ImageRef odd = image("b.zarr", JobImage.plane());
    Path attributes = folder.resolve("b.zarr/.zattrs");
    String text = new String(Folders.content(folder).get("b.zarr/.zattrs"), StandardCharsets.UTF_8);
    Folders.write(
        attributes,
        text.replaceFirst("\\{", "{\"ngff-spark\":7,").getBytes(StandardCharsets.UTF_8));
    Map<String, Integer> before = Folders.digest(folder);
    TestSpark.Ended ended =
        spark.inPlace(
            SpecBuilder.on(NUCLEI).transform("affine", "offset", "1").build(), 0, odd, good);
    assertThat(ended.images())
        .extracting(ImageOutcome::state)
        .containsExactlyInAnyOrder(State.DONE, State.FAILED);
    Map<String, Integer> after = Folders.digest(folder);
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(after.get("b.zarr/.zattrs")).isEqualTo(before.get("b.zarr/.zattrs"));
  }

  @Test
  void aLabelImageCannotBecomeANewImage() {
    ImageRef image = image("image.zarr", JobImage.plane());
    Map<String, Integer> before = Folders.digest(folder);
    Destination elsewhere =
        new Destination.NewImage(folder.resolve("new.zarr").toUri(), Existing.REFUSE);
    assertThatThrownBy(
            () ->
                spark.run(
                    SpecBuilder.on(NUCLEI).transform("clear").onLabel(NUCLEI).build(),
                    elsewhere,
                    Repeat.REFUSE,
                    1,
                    image))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--suffix");
    assertThat(Folders.digest(folder)).isEqualTo(before);
  }

  @Test
  void aTargetThatHoldsMoreThanAnImageIsNotReplaced() {
    ImageRef inside = image("plate/B/03/0", JobImage.plane());
    Folders.write(folder.resolve("plate/notes.txt"), new byte[] {1});
    Map<String, Integer> before = Folders.digest(folder);
    for (Path target :
        new Path[] {
          folder.resolve("plate"),
          folder,
          folder.resolve("plate/B/03/0"),
          folder.resolve("plate/B/03/0/labels")
        }) {
      assertThatThrownBy(
              () ->
                  spark.run(
                      SpecBuilder.on(NUCLEI).transform("affine", "offset", "1").build(),
                      new Destination.NewImage(target.toUri(), Existing.REPLACE),
                      Repeat.REFUSE,
                      1,
                      inside))
          .as(target.toString())
          .isInstanceOf(IllegalArgumentException.class)
          // Places in the image are named as seen from there.
          .hasMessageContaining(target.toString().replace("/0/labels", "/0: labels"));
      assertThat(Folders.digest(folder)).as(target.toString()).isEqualTo(before);
    }
  }
}
