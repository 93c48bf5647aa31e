// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.ngffspark.transform.Parameters;

/** The interpreter that tests use, and transforms of source texts. */
public final class TestPython {
  private static final Optional<String> NAMED = Optional.ofNullable(System.getenv("PYTHON"));
  private static final boolean USABLE = NAMED.isPresent() || hasNumpy();

  private TestPython() {}

  /** Whether tests can use it: one that was named must be usable. */
  public static boolean isUsable() {
    return USABLE;
  }

  public static String interpreter() {
    return NAMED.orElse("python3");
  }

  public static PythonSettings settings() {
    return PythonSettings.of(interpreter());
  }

  private static boolean hasNumpy() {
    try {
      return new ProcessBuilder("python3", "-c", "import numpy").start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Writes a file of Python and returns the function of it. */
  static PythonFunction function(Path folder, String name, String source) {
    Path file = folder.resolve("script.py");
    try {
      Files.writeString(file, source);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return PythonFunction.of(file + ":" + name);
  }

  /** The transform {@code f} of a source text. */
  static PythonTransform transform(Path folder, String source) {
    return PythonTransform.load(function(folder, "f", source), settings());
  }

  static PythonTransform transform(Path folder, String source, Map<String, String> given) {
    PythonTransform transform = transform(folder, source);
    return transform.configure(Parameters.of(transform, given));
  }
}
