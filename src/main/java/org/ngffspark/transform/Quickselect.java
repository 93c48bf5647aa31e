// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.Arrays;

/** Finds the k-th smallest of many numbers without sorting them all (Hoare's selection). */
public final class Quickselect {
  private static final int SMALL = 16;

  private Quickselect() {}

  /**
   * Moves the value of that rank to index {@code rank}, no larger ones before it and no smaller
   * ones after it.
   *
   * @param values without NaN; the first {@code count} are used
   * @return {@code values[rank]}
   */
  public static double select(double[] values, int count, int rank) {
    int low = 0;
    int high = count - 1;
    // Each round halves the range as a rule; where it does not, sorting bounds the time.
    int rounds = 2 * (Integer.SIZE - Integer.numberOfLeadingZeros(count));
    while (high - low > SMALL && rounds-- > 0) {
      double pivot = median(values[low], values[(low + high) >>> 1], values[high]);
      int left = low;
      int right = high;
      while (left <= right) {
        while (values[left] < pivot) {
          left++;
        }
        while (values[right] > pivot) {
          right--;
        }
        if (left <= right) {
          double swapped = values[left];
          values[left++] = values[right];
          values[right--] = swapped;
        }
      }
      if (rank <= right) {
        high = right;
      } else if (rank >= left) {
        low = left;
      } else {
        return values[rank];
      }
    }
    Arrays.sort(values, low, high + 1);
    return values[rank];
  }

  private static double median(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
