// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.imagej;

/**
 * A command lacks an option, or cannot read one. An error, because ImageJ goes on with values of
 * its own after exceptions of dialogs. It is the same class in and out of ImageJ's loader.
 */
public final class MacroOptionError extends Error {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which option of which command
   */
  public MacroOptionError(String message) {
    super(message);
  }
}
