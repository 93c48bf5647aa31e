// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Arrays;

/** Numbers distinct longs in the order they first come. Zero is no key. */
public final class LongIndex {
  private long[] keys = new long[16];
  private int[] slots = new int[64];
  private int size;

  public LongIndex() {
    Arrays.fill(slots, -1);
  }

  public int size() {
    return size;
  }

  /** The number of a key; the next one if it is new. */
  public int indexOf(long key) {
    int slot = slot(key);
    if (slots[slot] >= 0) {
      return slots[slot];
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
    }
    keys[size] = key;
    slots[slot] = size++;
    if (4 * size > slots.length) {
      grow();
    }
    return size - 1;
  }

  private int slot(long key) {
    int mask = slots.length - 1;
    long mixed = key * 0x9e3779b97f4a7c15L;
    int slot = (int) (mixed >>> 32) & mask;
    while (slots[slot] >= 0 && keys[slots[slot]] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    Arrays.fill(slots, -1);
    for (int i = 0; i < size; i++) {
      slots[slot(keys[i])] = i;
    }
  }

  /** The keys by their numbers. */
  public long[] keys() {
    return Arrays.copyOf(keys, size);
  }
}
