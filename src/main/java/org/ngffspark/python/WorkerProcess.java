// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ngffspark.transform.TransformUnavailableException;

/** A running interpreter that speaks the protocol, with numpy loaded. */
final class WorkerProcess {
  private static final int[] OLDEST_PYTHON = {3, 10};
  private static final int[] OLDEST_NUMPY = {1, 23};
  private static final Pattern GREETING = Pattern.compile("ngff-spark-worker (\\d+\\.\\d+\\.\\d+)");
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");
  private static final int LONGEST_GREETING = 200;
  private static final long START_SECONDS = 120;
  private static final long END_SECONDS = 5;
  private static final int SIGNALS = 128;

  private final PythonSettings settings;
  private final Process process;
  private final Wire wire;
  private final PrintedLines printed;
  private Optional<SharedPixels> shared = SharedPixels.make();
  private Optional<ProcessHandle> interpreter = Optional.empty();

  private WorkerProcess(PythonSettings settings, Process process) {
    this.settings = settings;
    this.process = process;
    this.wire = new Wire(process.getInputStream(), process.getOutputStream());
    this.printed = PrintedLines.of(process);
  }

  /**
   * @throws TransformUnavailableException if there is no interpreter
   */
  static WorkerProcess start(PythonSettings settings) {
    ProcessBuilder builder = new ProcessBuilder(WorkerProgram.command(settings.command()));
    WorkerProgram.prepare(builder.environment());
    if (!settings.directory().isEmpty()) {
      builder.directory(Path.of(settings.directory()).toFile());
    }
    try {
      return new WorkerProcess(settings, builder.start());
    } catch (IOException missing) {
      throw new TransformUnavailableException(
          unusable(settings, "cannot be started: " + missing.getMessage()), missing);
    }
  }

  /**
   * Waits until numpy is loaded. Something that is no Python may wait for ever, and is ended.
   *
   * @throws TransformUnavailableException if it is no Python, too old, or has no numpy
   */
  void greet() {
    Optional<SharedPixels> made = shared;
    CompletableFuture<Void> late =
        CompletableFuture.runAsync(
            this::kill, CompletableFuture.delayedExecutor(START_SECONDS, TimeUnit.SECONDS));
    try {
      requireNumpy(readyAfter(requirePython(wire.line(LONGEST_GREETING))));
    } catch (RuntimeException unusable) {
      close();
      throw unusable;
    } catch (IOException broken) {
      WorkerEndedException ended = ended(broken);
      throw new TransformUnavailableException(
          unusable(settings, "does not start: " + ended.getMessage()), ended);
    } finally {
      late.cancel(false);
      made.ifPresent(SharedPixels::hide);
    }
  }

  private String requirePython(String greeting) throws IOException {
    Matcher matcher = GREETING.matcher(greeting);
    if (!matcher.matches()) {
      String answer = greeting.isEmpty() ? "" : ", but says '" + greeting + "'";
      WorkerEndedException ended = ended(new IOException(greeting));
      throw new TransformUnavailableException(
          unusable(
              settings, "does not answer as Python does" + answer + "; " + ended.getMessage()));
    }
    String version = matcher.group(1);
    if (isOlder(version, OLDEST_PYTHON)) {
      throw new TransformUnavailableException(
          unusable(settings, "is Python " + version + ", and 3.10 or newer is needed"));
    }
    return version;
  }

  private JsonNode readyAfter(String python) throws IOException {
    byte[] program = WorkerProgram.start(settings, shared);
    wire.write(program, program.length);
    wire.flush();
    Wire.Head head = wire.head();
    JsonNode told = wire.json(head);
    if (head.kind() == Frame.FAILED) {
      throw new TransformUnavailableException(
          unusable(
              settings, "is Python " + python + ", but has no numpy that works: " + cause(told)));
    }
    return told;
  }

  private String cause(JsonNode told) {
    String limit =
        settings.memoryBytes() > 0
            ? " (a process may have " + settings.memoryBytes() + " bytes, --python-memory)"
            : "";
    return told.path("summary").asText() + limit;
  }

  private void requireNumpy(JsonNode ready) {
    if (ready.path("protocol").asInt() != Frame.VERSION) {
      throw new IllegalStateException("The worker speaks another protocol: " + ready);
    }
    interpreter = ProcessHandle.of(ready.path("pid").asLong());
    shared = shared.filter(memory -> ready.path("shared").asBoolean());
    String numpy = ready.path("numpy").asText();
    if (isOlder(numpy, OLDEST_NUMPY)) {
      throw new TransformUnavailableException(
          unusable(settings, "has numpy " + numpy + ", and 1.23 or newer is needed"));
    }
  }

  private static boolean isOlder(String version, int[] oldest) {
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.lookingAt()) {
      return true;
    }
    int major = Integer.parseInt(matcher.group(1));
    return major < oldest[0]
        || major == oldest[0] && Integer.parseInt(matcher.group(2)) < oldest[1];
  }

  private static String unusable(PythonSettings settings, String problem) {
    return "Transforms in Python cannot run on host "
        + host()
        + " with '"
        + settings.command()
        + "' (choose the interpreter with --conf spark.pyspark.python=PATH or the environment variable"
        + " PYSPARK_PYTHON): it "
        + problem;
  }

  static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "(without a name: " + nameless.getMessage() + ")";
    }
  }

  Wire wire() {
    return wire;
  }

  /** Memory for pixels; none if the process does not see it. */
  Optional<SharedPixels> shared() {
    return shared;
  }

  long pid() {
    return interpreter.map(ProcessHandle::pid).orElseGet(process::pid);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Says how the process ended, which was noticed by a broken pipe. Ends it if it did not. */
  WorkerEndedException ended(IOException noticed) {
    try {
      boolean byItself = process.waitFor(END_SECONDS, TimeUnit.SECONDS);
      String how = byItself ? manner(process.exitValue()) : "it closed its pipes";
      kill();
      String last = printed.ofEnded();
      close();
      return new WorkerEndedException(
          how + (last.isEmpty() ? "" : "; the last it printed was:\n" + last), noticed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      close();
      return new WorkerEndedException("it was given up", stopped);
    }
  }

  private static String manner(int code) {
    return code > SIGNALS
        ? "it was ended by signal " + (code - SIGNALS)
        : "it ended with code " + code;
  }

  /** Ends the process at once, from any thread. Its watchdog ends what it started. */
  void kill() {
    interpreter.ifPresent(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
  }

  /** Ends the process, and gives up the pipes. */
  void close() {
    kill();
    wire.close();
    process.destroyForcibly();
  }
}
