// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.ProcessMark;
import org.ngffspark.commit.ProcessSpace;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.inputs.InputResolver;
import org.ngffspark.ngff.NgffVersion;

class RecoverCommandTest {
  @TempDir private Path folder;
  private Path plate;

  @BeforeEach
  void makePlate() throws IOException {
    plate = TestPlate.write(folder.toRealPath().resolve("plate.zarr"), NgffVersion.V0_4);
  }

  @Test
  void withoutADeadRunThereIsNothingToDo() {
    CommandRun run = CommandRun.of("recover", plate.toString(), "--dry-run");
    assertThat(run.code()).isZero();
    assertThat(run.out()).isEqualTo("file://" + plate + ": nothing to do\n");
    assertThat(CommandRun.of("recover", plate.toString()).out()).isEqualTo(run.out());
  }

  @Test
  void aRunAtWorkIsLeftAlone() {
    RunInfo other = RunInfo.current("transform", Map.of());
    try (ImageTransaction open = begin(other)) {
      assertThat(open.stage()).isNotNull();
      CommandRun run = CommandRun.of("recover", plate.toString());
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out()).contains("B/03/0: run " + other.id()).contains("is at work");
      assertThat(lock()).exists();
    }
  }

  @Test
  void aRunDeclaredDeadIsUndone() {
    RunInfo here = RunInfo.current("transform", Map.of());
    ProcessMark elsewhere =
        new ProcessMark(new ProcessSpace("elsewhere", "", "", "", "", Set.of()), 17, "");
    RunInfo other = new RunInfo(here.id(), elsewhere, here.start(), here.command(), Map.of());
    begin(other);
    CommandRun unsure = CommandRun.of("recover", plate.toString());
    assertThat(unsure.code()).isEqualTo(1);
    assertThat(unsure.out()).contains("from here it cannot be told");
    CommandRun dry =
        CommandRun.of("recover", plate.toString(), "--dry-run", "--dead-run", other.id());
    assertThat(dry.code()).isZero();
    assertThat(dry.out()).contains("would undo run " + other.id());
    assertThat(lock()).exists();
    CommandRun run = CommandRun.of("recover", plate.toString(), "--dead-run", other.id());
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("undid run " + other.id());
    assertThat(lock()).doesNotExist();
    assertThat(folder.resolve("plate.zarr.ngff-spark")).doesNotExist();
  }

  @Test
  void anInputThatCannotBeLookedAtDoesNotHideTheOthers() {
    String area = plate + ".ngff-spark/B";
    CommandRun run = CommandRun.of("recover", area, plate.toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains(area).contains("choose another place");
    assertThat(run.out()).isEqualTo("file://" + plate + ": nothing to do\n");
  }

  @Test
  void inputsAreNeeded() {
    CommandRun run = CommandRun.of("recover");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("submit.sh: Missing required parameter: 'INPUT'");
  }

  @Test
  void whatNeverWasIsNothingToDo() {
    CommandRun run = CommandRun.of("recover", folder.resolve("no.zarr").toString());
    assertThat(run.code()).isZero();
    assertThat(run.out()).endsWith("no.zarr: nothing to do\n");
    assertThat(Files.exists(folder.resolve("no.zarr"))).isFalse();
  }

  private ImageTransaction begin(RunInfo run) {
    return ImageTransaction.begin(
        InputResolver.place(plate.resolve("B/03/0").toUri()).open(), run, CommitOptions.standard());
  }

  private Path lock() {
    return plate.resolveSibling("plate.zarr.ngff-spark").resolve("B/03/0/@run");
  }
}
