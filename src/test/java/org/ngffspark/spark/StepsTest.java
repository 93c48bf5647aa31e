// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.apply.TransformSpec.WriteMode;
import org.ngffspark.image.Container;
import org.ngffspark.transform.TransformStep;
import org.ngffspark.transform.Transforms;

/** Several transforms of the same objects in one run. */
class StepsTest {
  @RegisterExtension static final TestSpark spark = TestSpark.on("local[2,3]");

  @TempDir Path folder;

  private static TransformStep step(String name, Map<String, String> parameters) {
    return TransformStep.of(Transforms.of(StepsTest.class.getClassLoader()), name, parameters);
  }

  private static TransformSpec spec(TransformStep... steps) {
    return TransformSpec.on(JobImage.NUCLEI).with(List.of(steps)).zoom(1.5).build();
  }

  private static final TransformStep BACKGROUND =
      step("subtract-background", Map.of("percentile", "50"));
  private static final TransformStep BLUR =
      step("gaussian-blur", Map.of("sigma", "1", "sigma@channel 1", "2.5"));
  private static final TransformStep HALF = step("affine", Map.of("scale", "0.5"));
  private static final TransformStep INVERT = step("invert", Map.of());

  static Stream<Arguments> cases() {
    LabelImage dense = LabelImage.dense(JobImage.NUCLEI, 12);
    List<TransformStep> patches = List.of(BACKGROUND, BLUR, HALF);
    return Stream.of(
        Arguments.of("v2", JobImage.plane().label(dense), patches),
        Arguments.of("sharded", JobImage.plane().label(dense).shards(1, 32, 40), patches),
        Arguments.of(
            "3D",
            JobImage.plane().axes("c", "z", "y", "x").shape(2, 3, 64, 80).chunks(1, 2, 16, 20),
            patches),
        Arguments.of("values", JobImage.plane().label(dense), List.of(HALF, INVERT)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void stepsOfOneRunMakeWhatRunsOneByOneMake(
      String name, JobImage image, List<TransformStep> steps) {
    Path original = folder.resolve("original.zarr");
    image.write(original);
    Path chained = Folders.copy(original, folder.resolve("chained.zarr"));
    steps.forEach(step -> spark.change(chained, spec(step), 1));
    for (int tiles : new int[] {1, 1000}) {
      Path fused = Folders.copy(original, folder.resolve("fused" + tiles + ".zarr"));
      spark.change(fused, spec(steps.toArray(TransformStep[]::new)), tiles);
      assertThat(Folders.pixels(fused)).isEqualTo(Folders.pixels(chained));
    }
    assertThat(Folders.pixels(original)).isNotEqualTo(Folders.pixels(chained));
  }

  @Test
  void parametersOfAChannelCountInThatChannelAlone() {
    Path image = folder.resolve("image.zarr");
    JobImage.plane().write(image);
    byte[] before = Container.open(image.toString()).image().read().pixels().bytes();
    spark.change(image, spec(step("fill", Map.of("value", "7", "value@channel 1", "9"))), 1);
    byte[] after = Container.open(image.toString()).image().read().pixels().bytes();
    assertThat(changes(before, after, 0, after.length / 2)).containsOnly(7);
    assertThat(changes(before, after, after.length / 2, after.length)).containsOnly(9);
  }

  /** The values of 16 bits, little-endian, that changed between two places. */
  private static List<Integer> changes(byte[] before, byte[] after, int from, int to) {
    return Stream.iterate(from, at -> at < to, at -> at + 2)
        .filter(at -> before[at] != after[at] || before[at + 1] != after[at + 1])
        .map(at -> (after[at] & 255) + 256 * (after[at + 1] & 255))
        .toList();
  }

  @Test
  void stepsThatWouldNotBeTheSameOneByOneAreRefused() {
    assertThatThrownBy(
            () ->
                TransformSpec.on("a")
                    .with(List.of(HALF, INVERT))
                    .write(WriteMode.WHOLE_BOX)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("run the steps one by one");
    TransformStep erode = step("erode", Map.of("radius", "1"));
    assertThatThrownBy(() -> TransformSpec.on("a").onLabel("a").with(List.of(erode, erode)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("run the steps one by one");
    assertThatThrownBy(() -> spec(HALF, erode))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("affine, erode");
  }

  @Test
  void parametersOfAChannelThatIsNotThereAreRefused() {
    Path image = folder.resolve("image.zarr");
    JobImage.plane().write(image);
    TransformSpec spec = spec(step("affine", Map.of("scale@Cy5", "2")));
    assertThatThrownBy(() -> spark.change(image, spec, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameters for the channel 'Cy5'")
        .hasMessageContaining("[channel 0, channel 1]");
  }
}
