// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.apply.Companions;
import org.ngffspark.bench.BenchPlate.Layout;
import org.ngffspark.convert.ConvertTask;
import org.ngffspark.convert.Crop;
import org.ngffspark.convert.GridChoice;
import org.ngffspark.convert.OutputCodec;
import org.ngffspark.convert.OutputForm;
import org.ngffspark.convert.OutputLayout;
import org.ngffspark.convert.PixelChoice;
import org.ngffspark.convert.TypeChange;
import org.ngffspark.convert.Unkept;
import org.ngffspark.convert.Verification;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunResult;
import org.ngffspark.job.RunSettings;
import org.ngffspark.spark.ObjectRun;

/**
 * Warm runs that convert images of the benchmark plate, with label images and tables, from NGFF 0.4
 * in Blosc-lz4 to NGFF 0.5 in shards of zstd, on two threads of one JVM, against decoding each
 * chunk and encoding each shard by bare codec calls.
 */
public final class ConvertBench {
  private static final double TARGET = 1.3;
  private static final int WARM_UP = 4;
  private static final OutputLayout LAYOUT =
      new OutputLayout(OutputForm.NGFF_0_5, GridChoice.AUTO, GridChoice.AUTO, OutputCodec.ZSTD);

  private final Map<ImageRef, String> images = new HashMap<>();
  private final Path copies;
  private final JavaSparkContext spark;

  private ConvertBench(List<Path> images, Path copies, JavaSparkContext spark) {
    images.forEach(
        image -> this.images.put(new ImageRef(image.toUri(), ""), image.getFileName().toString()));
    this.copies = copies;
    this.spark = spark;
  }

  /**
   * Prints the ratio. The converted images stay.
   *
   * @param arguments folder of the plates, number of images, rounds, folder of the converted images
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    List<Path> images =
        BenchPlate.in(folder, Layout.CHUNKED).images(Integer.parseInt(arguments[1]));
    Path copies = Path.of(arguments[3]);
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("bench")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.driver.host", "127.0.0.1");
    Path scratch = folder.resolve("scratch");
    try (JavaSparkContext spark = new JavaSparkContext(conf);
        TwoThreads threads = new TwoThreads()) {
      ConvertBench bench = new ConvertBench(images, copies, spark);
      bench.convert();
      JobFloor floor = new JobFloor(scratch);
      Path copy = copies.resolve(images.get(0).getFileName());
      List<Runnable> bare =
          images.stream().flatMap(image -> floor.copy(image, copy).stream()).toList();
      PairedRuns.printTitle();
      new PairedRuns(WARM_UP, Integer.parseInt(arguments[2]))
          .compare("convert to shards of zstd", bench::convert, () -> threads.run(bare), TARGET);
    }
    Folders.delete(scratch);
  }

  private void convert() {
    Folders.delete(copies);
    ConvertTask task =
        new ConvertTask(
            LAYOUT,
            new PixelChoice(List.of(), 0, new TypeChange.Kept(), Crop.parse("")),
            copies.toUri(),
            images,
            Companions.LABELS_AND_TABLES,
            Unkept.REFUSED,
            Existing.REFUSE,
            Verification.NONE,
            ConvertTask.MEMORY);
    RunResult result =
        new ObjectRun<>(spark, task, RunSettings.of("bench"))
            .execute(List.copyOf(images.keySet()), new RunListener() {});
    if (result.done() != images.size()) {
      throw new IllegalStateException(result.toString());
    }
  }
}
