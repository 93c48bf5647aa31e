// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

/** Encoded bytes that their codec could not have made; the message does not name the file. */
class DamagedDataException extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedDataException(String problem) {
    super(problem);
  }

  DamagedDataException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
