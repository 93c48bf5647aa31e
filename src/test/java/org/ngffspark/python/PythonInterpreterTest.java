// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.transform.TransformUnavailableException;

/** An interpreter that cannot be used is named, with its host and what it lacks. */
@NeedsPython
class PythonInterpreterTest {
  @TempDir private Path folder;

  @Test
  void isMissing() throws IOException {
    refused("no-such-python")
        .hasMessageStartingWith(
            "Transforms in Python cannot run on host "
                + InetAddress.getLocalHost().getHostName()
                + " with 'no-such-python' (choose the interpreter with --conf"
                + " spark.pyspark.python=PATH or the environment variable PYSPARK_PYTHON): it cannot"
                + " be started: ")
        .hasMessageContaining("No such file or directory");
  }

  @Test
  void isTooOld() throws IOException {
    refused(
            script(
                "exec \"$PYTHON\" -c \"import sys; sys.version_info = (3, 9, 18); exec(sys.argv[1])\" \"$2\""))
        .hasMessageEndingWith("it is Python 3.9.18, and 3.10 or newer is needed");
  }

  @Test
  void hasNoNumpy() throws IOException {
    refused(script("exec \"$PYTHON\" -I -S \"$@\""))
        .hasMessageContaining("it is Python 3.")
        .hasMessageContaining(
            "but has no numpy that works: ModuleNotFoundError: No module named 'numpy'");
  }

  @Test
  void hasAnOldNumpy() throws IOException {
    Path modules = Files.createDirectories(folder.resolve("modules/numpy"));
    Files.writeString(modules.resolve("__init__.py"), "__version__ = '1.22.4'\n");
    refused(script("PYTHONPATH=" + modules.getParent() + " exec \"$PYTHON\" \"$@\""))
        .hasMessageEndingWith("it has numpy 1.22.4, and 1.23 or newer is needed");
  }

  @Test
  void isNoPython() throws IOException {
    refused(script("echo welcome; exit 4"))
        .hasMessageEndingWith(
            "it does not answer as Python does, but says 'welcome'; it ended with code 4");
    refused(script("echo licence expired >&2; exit 5"))
        .hasMessageEndingWith(
            "it does not answer as Python does; it ended with code 5; the last it printed was:\nlicence expired");
  }

  @Test
  void mayHaveTooLittleMemory() throws IOException {
    assertThatThrownBy(
            () ->
                PythonTransform.load(
                    function(),
                    new PythonSettings(TestPython.interpreter(), List.of(), "", 50 << 20)))
        .isInstanceOf(TransformUnavailableException.class)
        .hasMessageContaining("52428800 bytes, --python-memory");
  }

  @Test
  void mayBeAScriptThatStaysBetween() throws IOException {
    PythonTransform transform =
        PythonTransform.load(function(), PythonSettings.of(script("\"$PYTHON\" \"$@\"; exit $?")));
    assertThat(TestObject.apply(transform)).containsExactly(11, 21, 31, 41, 51, 61);
  }

  @Test
  void mayLieInTheDirectoryOfTheRunsFiles() throws IOException {
    Files.createDirectories(folder.resolve("run/env/bin"));
    Files.createDirectories(folder.resolve("run/modules"));
    Files.writeString(folder.resolve("run/modules/beside.py"), "number = 5\n");
    Files.move(Path.of(script("exec \"$PYTHON\" \"$@\"")), folder.resolve("run/env/bin/python"));
    PythonSettings settings =
        new PythonSettings(
            "./env/bin/python", List.of("modules"), folder.resolve("run").toString(), 0);
    Files.writeString(folder.resolve("run/model.txt"), "7");
    String source =
        "import beside\ndef f(patch): return patch * 0 + beside.number + int(open('model.txt').read())";
    PythonTransform transform =
        PythonTransform.load(TestPython.function(folder, "f", source), settings);
    assertThat(TestObject.apply(transform)).containsOnly(12);
  }

  @Test
  void doesNotSeeTheModulesOfTheDirectoryThatTheProgramWasStartedIn() {
    String source =
        "import sys, os\ndef f(patch): return patch * 0 + ('' in sys.path or os.getcwd() in sys.path)";
    assertThat(TestObject.apply(TestPython.transform(folder, source))).containsOnly(0);
  }

  @Test
  void runsOneThreadAProcessAndOrdersSetsTheSame() {
    String source =
        """
        import os
        def f(patch):
            names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
            assert all(os.environ[name] == "1" for name in names)
            assert os.environ["PYTHONHASHSEED"] == "0"
            return patch
        """;
    assertThat(TestObject.apply(TestPython.transform(folder, source)))
        .containsExactly(10, 20, 30, 40, 50, 60);
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(
      String interpreter) {
    return assertThatThrownBy(
            () -> PythonTransform.load(function(), PythonSettings.of(interpreter)))
        .isInstanceOf(TransformUnavailableException.class);
  }

  private PythonFunction function() {
    return TestPython.function(folder, "f", "def f(patch): return patch + 1");
  }

  private String script(String text) throws IOException {
    Path script = folder.resolve("my python " + text.hashCode());
    String python = TestPython.interpreter().replace("'", "'\\''");
    Files.writeString(script, "#!/bin/sh\nPYTHON='" + python + "'\n" + text + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script.toString();
  }
}
