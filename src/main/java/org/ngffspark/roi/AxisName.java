// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The axes an image may have, in the order OME-NGFF asks for on disk. */
public enum AxisName {
  T(AxisType.TIME),
  C(AxisType.CHANNEL),
  Z(AxisType.SPACE),
  Y(AxisType.SPACE),
  X(AxisType.SPACE);

  private final AxisType type;
  private final String ngffName;

  AxisName(AxisType type) {
    this.type = type;
    this.ngffName = name().toLowerCase(Locale.ROOT);
  }

  public AxisType type() {
    return type;
  }

  /** The name in metadata: one lower case letter. */
  public String ngffName() {
    return ngffName;
  }

  @Override
  public String toString() {
    return ngffName;
  }

  public static Optional<AxisName> ofNgffName(String name) {
    return Arrays.stream(values()).filter(axis -> axis.ngffName().equals(name)).findFirst();
  }
}
