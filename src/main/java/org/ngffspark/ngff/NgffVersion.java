// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import org.ngffspark.zarr.ZarrFormat;

/** The versions of OME-NGFF that are read and written. */
public enum NgffVersion {
  /** On Zarr v2; metadata are the attributes of the group. */
  V0_4("0.4", ZarrFormat.V2),
  /** On Zarr v3; metadata lie under the attribute {@code ome}. */
  V0_5("0.5", ZarrFormat.V3),
  /** As 0.5, but axes belong to coordinate systems, to which the transformations of levels lead. */
  V0_6("0.6", ZarrFormat.V3);

  private final String text;
  private final ZarrFormat format;

  NgffVersion(String text, ZarrFormat format) {
    this.text = text;
    this.format = format;
  }

  /** As in metadata, for example {@code 0.4}. */
  public String text() {
    return text;
  }

  /** The format of Zarr that the version stands on, which what is new is written in. */
  public ZarrFormat format() {
    return format;
  }

  @Override
  public String toString() {
    return text;
  }
}
