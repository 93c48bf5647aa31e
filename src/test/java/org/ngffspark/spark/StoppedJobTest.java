// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TransformTask;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunResult;
import org.ngffspark.job.RunSettings;

/** Runs that are stopped from another thread, as by Ctrl-C. */
class StoppedJobTest {
  @RegisterExtension static final TestSpark spark = TestSpark.on("local[2,3]");

  @TempDir Path folder;
  private Path seen;
  private ImageRef image;
  private Map<String, Integer> before;

  @BeforeEach
  void writeImage() throws IOException {
    seen = Files.createDirectory(folder.resolve("seen"));
    Path place = folder.resolve("data/image.zarr");
    JobImage.plane().label(LabelImage.dense(JobImage.NUCLEI, 40)).write(place);
    image = new ImageRef(place.toUri(), "");
    before = Folders.digest(place.getParent());
  }

  private ObjectRun<?, ?> job(int tiles) {
    Slow slow = new Slow(seen.toString(), 50, -1);
    TransformTask task =
        new TransformTask(
            SpecBuilder.on(JobImage.NUCLEI).transform(slow).build(), new Destination.InPlace());
    return new ObjectRun<>(spark.context(), task, RunSettings.of("test")).withTiles(tiles);
  }

  private long objects() {
    return Folders.content(seen).keySet().stream().filter(name -> name.startsWith("seen-")).count();
  }

  private void assertUntouched() {
    assertThat(Folders.digest(folder.resolve("data"))).isEqualTo(before);
  }

  /** Stops a job at a moment of its run. */
  private abstract static class Stopping implements RunListener {
    final List<ImageOutcome> outcomes = new ArrayList<>();

    @Override
    public void ended(ImageOutcome outcome) {
      outcomes.add(outcome);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9})
  void aRunThatIsStoppedInTheMiddleLeavesTheImageAsItWas(int tiles) throws Exception {
    ObjectRun<?, ?> job = job(tiles);
    Stopping listener = new Stopping() {};
    ExecutorService background = Executors.newSingleThreadExecutor();
    try {
      Future<RunResult> run = background.submit(() -> job.execute(List.of(image), listener));
      while (objects() < 5 && !run.isDone()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
      }
      job.stop();
      assertThat(run.get(1, TimeUnit.MINUTES).stopped()).isEqualTo(1);
    } finally {
      background.shutdownNow();
    }
    assertThat(listener.outcomes).extracting(ImageOutcome::state).containsExactly(State.STOPPED);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
    assertUntouched();
  }
}
