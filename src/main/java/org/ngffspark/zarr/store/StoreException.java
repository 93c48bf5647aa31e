// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

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

  /**
   * @param operation what was tried, as in "Cannot {operation} …"
   * @param location store and key
   * @param problem what is wrong, and what to do about it
   */
  public StoreException(String operation, String location, String problem) {
    super("Cannot " + operation + " " + location + ": " + problem);
  }

  /** A range that does not lie in a value of {@code length} bytes. */
  public static StoreException outside(String location, ByteRange range, long length) {
    return new StoreException(
        "read", location, "it has " + length + " bytes, " + range + " does not lie in them");
  }

  /** What went wrong with a file, in words, and which file it was where the cause tells. */
  public static String reason(Throwable cause) {
    if (cause instanceof AccessDeniedException denied) {
      return "permission denied (" + denied.getFile() + ")";
    }
    if (cause instanceof NoSuchFileException missing) {
      return "no such file (" + missing.getFile() + ")";
    }
    if (cause instanceof FileAlreadyExistsException obstacle) {
      return "a file is in the way (" + obstacle.getFile() + ")";
    }
    if (cause instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason() + " (" + failure.getFile() + ")";
    }
    String name = cause.getClass().getSimpleName();
    if (cause.getMessage() == null) {
      return name;
    }
    return cause.getClass() == IOException.class
        ? cause.getMessage()
        : name + ": " + cause.getMessage();
  }
}
