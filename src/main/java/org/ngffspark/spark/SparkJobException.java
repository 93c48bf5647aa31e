// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

/** Spark gave a job up: executors were lost too often, or the run was stopped. */
final class SparkJobException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SparkJobException(String message, Throwable cause) {
    super(message, cause);
  }
}
