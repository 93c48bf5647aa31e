// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

/** A set of places 0 … n - 1, kept as bits, that finds its k-th member fast. */
final class OrderedPlaces {
  private static final int WORDS_PER_BLOCK = 64;
  private static final int PLACES_PER_BLOCK = WORDS_PER_BLOCK * Long.SIZE;

  private final long[] words;
  private final int[] blocks;
  private int size;

  OrderedPlaces(int places) {
    this.blocks = new int[places / PLACES_PER_BLOCK + 1];
    this.words = new long[places / Long.SIZE + 1];
  }

  int size() {
    return size;
  }

  /** Adds a place that is not there, or takes away one that is. */
  void toggle(int place) {
    long bit = 1L << place;
    int word = place / Long.SIZE;
    words[word] ^= bit;
    int change = (words[word] & bit) == 0 ? -1 : 1;
    blocks[place / PLACES_PER_BLOCK] += change;
    size += change;
  }

  /**
   * The member that {@code smaller} members precede.
   *
   * @param smaller from 0 to {@code size() - 1}
   */
  int member(int smaller) {
    int rest = smaller;
    int block = 0;
    while (blocks[block] <= rest) {
      rest -= blocks[block++];
    }
    int word = block * WORDS_PER_BLOCK;
    int bits = Long.bitCount(words[word]);
    while (bits <= rest) {
      rest -= bits;
      bits = Long.bitCount(words[++word]);
    }
    long left = words[word];
    for (; rest > 0; rest--) {
      left &= left - 1;
    }
    return word * Long.SIZE + Long.numberOfTrailingZeros(left);
  }
}
