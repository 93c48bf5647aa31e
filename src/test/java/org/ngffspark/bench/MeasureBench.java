// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.bench.BenchPlate.Layout;
import org.ngffspark.demo.SampleImage;
import org.ngffspark.features.FeatureExport;
import org.ngffspark.features.MeasureTask;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunResult;
import org.ngffspark.job.RunSettings;
import org.ngffspark.measure.FeatureSet;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.spark.ObjectRun;
import org.ngffspark.table.WritableBackend;

/**
 * Warm runs that measure the benchmark plate, on two threads of one JVM: features that need no
 * whole shape against decoding every chunk once, the time an object of Fractal's columns, and
 * queries.
 */
public final class MeasureBench {
  private static final double TARGET = 1.5;
  private static final FeatureSet WITHOUT_SHAPE =
      FeatureSet.of(
          List.of("num_pixels", "area", "area_bbox", "axis_major_length", "intensity", "position"));

  private final List<Path> images;
  private final JavaSparkContext spark;
  private long objects;

  private MeasureBench(List<Path> images, JavaSparkContext spark) {
    this.images = images;
    this.spark = spark;
  }

  /**
   * Prints the ratio, and then seconds and objects of one run with Fractal's columns.
   *
   * @param arguments folder of the plates, number of images, rounds
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    List<Path> images =
        BenchPlate.in(folder, Layout.CHUNKED).images(Integer.parseInt(arguments[1]));
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("bench")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.driver.host", "127.0.0.1");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      new MeasureBench(images, spark).run(folder, Integer.parseInt(arguments[2]));
    }
  }

  private void run(Path folder, int rounds) {
    JobFloor floor = new JobFloor(folder.resolve("scratch"));
    List<Runnable> decode = images.stream().flatMap(image -> floor.decode(image).stream()).toList();
    List<Runnable> look = images.stream().flatMap(image -> floor.look(image).stream()).toList();
    PairedRuns.printTitle();
    try (TwoThreads threads = new TwoThreads()) {
      new PairedRuns(3, rounds)
          .compare(
              "one look at each pixel of objects",
              () -> threads.run(look),
              () -> threads.run(decode),
              1);
      new PairedRuns(8, rounds)
          .compare(
              "measure without whole shapes",
              () -> measure(WITHOUT_SHAPE),
              () -> threads.run(decode),
              TARGET);
    }
    Folders.delete(folder.resolve("scratch"));
    FeatureSet defaults = FeatureSet.ofDefaults();
    measure(defaults);
    objects = 0;
    long start = System.nanoTime();
    measure(defaults);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(Locale.ROOT, "ours %.3f %d%n", seconds, objects);
    Path plate = BenchPlate.in(folder, Layout.CHUNKED).path();
    new QueryBench(spark, plate, refs(), folder.resolve("bench-crops")).run(rounds);
  }

  private List<ImageRef> refs() {
    Path plate = images.get(0).getParent().getParent().getParent();
    return images.stream()
        .map(image -> new ImageRef(plate.toUri(), plate.relativize(image).toString()))
        .toList();
  }

  private void measure(FeatureSet features) {
    List<ImageRef> refs = refs();
    MeasureTask task =
        new MeasureTask(
            SampleImage.NUCLEI,
            new PixelTarget.OfImage(List.of(), 0),
            features,
            LabelSelection.all(),
            "bench_features",
            WritableBackend.ANNDATA,
            Existing.REPLACE,
            FeatureExport.NONE);
    RunListener listener =
        new RunListener() {
          @Override
          public void ended(ImageOutcome outcome) {
            objects += outcome.work().objects();
          }
        };
    RunResult result =
        new ObjectRun<>(spark, task, RunSettings.of("bench")).execute(refs, listener);
    if (result.done() != refs.size()) {
      throw new IllegalStateException(result.toString());
    }
  }
}
