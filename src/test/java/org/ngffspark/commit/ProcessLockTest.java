// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ngffspark.commit.CommitScenario.bytes;
import static org.ngffspark.commit.CommitScenario.content;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.commit.RecoveryReport.Outcome;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StorePath;

/** Locks and recovery between processes, some of which are killed. */
final class ProcessLockTest {
  @TempDir Path directory;
  private Store store;
  private StorePath image;

  @BeforeEach
  void writePlate() {
    store = LocalStore.at(directory);
    image = CommitScenario.image(store);
    CommitScenario.writePlate(store);
  }

  /** Another JVM that works on an image; it speaks a line at each step and waits for a line. */
  private static final class Worker implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    Worker(Path directory, String task) throws IOException {
      Path java = Path.of(System.getProperty("java.home"), "bin", "java");
      process =
          new ProcessBuilder(
                  java.toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  CommitWorker.class.getName(),
                  directory.toString(),
                  task)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      out = process.inputReader(StandardCharsets.UTF_8);
    }

    String line() throws IOException {
      return String.valueOf(out.readLine());
    }

    void goOn() throws IOException {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    }

    void kill() throws InterruptedException {
      process.destroyForcibly();
      process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
      kill();
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.map(path -> directory.relativize(path).toString()).sorted().toList();
    }
  }

  @Test
  void aRunOfAnotherProcessIsNamedAndOnceKilledUndone() throws Exception {
    Map<String, String> before = content(store);
    List<String> files = files();
    try (Worker worker = new Worker(directory, "hold")) {
      assertThat(worker.line()).isEqualTo("staged");
      assertThatThrownBy(
              () ->
                  ImageTransaction.begin(image, CommitScenario.liveRun(), CommitOptions.standard()))
          .isInstanceOf(LockedException.class)
          .hasMessageContaining("process " + worker.process.pid())
          .hasMessageContaining("worker hold");
      assertThat(CommitScenario.recovery().recover(image).outcome()).isEqualTo(Outcome.BUSY);
      worker.kill();
    }
    assertThatThrownBy(
            () -> ImageTransaction.begin(image, CommitScenario.liveRun(), CommitOptions.standard()))
        .isInstanceOf(LockedException.class)
        .hasMessageContaining("it is dead")
        .matches(e -> ((LockedException) e).isDead());
    assertThat(CommitScenario.recovery().recover(image).outcome()).isEqualTo(Outcome.UNDONE);
    assertThat(content(store)).isEqualTo(before);
    assertThat(files()).isEqualTo(files);
  }

  @Test
  void ofTwoProcessesThatStartAtOnceOneWins() throws Exception {
    try (Worker first = new Worker(directory, "race");
        Worker second = new Worker(directory, "race")) {
      for (int round = 0; round < 20; round++) {
        assertThat(List.of(first.line(), second.line())).containsOnly("ready");
        first.goOn();
        second.goOn();
        List<String> answers = new ArrayList<>(List.of(first.line(), second.line()));
        assertThat(answers).as("round %d", round).containsOnlyOnce("won");
        answers.remove("won");
        assertThat(answers.get(0)).as("round %d", round).startsWith("lost").contains("worker race");
        first.goOn();
        second.goOn();
      }
    }
  }

  @Test
  void aProcessKilledAtAnyInstantLeavesOneVersion() throws Exception {
    long seed = 42;
    SplittableRandom random = new SplittableRandom(seed);
    Map<Outcome, Integer> outcomes = new TreeMap<>();
    for (int round = 0; round < 8; round++) {
      try (Worker worker = new Worker(directory, "commit")) {
        assertThat(worker.line()).isEqualTo("started");
        TimeUnit.MICROSECONDS.sleep(random.nextInt(400_000));
        worker.kill();
      }
      List<RecoveryReport> reports = CommitScenario.recovery().recoverAll(image);
      outcomes.merge(reports.get(0).outcome(), 1, Integer::sum);
      List<String> versions =
          CommitWorker.UNITS.stream()
              .map(unit -> store.read(image.key(unit)).map(CommitScenario::text).orElseThrow())
              .distinct()
              .toList();
      assertThat(versions).as("seed %d round %d %s", seed, round, reports).hasSize(1);
      assertThat(files())
          .as("seed %d round %d", seed, round)
          .noneMatch(file -> file.contains("ngff-spark"));
    }
    assertThat(outcomes).doesNotContainKey(Outcome.BUSY);
  }

  @Test
  void unitsStagedOnAnotherPlaceAreCopiedAndRemovedThere() throws Exception {
    Path elsewhere = directory.resolve("scratch");
    CommitOptions options = CommitOptions.standard().stagedAt(elsewhere.toUri());
    CommitScenario.change(store, CommitScenario.liveRun(), options);
    assertThat(store.read(image.key("0/0/0/0"))).contains(bytes("new 0/0/0/0"));
    assertThat(elsewhere)
        .satisfiesAnyOf(p -> assertThat(p).doesNotExist(), p -> assertThat(p).isEmptyDirectory());
    ImageTransaction.begin(image, CommitScenario.deadRun("r"), options)
        .stage()
        .put("x", bytes("1"));
    assertThat(elsewhere).isNotEmptyDirectory();
    assertThat(CommitScenario.recovery().recover(image).outcome()).isEqualTo(Outcome.UNDONE);
    assertThat(elsewhere).isEmptyDirectory();
    assertThat(files()).noneMatch(file -> file.contains("ngff-spark"));
  }

  @Test
  void aStageElsewhereThatDoesNotBearTheMarkOfItsRunStays() throws Exception {
    Path elsewhere = directory.resolve("scratch");
    CommitOptions options = CommitOptions.standard().stagedAt(elsewhere.toUri());
    ImageTransaction.begin(image, CommitScenario.deadRun("r"), options)
        .stage()
        .put("x", bytes("1"));
    Path mark;
    try (Stream<Path> paths = Files.walk(elsewhere)) {
      mark = paths.filter(path -> path.endsWith("stage.json")).findFirst().orElseThrow();
    }
    Files.writeString(mark, "another's");
    RecoveryReport report = CommitScenario.recovery().recover(image);
    assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
    assertThat(report.detail())
        .contains("was not deleted: nothing there says that it is this run's");
    assertThat(mark).hasContent("another's");
    assertThat(mark.resolveSibling("units")).isNotEmptyDirectory();
  }
}
