// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

/** A function of Python failed on an object. The message holds Python's traceback. */
public final class PythonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean leavesProcess;

  private PythonException(String message, boolean leavesProcess) {
    super(message);
    this.leavesProcess = leavesProcess;
  }

  PythonException(String message, Throwable cause) {
    super(message, cause);
    this.leavesProcess = false;
  }

  /** The process can take the next object. */
  static PythonException passing(String message) {
    return new PythonException(message, true);
  }

  /** The process ends. */
  static PythonException last(String message) {
    return new PythonException(message, false);
  }

  boolean leavesProcess() {
    return leavesProcess;
  }
}
