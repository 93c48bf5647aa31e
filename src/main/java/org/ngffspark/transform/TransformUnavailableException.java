// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

/**
 * A transform cannot work on this machine, whatever the object: what it stands on is missing here.
 * Another machine may do.
 */
public final class TransformUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is missing, where, and what to do about it
   */
  public TransformUnavailableException(String message) {
    super(message);
  }

  /**
   * @param message what is missing, where, and what to do about it
   */
  public TransformUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
