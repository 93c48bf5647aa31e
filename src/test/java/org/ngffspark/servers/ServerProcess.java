// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, which ends when this JVM does, however it ends. */
final class ServerProcess {
  /** The shell waits for the end of its input, which comes when this JVM is gone. */
  private static final String UNTIL_ALONE =
      "\"$@\" </dev/null & server=$!; cat >/dev/null; kill $server";

  private static final Path JARS = Path.of("target/test-servers").toAbsolutePath();

  private ServerProcess() {}

  /** A folder for the server's data; the operating system takes it away some day. */
  static Path folder(String name) {
    try {
      return Files.createTempDirectory("ngff-spark-" + name);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A jar that Maven has put aside for servers. */
  static String jar(String name) {
    Path jar = JARS.resolve(name + ".jar");
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          "No " + jar + "; run mvn dependency:copy@test-servers, which fetches the test servers");
    }
    return jar.toString();
  }

  /** Spark's jars, Hadoop's client among them, as a part of a class path. */
  static String sparkJars() {
    return Path.of("target/spark-home/jars").toAbsolutePath() + "/*";
  }

  /**
   * Starts a server and waits until it says its port.
   *
   * @param folder its working directory; its output goes there, to {@code output.log}
   * @param arguments of {@code java}
   * @param ready a line that it prints when it is ready; group 1 is the port
   */
  static int start(Path folder, List<String> arguments, Pattern ready) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(arguments);
    return startCommand(folder, command, ready);
  }

  /** The same of any program. */
  static int startCommand(Path folder, List<String> program, Pattern ready) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", UNTIL_ALONE, "sh"));
    command.addAll(program);
    Path log = folder.resolve("output.log");
    try {
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      BufferedReader output = process.inputReader();
      int port = port(output, ready, log);
      Thread drain = new Thread(() -> append(output, log), "output of " + folder.getFileName());
      drain.setDaemon(true);
      drain.start();
      return port;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static int port(BufferedReader output, Pattern ready, Path log) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      Matcher matcher = ready.matcher(line);
      if (matcher.find()) {
        Files.write(log, lines);
        return Integer.parseInt(matcher.group(1));
      }
    }
    throw new IllegalStateException("The server ended before it was ready:\n" + lines);
  }

  private static void append(BufferedReader output, Path log) {
    try (var writer = Files.newBufferedWriter(log, StandardOpenOption.APPEND)) {
      output.transferTo(writer);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
