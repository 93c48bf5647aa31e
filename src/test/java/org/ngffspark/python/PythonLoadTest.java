// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be a transform is refused before there is an object, with Python's own words. */
@NeedsPython
class PythonLoadTest {
  @TempDir private Path folder;

  @Test
  void namesTheLineOfASyntaxError() {
    refused("x = 1\ndef f(patch)\n  return 1\n")
        .hasMessageContaining("Transform 'script.py:f' cannot be loaded: SyntaxError: expected ':'")
        .hasMessageContaining("script.py\", line 2")
        .hasMessageContaining("    def f(patch)\n");
  }

  @Test
  void showsTheTracebackOfTheUsersOwnLines() {
    refused("def g():\n    raise ValueError('bad model')\n\ng()\ndef f(patch): pass")
        .hasMessageContaining("cannot be loaded: ValueError: bad model\nTraceback")
        .hasMessageContaining("script.py\", line 4, in <module>\n    g()")
        .hasMessageContaining("script.py\", line 2, in g\n    raise ValueError('bad model')")
        .message()
        .doesNotContain("ngff-spark>");
  }

  @Test
  void advisesHowToBringAModuleThatIsMissing() {
    refused("import no_such_module\ndef f(patch): pass")
        .hasMessageContaining("ModuleNotFoundError: No module named 'no_such_module'")
        .hasMessageContaining("--py-files");
    assertThatThrownBy(
            () -> PythonTransform.load(PythonFunction.of("no.such:f"), TestPython.settings()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Transform 'no.such:f' cannot be loaded")
        .hasMessageContaining("No module named 'no'");
  }

  @Test
  void namesTheFunctionsThereAre() {
    refused("import os\ndef halve(patch): pass\ndef _own(patch): pass\nclass Model: pass")
        .hasMessageContaining("script.py has no function 'f'; it has halve, Model");
    refused("x = 1").hasMessageContaining("has no function 'f'; it has none");
  }

  @Test
  void saysWhatAFunctionMayAskFor() {
    refused("def f(patch, sigma): pass")
        .hasMessage(
            "Transform 'script.py:f' cannot be used: it asks for 'sigma'; there are patch, mask,"
                + " labels, label, origin, notes, new_label, axes, channel_names, pixel_size, image. A"
                + " parameter that users give comes after a star: def f(patch, mask, *, sigma: float = 1)");
  }

  @Test
  void saysWhichAnnotationsThereAre() {
    refused("def f(patch, *, size): pass")
        .hasMessageContaining(
            "cannot be used: parameter 'size' needs an annotation: there are int");
    refused("def f(patch, *, size: dict): pass")
        .hasMessageContaining("parameter 'size' is annotated as <class 'dict'>; there are int");
    refused("def f(patch, *, size: 'Nowhere' = 1): pass")
        .hasMessageContaining("it has annotations that cannot be read: name 'Nowhere'");
    refused("from typing import Literal\ndef f(patch, *, size: Literal[1, 'a'] = 1): pass")
        .hasMessageContaining("parameter 'size' is annotated as typing.Literal[1, 'a']");
  }

  @Test
  void refusesWhatIsNoPlainFunction() {
    refused("f = 3").hasMessageContaining("cannot be used: it is no function but 3 (int)");
    refused("async def f(patch): pass").hasMessageContaining("it is a coroutine or a generator");
    refused("def f(patch): yield 1").hasMessageContaining("it is a coroutine or a generator");
    refused("def f(patch): pass\nf.target = 'pixels'")
        .hasMessageContaining("it has target 'pixels'; there are 'images', 'labels', 'both'");
    refused("def f(patch): pass\nf.channelwise = 'yes'")
        .hasMessageContaining("it has channelwise = 'yes'; it must be a bool");
    refused(
            "from ngff_spark import masked_transform\n@masked_transform(chanelwise=True)\ndef f(p): 1")
        .hasMessageContaining("unexpected keyword argument 'chanelwise'");
  }

  @Test
  void saysHowAProcessEndedThatDidNotSurviveTheImport() {
    refused("import os, sys\nprint('loading', file=sys.stderr)\nos._exit(9)")
        .hasMessageContaining("cannot be loaded: it ended with code 9")
        .hasMessageContaining("loading");
    refused("import sys\nsys.exit('no licence')").hasMessageContaining("SystemExit: no licence");
  }

  @Test
  void takesFunctionsOfNotebooksAndRefusesThoseOfOtherVersions() throws IOException {
    int minor =
        TestObject.apply(
                TestPython.transform(
                    folder, "import sys\ndef f(patch): return patch * 0 + sys.version_info[1]"))
            .get(0);
    PythonTransform negative = PythonTransform.load(pickled("3." + minor), TestPython.settings());
    assertThat(negative.name()).isEqualTo("negative");
    assertThat(TestObject.apply(negative)).startsWith(65536 - 10, 65536 - 20);
    PythonFunction other = pickled("3.2");
    assertThatThrownBy(() -> PythonTransform.load(other, TestPython.settings()))
        .hasMessageContaining(
            "the function 'negative' comes from Python 3.2, and this is Python 3." + minor);
  }

  /** The file that the package for Python makes of {@code numpy.negative}. */
  private PythonFunction pickled(String python) throws IOException {
    Path file = folder.resolve("negative.pyfunction");
    Files.writeString(
        file,
        """
        {"kind": "pickle", "name": "negative", "python": "%s", "modules": {}, "lines": {},
         "data": "gAJjbnVtcHkKbmVnYXRpdmUKcQAu"}
        """
            .formatted(python));
    return PythonFunction.of(file + ":negative");
  }

  @Test
  void refusesNamesThatAreNone() {
    for (String name : List.of("x-y:f", "x.py:", ":f", "a b:f", "x.py:f()", "a.b:f:g h")) {
      assertThatThrownBy(() -> PythonFunction.of(name))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("named FILE.py:FUNCTION or package.module:FUNCTION, got '" + name);
    }
    assertThatThrownBy(() -> PythonFunction.of("/no/such/file.py:f"))
        .hasMessage("Cannot read the transform in '/no/such/file.py': there is no such file");
    assertThat(PythonFunction.isNamedBy("gamma")).isFalse();
    assertThat(PythonFunction.isNamedBy("com.example.Standardize")).isFalse();
    assertThat(PythonFunction.isNamedBy("x.py:f")).isTrue();
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(
      String source) {
    return assertThatThrownBy(() -> TestPython.transform(folder, source))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
