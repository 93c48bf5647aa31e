// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

/** Encoded bytes that decode to more than there can be. */
final class TooLongException extends DamagedDataException {
  private static final long serialVersionUID = 1L;

  TooLongException(String codec, long capacity) {
    super(codec + ": decodes to more than the " + capacity + " bytes that can be");
  }
}
