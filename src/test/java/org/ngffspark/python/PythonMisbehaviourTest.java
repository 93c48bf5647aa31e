// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.zarr.nd.DataType;

/**
 * What functions may do wrong: each fails its object with a message, and the next object goes on.
 */
@NeedsPython
class PythonMisbehaviourTest {
  /** Misbehaves on the first object of a process only. */
  private static final String ONCE =
      """
      import os, sys, threading, time
      import numpy as np
      calls = []

      def f(patch):
          calls.append(1)
          if len(calls) == 1:
              %s
          return patch + os.getpid() %% 2 * 0
      """;

  @TempDir private Path folder;

  @Test
  void aRaisedExceptionIsToldWithItsTraceback() {
    failsOnce("patch.no_such_method()")
        .hasMessageStartingWith(
            "AttributeError: 'numpy.ndarray' object has no attribute 'no_such_method'\nTraceback")
        .hasMessageContaining("script.py\", line 8, in f\n    patch.no_such_method()")
        .message()
        .doesNotContain("ngff-spark>");
  }

  @Test
  void chainsOfExceptionsAreTold() {
    failsOnce("try: int('x')\n        except ValueError as e: raise RuntimeError('no') from e")
        .hasMessageStartingWith("RuntimeError: no\n")
        .hasMessageContaining("ValueError: invalid literal for int()")
        .hasMessageContaining("The above exception was the direct cause");
  }

  @Test
  void longMessagesAreCut() {
    failsOnce("raise ValueError('x' * 10_000_000 + 'end')")
        .satisfies(
            failure -> {
              assertThat(failure.getMessage()).hasSizeLessThan(40_000).contains("xend");
              assertThat(failure.getMessage()).contains(" characters left out");
            });
  }

  @Test
  void aWrongShapeOrTypeIsNamedWithWhatWasExpected() {
    String expected =
        "it must return an array of shape (2, 3) (axes yx), or change the patch in place and return"
            + " None; it returned ";
    failsOnce("return patch[0]").hasMessage(expected + "an array of shape (3,)");
    failsOnce("return 3").hasMessage(expected + "an array of shape ()");
    failsOnce("return 'pixels'").hasMessage(expected + "a str");
    failsOnce("return {}").hasMessage(expected + "a dict");
    failsOnce("return [[1], [2, 3]]").hasMessage(expected + "a list");
    failsOnce("return patch * 1j")
        .hasMessage(expected + "an array of complex128, which are no real numbers");
    failsOnce("return patch.astype(object)")
        .hasMessage(expected + "an array of object, which are no real numbers");
  }

  @Test
  void sysExitIsAFailureOfTheObjectAlone() {
    failsOnce("sys.exit('enough')").hasMessageStartingWith("SystemExit: enough\n");
    failsOnce("raise KeyboardInterrupt").hasMessageStartingWith("KeyboardInterrupt\n");
  }

  @Test
  void aProcessThatEndsOnAnObjectIsReplacedAndTheObjectTriedOnceMore() {
    Path mark = folder.resolve("mark");
    String source =
        """
        import os
        def f(patch):
            if not os.path.exists('%s'):
                open('%s', 'w').close()
                os._exit(3)
            return patch + 1
        """
            .formatted(mark, mark);
    assertThat(TestObject.apply(TestPython.transform(folder, source)))
        .containsExactly(11, 21, 31, 41, 51, 61);
  }

  @Test
  void aProcessThatEndsTwiceFailsTheObject() {
    failsAlways("os._exit(3)")
        .hasMessage("its process ended, and so did the next one: it ended with code 3");
    failsAlways("print('before the end', flush=True); os.abort()")
        .hasMessageStartingWith(
            "its process ended, and so did the next one: it was ended by signal 6; the last it"
                + " printed was:\nbefore the end\n")
        .hasMessageContaining("Fatal Python error: Aborted")
        .hasMessageContaining("script.py\", line 8 in f");
    failsAlways("import signal; os.kill(os.getpid(), signal.SIGKILL)")
        .hasMessageContaining("it was ended by signal 9");
  }

  @Test
  void whatIsPrintedDoesNotReachTheProtocol() {
    harmless("print('x' * 5_000_000)");
    harmless("sys.stdout.write('no line end'); sys.__stdout__.flush()");
    harmless("os.write(1, b'\\x04\\x00\\x00\\x00' * 100_000)");
    harmless("os.system('echo from a child; cat')");
    harmless("os.write(2, b'\\xff\\xfe\\n')");
    harmless("sys.stdin.read()");
    harmless("[print(i) for i in range(100_000)]");
  }

  @Test
  void standardStreamsThatAreClosedDoNotMatter() {
    harmless("sys.stdout.close(); sys.stderr.close(); os.close(0); os.close(1); os.close(2)");
  }

  @Test
  void aForkThatComesBackTakesNoPart() {
    harmless("os.fork()");
    harmless("os.fork() or os._exit(1)");
    harmless("if os.fork() == 0: raise ValueError('in the child')");
  }

  @Test
  void threadsThatGoOnDoNotMatter() {
    harmless("threading.Thread(target=time.sleep, args=(600,)).start()");
    harmless("threading.Thread(target=lambda: 1 / 0).start()");
  }

  @Test
  void otherSettingsOfTheProcessDoNotMatter() {
    harmless("os.chdir('/'); os.environ.clear(); sys.path.clear(); sys.modules.clear()");
    harmless("np.seterr(all='raise')");
    harmless("sys.setrecursionlimit(100)");
  }

  @Test
  void memoryBeyondTheLimitFailsTheObjectAndTheNextGetsAFreshProcess() {
    String source = ONCE.formatted("np.ones(1 << 30)");
    PythonSettings limited = new PythonSettings(TestPython.interpreter(), List.of(), "", 2L << 30);
    PythonTransform transform =
        PythonTransform.load(TestPython.function(folder, "f", source), limited);
    assertThatThrownBy(() -> TestObject.apply(transform))
        .isInstanceOf(PythonException.class)
        .hasMessageContaining("Unable to allocate 8.00 GiB")
        .hasMessageContaining("script.py\", line 8, in f")
        .hasMessageContaining("(a process may have 2147483648 bytes, --python-memory)");
    assertThatThrownBy(() -> TestObject.apply(transform))
        .as("a fresh process starts to count anew")
        .hasMessageContaining("Unable to allocate 8.00 GiB");
    assertThat(
            TestObject.apply(
                    PythonTransform.load(
                        TestPython.function(folder, "f", "def f(patch): return patch + 1"),
                        limited),
                    TestObject.row(DataType.UINT8, 2))
                .value(0))
        .isEqualTo(1);
  }

  /** The first object fails, the second is done by the same process. */
  private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> failsOnce(
      String statement) {
    PythonTransform transform = TestPython.transform(folder, ONCE.formatted(statement));
    var failure =
        assertThatThrownBy(() -> TestObject.apply(transform))
            .as(statement)
            .isInstanceOf(PythonException.class);
    assertThat(TestObject.apply(transform)).containsExactly(10, 20, 30, 40, 50, 60);
    return failure;
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> failsAlways(
      String statement) {
    PythonTransform transform = TestPython.transform(folder, ONCE.formatted(statement));
    return assertThatThrownBy(() -> TestObject.apply(transform))
        .as(statement)
        .isInstanceOf(PythonException.class);
  }

  private void harmless(String statement) {
    PythonTransform transform = TestPython.transform(folder, ONCE.formatted(statement));
    for (int i = 0; i < 3; i++) {
      assertThat(TestObject.apply(transform)).as(statement).containsExactly(10, 20, 30, 40, 50, 60);
    }
  }
}
