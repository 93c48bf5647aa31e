// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs of pixels in the order in which they were found, each with the number of its object. They
 * lie in blocks, so that none is copied when more come. Not safe for several threads.
 */
final class FoundRuns {
  private static final int FIRST = 256;
  private static final int FURTHER = 1 << 14;
  // The number of the object, and what a mask has of a run.
  private static final int WIDTH = 1 + ObjectMask.WIDTH;

  private final List<int[]> full = new ArrayList<>();
  private int[] block = new int[FIRST * WIDTH];
  private int used;

  void add(int object, int z, int y, int x, int length) {
    if (used == block.length) {
      full.add(block);
      block = new int[FURTHER * WIDTH];
      used = 0;
    }
    block[used] = object;
    int run = used + 1;
    block[run + ObjectMask.Z] = z;
    block[run + ObjectMask.Y] = y;
    block[run + ObjectMask.X] = x;
    block[run + ObjectMask.AXES] = length;
    used += WIDTH;
  }

  /**
   * Puts the runs of each object next to each other, in the order in which they were found.
   *
   * @param ranks of each object, its place among all
   * @param ends takes of each rank the index after the last number of its runs; all 0 before
   * @return {@link ObjectMask#WIDTH} numbers for each run
   */
  int[] grouped(int[] ranks, int[] ends) {
    forEachBlock((runs, size) -> count(runs, size, ranks, ends));
    int[] next = new int[ends.length];
    for (int rank = 1; rank < next.length; rank++) {
      next[rank] = ends[rank - 1];
      ends[rank] = Math.addExact(ends[rank], ends[rank - 1]);
    }
    int[] grouped = new int[ends.length == 0 ? 0 : ends[ends.length - 1]];
    forEachBlock((runs, size) -> group(runs, size, ranks, next, grouped));
    return grouped;
  }

  /** Takes a block and how many of its numbers are in use. */
  @FunctionalInterface
  private interface BlockConsumer {
    void block(int[] runs, int size);
  }

  private void forEachBlock(BlockConsumer consumer) {
    full.forEach(each -> consumer.block(each, each.length));
    consumer.block(block, used);
  }

  private static void count(int[] runs, int size, int[] ranks, int[] ends) {
    for (int run = 0; run < size; run += WIDTH) {
      ends[ranks[runs[run]]] += ObjectMask.WIDTH;
    }
  }

  private static void group(int[] runs, int size, int[] ranks, int[] next, int[] grouped) {
    for (int run = 0; run < size; run += WIDTH) {
      int rank = ranks[runs[run]];
      int to = next[rank];
      // A loop, for a call to copy four numbers costs more than they do.
      for (int i = 0; i < ObjectMask.WIDTH; i++) {
        grouped[to + i] = runs[run + 1 + i];
      }
      next[rank] = to + ObjectMask.WIDTH;
    }
  }
}
