// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.apply.TransformSpec.PyramidMode;
import org.ngffspark.apply.TransformTask;
import org.ngffspark.bench.BenchPlate.Layout;
import org.ngffspark.bench.StraightStore.Files;
import org.ngffspark.chunks.ChunkPool;
import org.ngffspark.chunks.StagedOutput;
import org.ngffspark.chunks.StagedOutput.Copying;
import org.ngffspark.chunks.WrittenUnit;
import org.ngffspark.commit.CommitInputs;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.history.Repeat;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImagePlan;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageTask;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.PlanTask;
import org.ngffspark.job.PlannedImage;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunResult;
import org.ngffspark.job.RunSettings;
import org.ngffspark.job.TaskResult;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.spark.ObjectRun;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/**
 * A warm run over the benchmark plate against what it cannot do without, on two threads of one JVM:
 * the tile stage alone, the whole job with pyramid and commit, and the commit against writing
 * straight to the target.
 */
public final class JobBench {
  private static final double STAGE_TARGET = 1.5;
  private static final double RUN_TARGET = 2;
  private static final double COMMIT_TARGET = 1.1;
  private static final int COMMITS_AT_ONCE = 4;
  private static final long POOL = 600L << 20;

  private final List<Path> images;
  private final Path scratch;
  private final JobFloor floor;
  private final ChunkPool pool = new ChunkPool(POOL);
  private final PairedRuns runs;

  private JobBench(List<Path> images, Path scratch, int rounds) {
    this.images = images;
    this.scratch = scratch;
    this.floor = new JobFloor(scratch.resolve("floor"));
    this.runs = new PairedRuns(8, rounds);
  }

  /**
   * Prints the ratios.
   *
   * @param arguments folder of the plates, number of images, rounds, layouts (default: all)
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    Path scratch = folder.resolve("scratch");
    int count = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    PairedRuns.printTitle();
    List<String> asked = List.of(arguments).subList(3, arguments.length);
    for (Layout layout : Layout.values()) {
      if (asked.isEmpty() || asked.contains(layout.toString())) {
        List<Path> images = BenchPlate.in(folder, layout).images(count);
        new JobBench(images, scratch, rounds).run(layout.toString());
      }
    }
    Folders.delete(scratch);
  }

  private void run(String layout) {
    try (TwoThreads threads = new TwoThreads();
        JavaSparkContext spark = new JavaSparkContext(conf())) {
      List<Runnable> level = images.stream().flatMap(image -> floor.level(image).stream()).toList();
      List<Runnable> all = images.stream().flatMap(image -> floor.pyramid(image).stream()).toList();
      runs.compare(
          layout + " tile stage",
          () -> threads.run(each(image -> straight(image, PyramidMode.KEEP, Files.NEW))),
          () -> threads.run(level),
          STAGE_TARGET);
      runs.compare(layout + " whole run", () -> job(spark), () -> threads.run(all), RUN_TARGET);
      runs.compare(
          layout + " staged commit",
          () -> staged(threads),
          () -> threads.run(each(image -> straight(image, PyramidMode.REBUILD, Files.REPLACED))),
          COMMIT_TARGET);
    }
  }

  private static SparkConf conf() {
    return new SparkConf()
        .setMaster("local[2]")
        .setAppName("bench")
        .set("spark.ui.enabled", "false")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.driver.host", "127.0.0.1");
  }

  private List<Runnable> each(Consumer<Path> work) {
    return images.stream().<Runnable>map(image -> () -> work.accept(image)).toList();
  }

  /** Writes each unit once and renames it once, as a writer without a stage would. */
  private void straight(Path image, PyramidMode pyramid, Files files) {
    Path target = scratch.resolve("straight-" + image.getFileName());
    StorePath container = new StorePath(new StraightStore(LocalStore.at(target), files), "image");
    try (ImageTransaction transaction = begin(container)) {
      transform(image, pyramid, transaction);
    }
  }

  /** As a run does it: images are committed while the tasks of others go on. */
  private void staged(TwoThreads threads) {
    ExecutorService commits = Executors.newFixedThreadPool(COMMITS_AT_ONCE);
    List<Future<?>> committed = Collections.synchronizedList(new ArrayList<>());
    threads.run(
        each(
            image -> {
              StorePath container =
                  StorePath.root(LocalStore.at(image.getParent()))
                      .child(image.getFileName().toString());
              ImageTransaction transaction = begin(container);
              TaskResult<Box> result = transform(image, PyramidMode.REBUILD, transaction);
              committed.add(commits.submit(() -> commit(container, transaction, result)));
            }));
    for (Future<?> each : committed) {
      try {
        each.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    commits.shutdown();
  }

  private static void commit(
      StorePath container, ImageTransaction transaction, TaskResult<Box> result) {
    try (transaction) {
      List<StagedUnit> units = result.units().stream().map(WrittenUnit::staged).toList();
      transaction.commit(units, List.of(), CommitInputs.of(container).withValues(result.inputs()));
    }
  }

  private static ImageTransaction begin(StorePath container) {
    return ImageTransaction.begin(
        container, RunInfo.current("bench", Map.of()), CommitOptions.standard());
  }

  private TaskResult<Box> transform(Path image, PyramidMode pyramid, ImageTransaction transaction) {
    TransformTask task = BenchSpec.inPlace(pyramid);
    ImageRef ref = new ImageRef(image.toUri(), "");
    StagedOutput output = new StagedOutput(transaction.stage(), "", "", Copying.CHANGED);
    ImagePlan plan;
    try (OpenedImage opened = OpenedImage.unplanned(ref, task, pool)) {
      plan = new PlanTask(task).run(opened);
    }
    TileGrid whole = TileGrid.single(plan.units());
    try (OpenedImage opened =
        OpenedImage.of(new PlannedImage(0, ref, plan, whole, output), task, pool)) {
      return new ImageTask<>(task).run(opened, whole);
    }
  }

  private void job(JavaSparkContext spark) {
    List<ImageRef> refs = images.stream().map(image -> new ImageRef(image.toUri(), "")).toList();
    RunResult result =
        new ObjectRun<>(
                spark,
                BenchSpec.inPlace(PyramidMode.REBUILD),
                RunSettings.of("bench").withRepeat(Repeat.AGAIN))
            .execute(refs, new Complaints());
    if (result.done() != refs.size()) {
      throw new IllegalStateException(result.toString());
    }
  }

  /** Says what fails. */
  private static final class Complaints implements RunListener {
    @Override
    public void ended(ImageOutcome outcome) {
      Optional.of(outcome.message()).filter(text -> !text.isEmpty()).ifPresent(System.err::println);
    }
  }
}
