// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Arrays;

/** A growing list of runs, start and length in turn, in ascending order. */
final class RunList {
  private int[] runs = new int[128];
  private int size;

  void add(int start, int length) {
    reserve(2);
    runs[size++] = start;
    runs[size++] = length;
  }

  /** Number of ints in use, two per run. */
  int size() {
    return size;
  }

  /** Adds the runs from {@code first} to {@code last} (ints) once more, moved by {@code shift}. */
  void repeat(int first, int last, int shift) {
    reserve(last - first);
    for (int i = first; i < last; i += 2) {
      runs[size++] = runs[i] + shift;
      runs[size++] = runs[i + 1];
    }
  }

  private void reserve(int more) {
    if (size + more > runs.length) {
      runs = Arrays.copyOf(runs, Math.max(2 * runs.length, size + more));
    }
  }

  /** The runs, those that touch joined. */
  int[] toArray() {
    int end = 0;
    for (int i = 0; i < size; i += 2) {
      if (end > 0 && runs[end - 2] + runs[end - 1] == runs[i]) {
        runs[end - 1] += runs[i + 1];
      } else {
        runs[end++] = runs[i];
        runs[end++] = runs[i + 1];
      }
    }
    size = end;
    return Arrays.copyOf(runs, end);
  }
}
