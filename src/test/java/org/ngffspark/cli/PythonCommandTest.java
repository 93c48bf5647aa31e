// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.golden.Folders;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.python.NeedsPython;
import org.ngffspark.python.TestPython;

/** Functions of Python on the command line. */
@NeedsPython
class PythonCommandTest {
  private static final String INTERPRETER = "spark.pyspark.python";
  private static final String HALVE = "def halve(patch, mask):\n    return patch // 2\n";

  @TempDir private Path folder;
  private Path plate;
  private Path script;

  @BeforeEach
  void makePlate() throws IOException {
    System.setProperty(INTERPRETER, TestPython.interpreter());
    plate = TestPlate.write(folder.toRealPath().resolve("plate.zarr"), NgffVersion.V0_5);
    script = folder.toRealPath().resolve("Größe halbieren.py");
  }

  @AfterEach
  void forgetInterpreter() {
    System.clearProperty(INTERPRETER);
  }

  private CommandRun transform(String function, String... more) {
    List<String> arguments = new ArrayList<>(List.of("transform", plate.toString()));
    arguments.addAll(List.of("--well", "B/03", "--label", "nuclei"));
    arguments.addAll(List.of("--transform", script + ":" + function));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private void write(String source) throws IOException {
    Files.writeString(script, source);
  }

  @Test
  void writeWhatATransformOfTheProgramWrites() throws IOException {
    write(
        """
        import numpy as np

        def scale(patch, mask, notes, *, factor: float = 1, deep: bool = False):
            notes.append("scaled")
            return np.where(mask, patch * factor, patch)

        def scale_all(patch, mask, notes, *, factor: float):
            assert len(patch) == len(mask)
            return [scale(one, inside, said, factor=factor) for one, inside, said in zip(patch, mask, notes)]

        scale_all.batch = True
        """);
    CommandRun java =
        CommandRun.of(
            "transform",
            plate.toString(),
            "--well=B/03",
            "--image=0",
            "--label=nuclei",
            "--transform=affine",
            "--param=scale=0.7",
            "--zoom=1.5",
            "--suffix=_java");
    assertThat(java.code()).as(java.err()).isZero();
    for (String function : List.of("scale", "scale_all")) {
      String suffix = "_" + function;
      CommandRun run =
          transform(
              function, "--image=0", "--param=factor=0.7", "--zoom=1.5", "--suffix=" + suffix);
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out()).contains("scaled");
      assertThat(chunks("0" + suffix)).isNotEmpty().isEqualTo(chunks("0_java"));
    }
  }

  private Map<String, String> chunks(String image) {
    Map<String, String> files = Folders.read(plate.resolve("B/03/" + image));
    files.keySet().removeIf(file -> file.endsWith("zarr.json"));
    return files;
  }

  @Test
  void areOtherJobsWhenTheyChange() throws IOException {
    write(HALVE);
    assertThat(transform("halve", "--in-place").code()).isZero();
    CommandRun again = transform("halve", "--in-place", "--resume");
    assertThat(again.out()).as(again.err()).contains("2 done by the same job before");
    write(HALVE.replace("2", "3"));
    CommandRun changed = transform("halve", "--in-place", "--resume");
    assertThat(changed.code()).as(changed.err()).isZero();
    assertThat(changed.out()).doesNotContain("before");
  }

  @Test
  void areRefusedBeforeAnythingIsReadIfTheyCannotRun() throws IOException {
    assertRefused("halve", "Cannot read the transform in '" + script + "': there is no such file");
    write(HALVE);
    assertRefused("half", "Größe halbieren.py has no function 'half'; it has halve");
    assertRefused("halve", "has no parameter 'by'; it has none", "--param", "by=2");
    write("def halve(patch)\n    return patch\n");
    assertRefused("halve", "SyntaxError");
    write("import no_such_module\n" + HALVE);
    assertRefused("halve", "No module named 'no_such_module'");
    System.setProperty(INTERPRETER, "/no/such/python");
    assertRefused("halve", "with '/no/such/python'");
  }

  private void assertRefused(String function, String message, String... more) {
    List<String> options = new ArrayList<>(List.of("--in-place"));
    options.addAll(List.of(more));
    CommandRun run = transform(function, options.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.err()).doesNotContain("\tat ");
  }

  @Test
  void failTheirImageOrAreSkippedWithTheObjectNamed() throws IOException {
    write(
        """
        import os, time

        def fails(patch, label):
            if label == 5:
                raise ValueError("no five")
            return patch // 2

        def ends(patch, label):
            if label == 5:
                os._exit(7)

        def sleeps(patch, label):
            while label == 5:
                time.sleep(1)
        """);
    CommandRun failed = transform("fails", "--in-place");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err())
        .contains("object 5: transform 'Größe halbieren.py:fails' failed: ValueError: no five")
        .contains("raise ValueError(\"no five\")");
    CommandRun skipped = transform("ends", "--in-place", "--on-error", "skip");
    assertThat(skipped.code()).as(skipped.err()).isZero();
    assertThat(skipped.out()).contains("2 objects left alone, as the transform failed");
    CommandRun late =
        transform("sleeps", "--in-place", "--on-error=skip", "--object-timeout=1", "--image=0");
    assertThat(late.code()).as(late.err()).isZero();
    assertThat(late.out()).contains("1 object left alone");
  }

  @Test
  void areListedWithTheirParameters() throws IOException {
    write(
        """
        from typing import Literal

        def halve(patch, *, by: float = 2, how: Literal["down", "up"], sizes: list[int] = [1, 2]):
            \"""Makes pixels darker.

            Parameters
            ----------
            by : float
                What pixels are divided by.
            \"""
        """);
    CommandRun run = CommandRun.of("transforms", "--transform", script + ":halve");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("Größe halbieren.py:halve  (images)\n    Makes pixels darker.\n")
        .contains("--param by=…  What pixels are divided by.\n        a number; default 2\n")
        .contains("down")
        .contains("default 1,2");
  }
}
