// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

/** No image of a run could be begun. Nothing was touched. */
public final class NothingBegunException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient RunResult result;

  NothingBegunException(String message, RunResult result) {
    super(message);
    this.result = result;
  }

  /** How each image failed. */
  public RunResult result() {
    return result;
  }
}
