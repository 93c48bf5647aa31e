// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

/**
 * What runs the tasks did not take them, or gave them up: no master answers, executors were lost
 * too often, or the run was stopped.
 */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EngineException(String message) {
    super(message);
  }

  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
