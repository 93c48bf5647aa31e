// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.Arrays;

/**
 * Brings runs of one object, {@link ObjectMask#WIDTH} numbers each, into C order: by merging the
 * ascending sequences that they are made of, for runs come chunk by chunk and those of a chunk
 * ascend.
 */
final class RunOrder {
  private static final int WIDTH = ObjectMask.WIDTH;

  private RunOrder() {}

  /** Whether a run begins before another one. */
  static boolean isBefore(int[] runs, int at, int[] others, int other) {
    for (int axis = 0; axis < ObjectMask.AXES; axis++) {
      if (runs[at + axis] != others[other + axis]) {
        return runs[at + axis] < others[other + axis];
      }
    }
    return false;
  }

  /** Sorts the runs from index {@code from} to {@code to} (excluded). */
  static void sort(int[] runs, int from, int to) {
    int middle = endOfSequence(runs, from, to);
    if (middle == to) {
      return;
    }
    // Halves at the end of a sequence, so that sequences are merged in pairs.
    int half = from + (to - from) / WIDTH / 2 * WIDTH;
    while (middle < half) {
      middle = endOfSequence(runs, middle, to);
    }
    if (middle == to) {
      middle = half;
    }
    sort(runs, from, middle);
    sort(runs, middle, to);
    merge(runs, from, middle, to);
  }

  private static int endOfSequence(int[] runs, int from, int to) {
    int at = from + WIDTH;
    while (at < to && isBefore(runs, at - WIDTH, runs, at)) {
      at += WIDTH;
    }
    return Math.min(at, to);
  }

  private static void merge(int[] runs, int from, int middle, int to) {
    int[] left = Arrays.copyOfRange(runs, from, middle);
    int first = 0;
    int second = middle;
    for (int at = from; first < left.length; at += WIDTH) {
      boolean takeSecond = second < to && isBefore(runs, second, left, first);
      System.arraycopy(takeSecond ? runs : left, takeSecond ? second : first, runs, at, WIDTH);
      if (takeSecond) {
        second += WIDTH;
      } else {
        first += WIDTH;
      }
    }
  }

  /**
   * Joins runs that touch.
   *
   * @param runs in order; changed
   * @return the index after the last number in use
   */
  static int join(int[] runs, int from, int to) {
    int end = from;
    for (int at = from; at < to; at += WIDTH) {
      if (end > from && follows(runs, end - WIDTH, at)) {
        runs[end - WIDTH + ObjectMask.AXES] += runs[at + ObjectMask.AXES];
      } else {
        if (at > end) {
          System.arraycopy(runs, at, runs, end, WIDTH);
        }
        end += WIDTH;
      }
    }
    return end;
  }

  private static boolean follows(int[] runs, int before, int at) {
    return runs[before + ObjectMask.Z] == runs[at + ObjectMask.Z]
        && runs[before + ObjectMask.Y] == runs[at + ObjectMask.Y]
        && runs[before + ObjectMask.X] + runs[before + ObjectMask.AXES] == runs[at + ObjectMask.X];
  }
}
