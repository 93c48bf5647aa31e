// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.apply.Destination;
import org.ngffspark.job.EngineException;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunSettings;

/**
 * A run whose Spark ends, as when the process is told to end: Spark and the run hear it at once.
 */
class EndedSparkTest {
  @TempDir Path folder;

  @Test
  void aRunIsStoppedThoughSparkHasEndedBefore() throws Exception {
    Path data = folder.resolve("data");
    JobImage.plane()
        .label(LabelImage.discs(JobImage.NUCLEI, 3, 6))
        .write(data.resolve("image.zarr"));
    Map<String, Integer> before = Folders.digest(data);
    List<ImageOutcome> heard = new ArrayList<>();
    CompletableFuture<Void> stopping = new CompletableFuture<>();
    try (TestSpark spark = TestSpark.start("local[1]")) {
      ObjectRun<?, ?> run =
          new ObjectRun<>(
              spark.context(),
              CommandTasks.transform(new Destination.InPlace()),
              RunSettings.of("test"));
      stopAtFirstRead(data, spark, run, stopping);
      execute(run, new ImageRef(HookedStores.uri(data), "image.zarr"), heard);
      stopping.get(1, TimeUnit.MINUTES);
    }
    assertThat(heard).extracting(ImageOutcome::state).hasSize(1).doesNotContain(State.DONE);
    assertThat(Folders.digest(data)).isEqualTo(before);
  }

  private static void execute(ObjectRun<?, ?> run, ImageRef image, List<ImageOutcome> heard) {
    RunListener listener =
        new RunListener() {
          @Override
          public void ended(ImageOutcome outcome) {
            heard.add(outcome);
          }
        };
    try {
      run.execute(List.of(image), listener);
    } catch (EngineException ended) {
      assertThat(ended).hasMessageContaining("Spark has ended");
    }
  }

  /** Ends Spark, and then stops the run, while a task reads the metadata of the image. */
  private static void stopAtFirstRead(
      Path data, TestSpark spark, ObjectRun<?, ?> run, CompletableFuture<Void> stopping) {
    AtomicBoolean first = new AtomicBoolean(true);
    CountDownLatch ended = new CountDownLatch(1);
    HookedStores.hook(
        data,
        operation -> {
          if (operation.key().endsWith("0/.zarray") && first.getAndSet(false)) {
            stopping.completeAsync(
                () -> {
                  spark.close();
                  ended.countDown();
                  run.stop();
                  return null;
                });
            await(ended);
          }
        });
  }

  private static void await(CountDownLatch ended) {
    try {
      assertThat(ended.await(1, TimeUnit.MINUTES)).as("Spark has ended").isTrue();
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
    }
  }
}
