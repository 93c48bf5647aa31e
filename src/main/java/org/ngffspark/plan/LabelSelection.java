// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.plan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Which label ids a run takes: all, or named ids and ranges of ids with both ends included. A named
 * id is wanted in every image; a range takes those that are there. Immutable.
 */
public final class LabelSelection implements Serializable {
  private static final long serialVersionUID = 1L;

  // Ascending, each once.
  private final long[] named;
  // Pairs of first and last id, ascending and apart.
  private final long[] ranges;

  private LabelSelection(long[] named, long[] ranges) {
    this.named = named;
    this.ranges = ranges;
  }

  /** Every id. */
  public static LabelSelection all() {
    return new LabelSelection(new long[0], new long[0]);
  }

  /**
   * Ids and ranges, separated by commas or white space: {@code 5,9,100-200}.
   *
   * @throws IllegalArgumentException if a part is not a positive integer or a range of such, or
   *     there is none
   */
  public static LabelSelection parse(String text) {
    LongStream.Builder named = LongStream.builder();
    List<long[]> ranges = new ArrayList<>();
    for (String part : text.strip().split("[,\\s]+")) {
      long[] range = range(part, text);
      if (part.indexOf('-') < 0) {
        named.add(range[0]);
      } else {
        ranges.add(range);
      }
    }
    return new LabelSelection(named.build().sorted().distinct().toArray(), merged(ranges));
  }

  private static long[] merged(List<long[]> ranges) {
    List<long[]> apart = new ArrayList<>();
    for (long[] range :
        ranges.stream().sorted(Comparator.comparingLong(range -> range[0])).toList()) {
      long[] last = apart.isEmpty() ? new long[] {0, Long.MIN_VALUE} : apart.get(apart.size() - 1);
      if (range[0] - 1 <= last[1]) {
        last[1] = Math.max(last[1], range[1]);
      } else {
        apart.add(range);
      }
    }
    return apart.stream().flatMapToLong(Arrays::stream).toArray();
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
    return named.length == 0 && ranges.length == 0;
  }

  /** The ids that were named one by one, ascending. */
  public LongStream named() {
    return Arrays.stream(named);
  }

  public boolean contains(long label) {
    return isAll() || Arrays.binarySearch(named, label) >= 0 || isInRange(label);
  }

  private boolean isInRange(long label) {
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

  /** As {@link #parse} takes it, named ids first; {@code all} for every id. */
  @Override
  public String toString() {
    if (isAll()) {
      return "all";
    }
    Stream<String> pairs =
        IntStream.range(0, ranges.length / 2)
            .mapToObj(i -> ranges[2 * i] + "-" + ranges[2 * i + 1]);
    return Stream.concat(named().mapToObj(Long::toString), pairs).collect(Collectors.joining(","));
  }
}
