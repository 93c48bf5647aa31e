// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.ngff.NgffVersion;

/**
 * Converts a plate of two wells and two channels, and images that lie there in NGFF 0.4 and 0.5, in
 * every direction, for programs that read the copies. Each source is in a folder of its own and
 * called by its format; each copy lies beside it, and its name tells the formats that it went
 * through.
 */
public final class WriteConverted {
  private static final String OLD = "0.4";
  private static final String NEW = "0.5";
  private static final String N5 = "n5";

  private final Path folder;
  private final String first;
  private final JavaSparkContext spark;

  private WriteConverted(Path folder, String first, JavaSparkContext spark) {
    this.folder = folder;
    this.first = first;
    this.spark = spark;
  }

  /** Arguments: the folder of all; {@code image} and {@code newer} in it hold the images. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    TestPlate.write(folder.resolve("plate").resolve(OLD), NgffVersion.V0_4);
    try (JavaSparkContext spark = CommandRun.spark()) {
      for (String source : List.of("plate", "image")) {
        new WriteConverted(folder.resolve(source), OLD, spark).convertAll();
      }
      new WriteConverted(folder.resolve("newer"), NEW, spark).convertThereAndBack();
    }
  }

  private void convertAll() {
    convert(OLD, NEW, "--chunks=32,48", "--shards=64,96", "--codec=zstd");
    convert(NEW, OLD, "--chunks=64,64");
    convert(OLD, N5);
    convert(N5, OLD);
    convert(N5, NEW, "--codec=gzip");
    convert(NEW, N5);
  }

  private void convertThereAndBack() {
    for (String other : List.of(OLD, N5)) {
      convert(NEW, other);
      convert(other, NEW);
    }
  }

  private void convert(String from, String to, String... more) {
    String place = from.equals(first) ? to : from + "-" + to;
    List<String> command = new ArrayList<>(List.of("convert", folder.resolve(from).toString()));
    command.add("--to=" + folder.resolve(place));
    command.add("--format=" + to);
    command.add("--verify");
    command.addAll(List.of(more));
    CommandRun run = CommandRun.within(spark, command.toArray(String[]::new));
    if (run.code() != 0) {
      throw new IllegalStateException(command + ": " + run.out() + run.err());
    }
  }
}
