// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * How processes of Python are started.
 *
 * @param interpreter a command on the PATH, or a path; a relative one lies in {@code directory}
 * @param paths where modules are looked for before all else; relative ones lie in {@code directory}
 * @param directory where the files of the run lie on the machine, and where functions work; empty
 *     for the working directory of the program
 * @param memoryBytes address space that each process may take; 0 is without limit
 */
public record PythonSettings(
    String interpreter, List<String> paths, String directory, long memoryBytes)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if the interpreter has no name or the limit is negative
   */
  public PythonSettings {
    paths = List.copyOf(paths);
    if (interpreter.isBlank()) {
      throw new IllegalArgumentException("The Python interpreter has no name");
    }
    if (memoryBytes < 0) {
      throw new IllegalArgumentException(
          "The memory of a Python process must not be negative, got " + memoryBytes + " bytes");
    }
  }

  /** That interpreter, with its own modules and all memory. */
  public static PythonSettings of(String interpreter) {
    return new PythonSettings(interpreter, List.of(), "", 0);
  }

  /** The command to start; names without a slash are left to the PATH. */
  String command() {
    return interpreter.contains("/") ? inDirectory(interpreter) : interpreter;
  }

  /** Where modules are looked for, on this machine. */
  List<String> searchPath() {
    return paths.stream().map(this::inDirectory).toList();
  }

  private String inDirectory(String path) {
    return Path.of(directory).resolve(path).toAbsolutePath().normalize().toString();
  }
}
