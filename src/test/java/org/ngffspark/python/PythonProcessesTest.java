// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.zarr.nd.DataType;

/** Processes are as many as threads at work, are used again, and leave nothing behind. */
@NeedsPython
class PythonProcessesTest {
  /** Answers with the group of the process, which is its number. */
  private static final String GROUP = "import os\ndef f(patch): return patch * 0. + os.getpgrp()\n";

  /** Starts a child of its own, writes its group into a file, and sleeps. */
  private static final String HANGS =
      """
      import os, subprocess, time
      def f(patch):
          subprocess.Popen(["sleep", "600"])
          if os.fork() == 0:
              time.sleep(600)
          with open(%s, "w") as file:
              file.write(str(os.getpgrp()))
          os.rename(%s, %s)
          time.sleep(600)
      """;

  @TempDir private Path folder;

  @Test
  void aProcessServesOneObjectAfterTheOther() {
    PythonTransform transform = TestPython.transform(folder, GROUP);
    assertThat(groups(transform, 5)).hasSize(1);
  }

  @Test
  void threadsAtWorkHaveAProcessEach() throws InterruptedException {
    PythonTransform transform =
        TestPython.transform(
            folder,
            GROUP
                .replace("def f", "import time\ndef f")
                .replace("return", "time.sleep(0.2); return"));
    List<Set<Long>> used = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Set<Long> mine = new HashSet<>();
      used.add(mine);
      threads.add(new Thread(() -> mine.addAll(groups(transform, 3))));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    Set<Long> all = new HashSet<>();
    used.forEach(all::addAll);
    assertThat(all).hasSize(3);
  }

  @Test
  void aProcessThatIsKilledWhileItWaitsIsReplaced() {
    PythonTransform transform = TestPython.transform(folder, GROUP);
    long first = groups(transform, 1).iterator().next();
    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    assertThat(groups(transform, 2)).hasSize(1).doesNotContain(first);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anInterruptEndsTheProcessAndAllThatItStarted() throws InterruptedException, IOException {
    Path told = folder.resolve("told");
    PythonTransform transform = TestPython.transform(folder, hangs(told));
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                TestObject.apply(transform);
              } catch (PythonException stopped) {
                failure.set(stopped);
              }
            });
    thread.start();
    long group = Long.parseLong(await(told));
    assertThat(members(group)).hasSizeGreaterThanOrEqualTo(4);
    thread.interrupt();
    thread.join();
    assertThat(failure.get()).hasMessage("it was stopped");
    assertThat(awaitEmpty(group)).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void nothingIsLeftWhenTheProgramIsKilled() throws InterruptedException, IOException {
    Path told = folder.resolve("told");
    Path script = folder.resolve("script.py");
    Files.writeString(script, hangs(told));
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                script + ":f")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    long group = Long.parseLong(await(told));
    assertThat(members(group)).hasSizeGreaterThanOrEqualTo(4);
    program.destroyForcibly().waitFor();
    assertThat(awaitEmpty(group)).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void nothingIsLeftOfAProcessThatIsKilled() throws InterruptedException, IOException {
    String source =
        """
        import os, subprocess
        children = [subprocess.Popen(["sleep", "600"])]
        def f(patch): return patch * 0. + os.getpgrp()
        """;
    long group = groups(TestPython.transform(folder, source), 1).iterator().next();
    assertThat(members(group)).hasSize(3);
    ProcessHandle.of(group).orElseThrow().destroyForcibly();
    assertThat(awaitEmpty(group)).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void processesThatNobodyNeedsEnd() throws InterruptedException, IOException {
    WorkerPool pool = new WorkerPool(TimeUnit.MILLISECONDS.toNanos(50));
    PythonFunction function = TestPython.function(folder, "f", GROUP);
    long group = pool.use(TestPython.settings(), function, Worker::pid);
    assertThat(awaitEmpty(group)).isEmpty();
  }

  @Test
  void aThreadThatWasInterruptedBeforeStartsNothing() {
    PythonTransform transform = TestPython.transform(folder, GROUP);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> TestObject.apply(transform)).hasMessage("it was stopped");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(groups(transform, 1)).hasSize(1);
  }

  /** A program that is killed. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      TestObject.apply(
          PythonTransform.load(PythonFunction.of(arguments[0]), TestPython.settings()));
    }
  }

  private static String hangs(Path told) {
    String before = "'" + told + ".new'";
    return HANGS.formatted(before, before, "'" + told + "'");
  }

  private static Set<Long> groups(PythonTransform transform, int objects) {
    Set<Long> groups = new HashSet<>();
    IntStream.range(0, objects)
        .forEach(
            i ->
                groups.add(
                    (long)
                        TestObject.apply(transform, TestObject.row(DataType.FLOAT64, 1)).value(0)));
    return groups;
  }

  private static String await(Path file) throws InterruptedException, IOException {
    for (int i = 0; i < 600 && !Files.exists(file); i++) {
      Thread.sleep(50);
    }
    return Files.readString(file);
  }

  private static List<String> awaitEmpty(long group) throws InterruptedException, IOException {
    for (int i = 0; i < 400 && !members(group).isEmpty(); i++) {
      Thread.sleep(25);
    }
    return members(group);
  }

  /**
   * The processes of a group, as Linux shows them; ended ones that nobody has waited for are none.
   */
  private static List<String> members(long group) throws IOException {
    List<String> members = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : (Iterable<Path>) processes::iterator) {
        stat(process)
            .filter(stat -> stat.get(2).equals(Long.toString(group)) && !stat.get(0).equals("Z"))
            .ifPresent(stat -> members.add(process + " " + stat));
      }
    }
    return members;
  }

  /** State, parent and group of a process; empty if it is none, or has ended. */
  private static Optional<List<String>> stat(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Optional.of(Arrays.asList(fields).subList(0, 3));
    } catch (IOException ended) {
      return Optional.empty();
    }
  }
}
