// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.ngffspark.crops.CropFormat;
import org.ngffspark.crops.CropTask;
import org.ngffspark.demo.SampleImage;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectChoice.TableChoice;
import org.ngffspark.job.OnError;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunResult;
import org.ngffspark.job.RunSettings;
import org.ngffspark.spark.ObjectRun;

/**
 * Warm queries on the objects of a plate: a mean by well from feature tables, and patches against
 * crops of the same objects.
 */
final class QueryBench {
  private static final int WARM_UP = 5;
  private static final double PATCHES_TARGET = 2;

  private final JavaSparkContext spark;
  private final Path plate;
  private final List<ImageRef> images;
  private final Path crops;

  /**
   * @param images of the plate, all of which have a table {@code bench_features}
   * @param crops folder for crops, deleted in the end
   */
  QueryBench(JavaSparkContext spark, Path plate, List<ImageRef> images, Path crops) {
    this.spark = spark;
    this.plate = plate;
    this.images = images;
    this.crops = crops;
  }

  /** Prints both. */
  void run(int rounds) {
    SparkSession session = SparkSession.builder().getOrCreate();
    session.conf().set("spark.sql.shuffle.partitions", "2");
    Runnable query =
        () ->
            objects(session.read().option("tables", "bench_features"))
                .groupBy("well")
                .agg(Map.of("label", "count", "area", "avg"))
                .collectAsList();
    for (int round = 0; round < WARM_UP; round++) {
      query.run();
    }
    long start = System.nanoTime();
    query.run();
    System.out.printf(
        Locale.ROOT,
        "mean by well over %d images: %.2f s (target 1)%n",
        images.size(),
        (System.nanoTime() - start) / 1e9);
    Runnable patches =
        () ->
            objects(session.read()).selectExpr("sum(length(patch) + length(mask))").collectAsList();
    PairedRuns.printTitle();
    new PairedRuns(1, rounds).compare("patches against crops", patches, this::crop, PATCHES_TARGET);
    Folders.delete(crops);
  }

  /** Those of the images; the plate may have more, of benchmarks that take more. */
  private Dataset<Row> objects(DataFrameReader reader) {
    Dataset<Row> all =
        reader.format("ngff").option("label", SampleImage.NUCLEI).load(plate.toString());
    List<String> names =
        images.stream().map(image -> image.path().replaceFirst(".*/", "")).toList();
    return all.where(all.col("image").isInCollection(names));
  }

  private void crop() {
    Folders.delete(crops);
    Map<ImageRef, String> folders = new TreeMap<>(Comparator.comparing(ImageRef::path));
    images.forEach(image -> folders.put(image, image.path()));
    CropTask task =
        new CropTask(
            ObjectChoice.all(SampleImage.NUCLEI, new TableChoice.Automatic()),
            PixelTarget.image(),
            CropTask.Around.KEPT,
            CropFormat.NPY,
            OnError.FAIL,
            crops.toUri(),
            folders);
    RunResult result =
        new ObjectRun<>(spark, task, RunSettings.of("bench")).execute(images, new RunListener() {});
    if (result.done() != images.size()) {
      throw new IllegalStateException(result.toString());
    }
  }
}
