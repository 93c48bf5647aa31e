// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.Arrays;

/**
 * Floods pixels from markers, lowest levels first and of equal ones those reached first, as {@code
 * skimage.segmentation.watershed(connectivity=1)} of version 0.26 does it, down to the order of
 * equal markers. The level at which a pixel is flooded is its value, or that of the pixel it is
 * reached from, if that is higher.
 */
final class Watershed {
  private final double[] values;
  private final boolean[] mask;
  private final Volume volume;
  private final int[] labels;
  // A binary heap of pixels; the age is when a pixel was reached.
  private int[] heap = new int[256];
  private double[] levels = new double[256];
  private int[] ages = new int[256];
  private int size;

  private Watershed(double[] values, int[] markers, boolean[] mask, Volume volume) {
    this.values = values;
    this.mask = mask;
    this.volume = volume;
    this.labels = markers.clone();
  }

  /**
   * @param markers number of the basin where it begins, 0 elsewhere
   * @param mask the pixels that are flooded
   * @return number of the basin of each pixel; 0 outside the mask and where no basin gets to
   */
  static int[] of(double[] values, int[] markers, boolean[] mask, Volume volume) {
    Watershed watershed = new Watershed(values, markers, mask, volume);
    watershed.flood();
    return watershed.labels;
  }

  private void flood() {
    for (int pixel = 0; pixel < labels.length; pixel++) {
      labels[pixel] = mask[pixel] ? labels[pixel] : 0;
      if (labels[pixel] != 0) {
        push(pixel, values[pixel], 0);
      }
    }
    int[] steps = {-volume.step(0), -volume.step(1), -1, 1, volume.step(1), volume.step(0)};
    int age = 0;
    while (size > 0) {
      int pixel = heap[0];
      double level = levels[0];
      removeFirst();
      for (int i = 0; i < steps.length; i++) {
        if (isInside(pixel, i)) {
          int next = pixel + steps[i];
          if (mask[next] && labels[next] == 0) {
            labels[next] = labels[pixel];
            push(next, Math.max(level, values[next]), ++age);
          }
        }
      }
    }
  }

  /** Whether there is a neighbour in a direction: back, up, left, right, down, forth. */
  private boolean isInside(int pixel, int direction) {
    int axis = direction < 3 ? direction : 5 - direction;
    int place = pixel / volume.step(axis) % volume.length(axis);
    return direction < 3 ? place > 0 : place < volume.length(axis) - 1;
  }

  private void push(int pixel, double level, int age) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
      levels = Arrays.copyOf(levels, 2 * size);
      ages = Arrays.copyOf(ages, 2 * size);
    }
    int child = size++;
    heap[child] = pixel;
    levels[child] = level;
    ages[child] = age;
    while (child > 0) {
      int parent = (child + 1) / 2 - 1;
      if (!isBefore(child, parent)) {
        return;
      }
      swap(child, parent);
      child = parent;
    }
  }

  private void removeFirst() {
    swap(0, --size);
    int parent = 0;
    while (2 * parent + 1 < size) {
      int smallest = parent;
      int left = 2 * parent + 1;
      if (isBefore(left, parent)) {
        smallest = left;
      }
      if (left + 1 < size && isBefore(left + 1, smallest)) {
        smallest = left + 1;
      }
      if (smallest == parent) {
        break;
      }
      swap(parent, smallest);
      parent = smallest;
    }
  }

  private boolean isBefore(int one, int other) {
    return levels[one] != levels[other] ? levels[one] < levels[other] : ages[one] < ages[other];
  }

  private void swap(int one, int other) {
    int pixel = heap[one];
    heap[one] = heap[other];
    heap[other] = pixel;
    double level = levels[one];
    levels[one] = levels[other];
    levels[other] = level;
    int age = ages[one];
    ages[one] = ages[other];
    ages[other] = age;
  }
}
