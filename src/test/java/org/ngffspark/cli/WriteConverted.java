// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.ngff.NgffVersion;

/**
 * Converts a plate of two wells and two channels, and an image that lies there, in every direction,
 * for programs that read the copies. Each source is in a folder of its own and called {@code 0.4};
 * each copy lies beside it, and its name tells the formats that it went through.
 */
public final class WriteConverted {
  private static final String FIRST = "0.4";

  private final Path folder;
  private final JavaSparkContext spark;

  private WriteConverted(Path folder, JavaSparkContext spark) {
    this.folder = folder;
    this.spark = spark;
  }

  /** Arguments: the folder of all; {@code image} in it holds the image. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    TestPlate.write(folder.resolve("plate").resolve(FIRST), NgffVersion.V0_4);
    try (JavaSparkContext spark = CommandRun.spark()) {
      for (String source : List.of("plate", "image")) {
        new WriteConverted(folder.resolve(source), spark).convertAll();
      }
    }
  }

  private void convertAll() {
    convert(FIRST, "0.5", "--chunks=32,48", "--shards=64,96", "--codec=zstd");
    convert("0.5", FIRST, "--chunks=64,64");
    convert(FIRST, "n5");
    convert("n5", FIRST);
    convert("n5", "0.5", "--codec=gzip");
    convert("0.5", "n5");
  }

  private void convert(String from, String to, String... more) {
    String place = from.equals(FIRST) ? to : from + "-" + to;
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
