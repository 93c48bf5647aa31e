// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.plan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Which label ids a run takes: all, or ranges of ids with both ends included. Immutable. */
public final class LabelSelection implements Serializable {
  private static final long serialVersionUID = 1L;

  // Pairs of first and last id, ascending and apart; empty stands for all ids.
  private final long[] ranges;

  private LabelSelection(long[] ranges) {
    this.ranges = ranges;
  }

  /** Every id. */
  public static LabelSelection all() {
    return new LabelSelection(new long[0]);
  }

  /**
   * Ids and ranges, separated by commas or white space: {@code 5,9,100-200}.
   *
   * @throws IllegalArgumentException if a part is not a positive integer or a range of such, or
   *     there is none
   */
  public static LabelSelection parse(String text) {
    List<long[]> found = new ArrayList<>();
    for (String part : text.strip().split("[,\\s]+")) {
      found.add(range(part, text));
    }
    found.sort(Comparator.comparingLong(range -> range[0]));
    List<long[]> apart = new ArrayList<>();
    for (long[] range : found) {
      long[] last = apart.isEmpty() ? new long[] {0, Long.MIN_VALUE} : apart.get(apart.size() - 1);
      if (range[0] - 1 <= last[1]) {
        last[1] = Math.max(last[1], range[1]);
      } else {
        apart.add(range);
      }
    }
    return new LabelSelection(apart.stream().flatMapToLong(Arrays::stream).toArray());
  }

  private static long[] range(String part, String text) {
    try {
      int dash = part.indexOf('-', 1);
      long first = Long.parseLong(dash < 0 ? part : part.substring(0, dash));
      long last = dash < 0 ? first : Long.parseLong(part.substring(dash + 1));
      if (first >= 1 && last >= first) {
        return new long[] {first, last};
      }
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(problem(part, text), notANumber);
    }
    throw new IllegalArgumentException(problem(part, text));
  }

  private static String problem(String part, String text) {
    return "Label ids must be positive integers or ranges like 5,9,100-200; got '"
        + part
        + "' in '"
        + (text.length() > 80 ? text.substring(0, 80) + "…" : text)
        + "'";
  }

  public boolean isAll() {
    return ranges.length == 0;
  }

  public boolean contains(long label) {
    if (isAll()) {
      return true;
    }
    int low = 0;
    int high = ranges.length / 2;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ranges[2 * middle + 1] < label) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < ranges.length / 2 && ranges[2 * low] <= label;
  }

  /** As {@link #parse} takes it; {@code all} for every id. */
  @Override
  public String toString() {
    if (isAll()) {
      return "all";
    }
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < ranges.length; i += 2) {
      parts.add(ranges[i] == ranges[i + 1] ? "" + ranges[i] : ranges[i] + "-" + ranges[i + 1]);
    }
    return parts.stream().collect(Collectors.joining(","));
  }
}
