// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import java.util.List;
import java.util.Locale;

/** Numbers of bytes for people. */
public final class ByteCount {
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB");
  private static final double STEP = 1024;

  private ByteCount() {}

  /** With the unit that leaves one to four digits, as {@code 10.5 MiB}. */
  public static String text(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= STEP && unit < UNITS.size() - 1) {
      value /= STEP;
      unit++;
    }
    String number =
        value == Math.rint(value)
            ? Long.toString((long) value)
            : String.format(Locale.ROOT, "%.1f", value);
    return number + " " + UNITS.get(unit);
  }
}
