// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

/** The two versions of the Zarr storage specification. */
public enum ZarrFormat {
  V2(2),
  V3(3);

  private final int number;

  ZarrFormat(int number) {
    this.number = number;
  }

  /** The value of {@code zarr_format} in metadata. */
  public int number() {
    return number;
  }
}
