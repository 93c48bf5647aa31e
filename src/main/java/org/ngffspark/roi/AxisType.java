// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

/** What an axis counts, as OME-NGFF names it. */
public enum AxisType {
  CHANNEL("channel"),
  TIME("time"),
  SPACE("space");

  private final String ngffName;

  AxisType(String ngffName) {
    this.ngffName = ngffName;
  }

  /** The name in metadata, for example {@code space}. */
  public String ngffName() {
    return ngffName;
  }

  @Override
  public String toString() {
    return ngffName;
  }
}
