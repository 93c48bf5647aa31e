// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.apply.Destination;
import org.ngffspark.crops.CropTask;
import org.ngffspark.crops.PictureStyle;
import org.ngffspark.crops.PictureTask;
import org.ngffspark.image.Container;
import org.ngffspark.image.Patch;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OnError;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.RunSettings;
import org.ngffspark.job.RunSettings.Sampling;
import org.ngffspark.samples.ObjectSample;

/** Runs that take samples do the same work as those that take none. */
class SampledWorkTest {
  @RegisterExtension static final TestSpark SPARK = TestSpark.on("local[2]");

  @TempDir private Path folder;

  static Stream<Arguments> commands() {
    return Stream.of(1, 5)
        .flatMap(
            tiles ->
                Stream.of("transform", "crops", "measure", "segment", "rois")
                    .map(command -> Arguments.of(command, tiles)));
  }

  private ObjectTask<?, ?> task(String command, Path to, ImageRef image) {
    return switch (command) {
      case "transform" ->
          CommandTasks.transform(new Destination.NewImage(to.toUri(), Existing.REFUSE));
      case "crops" -> CommandTasks.crops(to, List.of(image));
      case "measure" -> CommandTasks.measure();
      case "segment" -> CommandTasks.segment();
      default -> CommandTasks.rois();
    };
  }

  private ImageOutcome run(String command, int tiles, Sampling sampling) {
    Path path = folder.resolve("image-" + sampling);
    JobImage.plane().write(path);
    ImageRef image = new ImageRef(path.toUri(), "");
    ObjectTask<?, ?> task = task(command, folder.resolve("to-" + sampling), image);
    ImageOutcome outcome =
        SPARK.run(task, RunSettings.of("test").withSampling(sampling), tiles, image).only();
    assertThat(outcome.message()).isEmpty();
    return outcome;
  }

  @ParameterizedTest(name = "{0}, {1} tiles")
  @MethodSource("commands")
  void noChunkIsReadASecondTime(String command, int tiles) {
    ImageOutcome shown = run(command, tiles, Sampling.PAGE);
    ImageOutcome plain = run(command, tiles, Sampling.NONE);
    assertThat(shown.work().chunksRead()).isEqualTo(plain.work().chunksRead());
    assertThat(shown.work().labelChunksRead()).isEqualTo(plain.work().labelChunksRead());
    assertThat(shown.work().bytesRead()).isEqualTo(plain.work().bytesRead());
    assertThat(shown.work().unitsWritten()).isEqualTo(plain.work().unitsWritten());
    assertThat(shown.sample().objects()).anyMatch(object -> !object.frame().isNone());
    assertThat(plain.sample().isNone()).isTrue();
    if (command.equals("rois")) {
      shown.sample().objects().forEach(this::requireMask);
    }
  }

  /** As the pictures of all objects of an image have the same contrast. */
  @Test
  void tasksReadTheContrastOfAnImageOnce() {
    Path path = folder.resolve("drawn.zarr");
    JobImage.plane().write(path);
    ImageRef image = new ImageRef(path.toUri(), "");
    assertThat(bytesOfContrast(image, 5)).isPositive().isEqualTo(bytesOfContrast(image, 1));
  }

  private long bytesOfContrast(ImageRef image, int tiles) {
    return bytesRead(image, tiles, List.of())
        - bytesRead(image, tiles, List.of(new PictureStyle.Limits(0, 1)));
  }

  private long bytesRead(ImageRef image, int tiles, List<PictureStyle.Limits> limits) {
    PictureStyle style =
        new PictureStyle(
            1,
            limits,
            PictureStyle.Outline.NONE,
            PictureStyle.Channels.COMPOSITE,
            PictureStyle.Sheet.NONE);
    PictureTask task =
        new PictureTask(
            SpecBuilder.on(JobImage.NUCLEI).build().objects(),
            PixelTarget.image(),
            CropTask.Around.KEPT,
            style,
            OnError.FAIL,
            folder.resolve("drawn").toUri(),
            Map.of(image, ""));
    return SPARK.run(task, RunSettings.of("test"), tiles, image).only().work().bytesRead();
  }

  private void requireMask(ObjectSample object) {
    Patch ids =
        Container.open(folder.resolve("image-PAGE").toString()).label(JobImage.NUCLEI).read();
    long pixels =
        IntStream.range(0, ids.size()).filter(at -> ids.integer(at) == object.label()).count();
    assertThat(object.pixels()).isEqualTo(pixels);
    assertThat(object.channels()).isEmpty();
    if (!object.frame().isNone()) {
      assertThat(object.frame().mask()).hasSize(object.frame().width() * object.frame().height());
      assertThat(Arrays.toString(object.frame().mask())).contains("1");
    }
  }
}
