// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.List;

/** What lies in a file, cut to a length that fits an error message. */
final class Quote {
  private static final int LONGEST = 60;
  private static final int MOST = 20;

  private Quote() {}

  static String shorten(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  static String some(List<?> items) {
    return items.size() <= MOST
        ? items.toString()
        : items.subList(0, MOST) + " and " + (items.size() - MOST) + " more";
  }
}
