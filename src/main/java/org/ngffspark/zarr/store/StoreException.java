// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

/**
 * An operation of a {@link Store} failed: permission, space, network. What was asked is in the
 * message.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param operation what was tried, as in "Cannot {operation} …"
   * @param location store and key
   */
  public StoreException(String operation, String location, Throwable cause) {
    super("Cannot " + operation + " " + location + ": " + reason(cause), cause);
  }

  private static String reason(Throwable cause) {
    String name = cause.getClass().getSimpleName();
    return cause.getMessage() == null ? name : name + ": " + cause.getMessage();
  }
}
