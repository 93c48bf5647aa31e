// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import java.util.Locale;

/** Numbers of things for people. */
public final class Counted {
  private Counted() {}

  /** As {@code 1 image} or {@code 1,200 images}. */
  public static String of(long count, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
  }
}
