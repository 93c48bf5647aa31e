// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

/** What the process tells its caller. */
enum ExitCode {
  /** Everything was done. */
  DONE(0),
  /** Some image failed; the others are done, and the manifest lists which and why. */
  SOME_FAILED(1),
  /** The command or its input is wrong; nothing was touched. */
  USAGE(2);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
