// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TransformTask;
import org.ngffspark.image.Container;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunResult;
import org.ngffspark.job.RunSettings;
import org.ngffspark.transform.MaskedTransform;

/** Objects are counted while the task that does them is at work. */
class RunningObjectsTest {
  private static final AtomicInteger DONE = new AtomicInteger();
  private static volatile CountDownLatch heard = new CountDownLatch(1);

  @TempDir Path folder;

  /** Does not go on after its third object before somebody has heard of those before it. */
  record Waiting() implements MaskedTransform {
    @Override
    public void apply(MaskedPatch object, Patch result) {
      try {
        if (DONE.incrementAndGet() == 3 && !heard.await(1, TimeUnit.MINUTES)) {
          throw new IllegalStateException("Nobody heard of the objects before");
        }
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void objectsOfATaskAtWorkAreHeardOf(int tiles) {
    DONE.set(0);
    heard = new CountDownLatch(1);
    Path image = folder.resolve("image.zarr");
    JobImage.plane().write(image);
    Container container = Container.open(image.toString());
    long objects = container.label(JobImage.NUCLEI).boxes().size();
    if (tiles > 1) {
      container.tables().names().forEach(container.tables()::delete);
    }
    AtomicLong found = new AtomicLong();
    RunListener listener =
        new RunListener() {
          @Override
          public void running(double objectsDone) {
            if (objectsDone > 0) {
              heard.countDown();
            }
          }

          @Override
          public void found(long objectsFound) {
            found.set(objectsFound);
          }
        };
    try (TestSpark spark =
        TestSpark.start("local[1]", Map.of("spark.executor.heartbeatInterval", "50ms"))) {
      RunResult result =
          new ObjectRun<>(
                  spark.context(),
                  new TransformTask(
                      SpecBuilder.on(JobImage.NUCLEI).transform(new Waiting()).build(),
                      new Destination.InPlace()),
                  RunSettings.of("test"))
              .withTiles(tiles)
              .execute(List.of(new ImageRef(image.toUri(), "")), listener);
      assertThat(result.done()).as(result.toString()).isEqualTo(1);
      assertThat(found).hasValue(tiles > 1 ? objects : 0);
    }
  }
}
