// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

/**
 * How arrays and groups lie in a store: the two versions of the Zarr storage specification, and N5.
 */
public enum ZarrFormat {
  V2(2),
  V3(3),
  /** Blocks of N5, its axes from the last to the first, so that they are as those of Zarr. */
  N5(0);

  private final int number;

  ZarrFormat(int number) {
    this.number = number;
  }

  /** The value of {@code zarr_format} in metadata; 0 for N5, which has no such field. */
  public int number() {
    return number;
  }
}
