// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

/**
 * What lies on disk is not what the formats say, or uses a part of them that is not supported. The
 * message names the file, what is wrong with the value and what would be right. The caller's own
 * mistakes are {@link IllegalArgumentException}s instead.
 */
public final class FormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String location;
  private final String problem;

  public FormatException(String location, String problem) {
    super(message(location, problem));
    this.location = location;
    this.problem = problem;
  }

  public FormatException(String location, String problem, Throwable cause) {
    super(message(location, problem), cause);
    this.location = location;
    this.problem = problem;
  }

  private static String message(String location, String problem) {
    return "Cannot read " + location + ": " + problem;
  }

  /** The file or group that is wrong. */
  public String location() {
    return location;
  }

  /** What is wrong, without the file. */
  public String problem() {
    return problem;
  }
}
