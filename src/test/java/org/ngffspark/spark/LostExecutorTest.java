// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerSpeculativeTaskSubmitted;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;

/** Executors that are killed, and tasks that run twice at once. */
class LostExecutorTest {
  private static final AtomicInteger SPECULATED = new AtomicInteger();
  private static TestSpark spark;

  @TempDir Path folder;
  private Path image;
  private Path seen;
  private Map<String, Integer> expected;

  @BeforeAll
  static void startSpark() {
    spark =
        TestSpark.start(
            "local-cluster[2,1,1024]",
            Map.of(
                "spark.speculation", "true",
                "spark.speculation.interval", "20ms",
                "spark.speculation.quantile", "0.2",
                "spark.speculation.multiplier", "1.5"));
    spark
        .context()
        .sc()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onSpeculativeTaskSubmitted(SparkListenerSpeculativeTaskSubmitted task) {
                SPECULATED.incrementAndGet();
              }
            });
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @BeforeEach
  void writeImage() throws IOException {
    image = folder.resolve("data/image.zarr");
    seen = Files.createDirectory(folder.resolve("seen"));
    JobImage.plane().label(LabelImage.dense(JobImage.NUCLEI, 30)).write(image);
    Path copy = Folders.copy(image, folder.resolve("undisturbed/image.zarr"));
    run(copy, 0, -1, 9);
    expected = Folders.digest(copy.getParent());
    Folders.delete(seen);
    SPECULATED.set(0);
  }

  private TestSpark.Ended run(Path path, int milliseconds, long straggler, int tiles) {
    Slow slow = new Slow(seen.toString(), milliseconds, straggler);
    return spark.inPlace(
        SpecBuilder.on(JobImage.NUCLEI).transform(slow).zoom(1.2).build(),
        tiles,
        new ImageRef(path.toUri(), ""));
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "9, 3", "9, 20", "9, 35"})
  void killingAnExecutorInTheMiddleChangesNothing(int tiles, int objects) throws Exception {
    ExecutorService background = Executors.newSingleThreadExecutor();
    try {
      Future<TestSpark.Ended> run = background.submit(() -> run(image, 40, -1, tiles));
      while (count() < objects && !run.isDone()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
      assertThat(run.isDone()).as("it is killed in the middle").isFalse();
      busyExecutors(tiles).forEach(ProcessHandle::destroyForcibly);
      TestSpark.Ended ended = run.get(2, TimeUnit.MINUTES);
      assertThat(ended.only().state()).as(ended.only().message()).isEqualTo(State.DONE);
    } finally {
      background.shutdownNow();
    }
    assertThat(Folders.digest(image.getParent())).isEqualTo(expected);
  }

  /** One executor; both where there is one task, which either of them may have. */
  private static List<ProcessHandle> busyExecutors(int tiles) {
    Stream<ProcessHandle> executors =
        ProcessHandle.current()
            .descendants()
            .filter(
                each ->
                    each.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"));
    return executors.limit(tiles == 1 ? 2 : 1).toList();
  }

  private long count() throws IOException {
    try (Stream<Path> files = Files.list(seen)) {
      return files.count();
    }
  }

  @Test
  void tasksThatRunTwiceAtOnceChangeNothing() {
    TestSpark.Ended ended = run(image, 40, 17, 9);
    assertThat(ended.only().state()).as(ended.only().message()).isEqualTo(State.DONE);
    assertThat(SPECULATED).hasPositiveValue();
    assertThat(Folders.digest(image.getParent())).isEqualTo(expected);
  }
}
