// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

/** The versions of OME-NGFF that are read and written. */
public enum NgffVersion {
  /** On Zarr v2; metadata are the attributes of the group. */
  V0_4("0.4"),
  /** On Zarr v3; metadata lie under the attribute {@code ome}. */
  V0_5("0.5");

  private final String text;

  NgffVersion(String text) {
    this.text = text;
  }

  /** As in metadata, {@code 0.4} or {@code 0.5}. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
