// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

/** The task was told to stop. */
final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoppedException(InterruptedException cause) {
    super("stopped", cause);
  }
}
