// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.apply.Destination;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.RunSettings;

/** Every command, on images that somebody else changes after tasks have read them. */
class ChangedMeanwhileTest {
  private static final String NUCLEI = JobImage.NUCLEI;
  @RegisterExtension static final TestSpark spark = TestSpark.on("local[2]");

  @TempDir Path folder;

  static Stream<Arguments> changes() {
    String chunk = "0/0/1/1";
    ObjectTask<?, ?> transform = CommandTasks.transform(new Destination.InPlace());
    String ids = "labels/nuclei/0/1/1";
    return Stream.of(
        Arguments.of("transform", transform, ".zattrs"),
        Arguments.of("transform", transform, "0/.zarray"),
        Arguments.of("rois", CommandTasks.rois(), ids),
        Arguments.of("rois", CommandTasks.rois(), "labels/nuclei/.zattrs"),
        Arguments.of("pyramid", CommandTasks.pyramid(), chunk),
        Arguments.of("pyramid", CommandTasks.pyramid(), ".zattrs"),
        Arguments.of("pyramid", CommandTasks.pyramid(), "1/.zarray"),
        Arguments.of("measure", CommandTasks.measure(), chunk),
        Arguments.of("measure", CommandTasks.measure(), ids),
        Arguments.of("segment", CommandTasks.segment(), chunk),
        Arguments.of("segment", CommandTasks.segment(), ".zattrs"));
  }

  /** Another scale, another fill value, or a chunk that is written anew. */
  private static byte[] changed(byte[] before) {
    String text = new String(before, StandardCharsets.ISO_8859_1);
    return text.replace("0.325", "0.375")
        .replaceFirst("\"fill_value\" *: *0", "\"fill_value\": 7")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("changes")
  void anImageThatIsChangedAfterItWasReadIsLeftAsItIsThen(
      String name, ObjectTask<?, ?> task, String file) {
    Path image = folder.resolve("image.zarr");
    JobImage.plane().label(LabelImage.dense(NUCLEI, 6)).write(image);
    byte[] other = changed(Folders.content(image).get(file));
    AtomicBoolean first = new AtomicBoolean(true);
    HookedStores.hook(
        folder,
        operation -> {
          if (operation.key().endsWith("/steps.json") && first.getAndSet(false)) {
            Folders.write(image.resolve(file), other);
          }
        });
    Map<String, Integer> before = Folders.digest(folder);
    ImageOutcome outcome =
        spark
            .run(
                task,
                RunSettings.of("test"),
                1,
                new ImageRef(HookedStores.uri(folder), "image.zarr"))
            .only();
    assertThat(first).as("somebody has changed it").isFalse();
    assertThat(outcome.state()).isEqualTo(State.FAILED);
    assertThat(outcome.message()).contains("changed").contains(file);
    Map<String, Integer> after = Folders.digest(folder);
    assertThat(after.remove("image.zarr/" + file)).isNotNull();
    before.remove("image.zarr/" + file);
    assertThat(after).isEqualTo(before);
  }
}
