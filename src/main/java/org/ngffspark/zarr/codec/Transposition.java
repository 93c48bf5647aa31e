// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.util.stream.IntStream;
import org.ngffspark.zarr.nd.Shape;

/**
 * A permutation of the axes of a chunk: stored axis {@code i} is axis {@code order[i]} of the chunk
 * (Zarr v3 {@code transpose}). Elements are in C order on both sides.
 */
final class Transposition {
  private final int[] order;

  private Transposition(int[] order) {
    this.order = order;
  }

  static Transposition identity(int rank) {
    return new Transposition(IntStream.range(0, rank).toArray());
  }

  /** Fortran order: all axes reversed. */
  static Transposition reversed(int rank) {
    return new Transposition(IntStream.range(0, rank).map(i -> rank - 1 - i).toArray());
  }

  /**
   * This one, then {@code next} on its result.
   *
   * @param next a permutation of 0 to rank - 1
   */
  Transposition then(int[] next) {
    return new Transposition(IntStream.of(next).map(i -> order[i]).toArray());
  }

  /** True if no element of a chunk of that shape moves. */
  boolean keeps(Shape chunk) {
    int last = -1;
    for (int axis : order) {
      if (chunk.get(axis) != 1) {
        if (axis < last) {
          return false;
        }
        last = axis;
      }
    }
    return true;
  }

  /** Stored elements to the order of the chunk. */
  void decode(byte[] stored, int from, byte[] target, Shape chunk, int width) {
    long[] storedLengths = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      storedLengths[i] = chunk.get(order[i]);
    }
    long[] storedStrides = Shape.of(storedLengths).strides();
    long[] strides = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      strides[order[i]] = storedStrides[i] * width;
    }
    new StridedGather(stored, strides, target, chunk.toArray(), width).run(from);
  }

  /** Elements of the chunk to the stored order. */
  void encode(byte[] source, byte[] stored, Shape chunk, int width) {
    long[] chunkStrides = chunk.strides();
    long[] lengths = new long[order.length];
    long[] strides = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      lengths[i] = chunk.get(order[i]);
      strides[i] = chunkStrides[order[i]] * width;
    }
    new StridedGather(source, strides, stored, lengths, width).run(0);
  }
}
