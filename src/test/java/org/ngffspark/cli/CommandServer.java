// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs commands that others have started, one after the other, so that each need not wait for a JVM
 * of its own to get warm: {@code src/test/sh/served/bin/java} hands them over by two pipes, {@code
 * ask} and {@code answer}.
 */
public final class CommandServer {
  private final Path folder;

  private CommandServer(Path folder) {
    this.folder = folder;
  }

  /**
   * Runs commands until the process is ended.
   *
   * @param arguments the folder of the pipes; and a folder that the images of {@link WriteExamples}
   *     are written into before, if there is one
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length > 1) {
      WriteExamples.into(Path.of(arguments[1]));
    }
    CommandServer server = new CommandServer(Path.of(arguments[0]));
    while (true) {
      server.serve();
    }
  }

  private void serve() throws IOException {
    List<String> words = List.of(Files.readString(folder.resolve("ask")).split("\0"));
    int code;
    try (PrintWriter out = writer("out");
        PrintWriter err = writer("err")) {
      code = Main.run(words, out, err);
    }
    Files.writeString(folder.resolve("answer"), code + "\n");
  }

  private PrintWriter writer(String name) throws IOException {
    return new PrintWriter(Files.newBufferedWriter(folder.resolve(name), StandardCharsets.UTF_8));
  }
}
