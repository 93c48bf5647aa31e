// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ngffspark.ngff.NgffVersion;

/**
 * Converts a plate of two wells and two channels in every direction, for programs that read the
 * copies: {@code 0.4} is the plate, each other name tells the formats that it went through.
 */
public final class WriteConverted {
  private static final String FIRST = "0.4";

  private WriteConverted() {}

  /** Arguments: the folder to write to. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    TestPlate.write(folder.resolve(FIRST), NgffVersion.V0_4);
    convert(folder, FIRST, "0.5", "--chunks=32,48", "--shards=64,96", "--codec=zstd");
    convert(folder, "0.5", "0.4", "--chunks=64,64");
    convert(folder, FIRST, "n5");
    convert(folder, "n5", "0.4");
    convert(folder, "n5", "0.5", "--codec=gzip");
    convert(folder, "0.5", "n5");
  }

  private static void convert(Path folder, String from, String to, String... more) {
    String place = from.equals(FIRST) ? to : from + "-" + to;
    List<String> command = new ArrayList<>(List.of("convert", folder.resolve(from).toString()));
    command.add("--to=" + folder.resolve(place));
    command.add("--format=" + to);
    command.add("--verify");
    command.addAll(List.of(more));
    CommandRun run = CommandRun.of(command.toArray(String[]::new));
    if (run.code() != 0) {
      throw new IllegalStateException(command + ": " + run.out() + run.err());
    }
  }
}
