// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.util.List;
import java.util.Locale;
import org.ngffspark.zarr.nd.Shape;

/**
 * Chunks of about 1 MiB and shards of about 256 MiB of pixels: small enough to read a part of an
 * image, large enough for few files. Never more than these, never more than the array needs.
 */
final class GoodLengths {
  static final long CHUNK_BYTES = 1L << 20;
  static final long SHARD_BYTES = 256L << 20;

  private GoodLengths() {}

  /** Lengths of a chunk: powers of two, or that of the array. */
  static Shape chunk(Shape array, int width, List<String> axes) {
    Shape one = array;
    for (int axis = 0; axis < array.rank(); axis++) {
      one = one.with(axis, 1);
    }
    return doubled(one, array, CHUNK_BYTES / width, axes);
  }

  /** Lengths of a shard: whole chunks. */
  static Shape shard(Shape array, Shape chunk, int width, List<String> axes) {
    Shape whole = array;
    for (int axis = 0; axis < array.rank(); axis++) {
      long length = chunk.get(axis);
      whole = whole.with(axis, Math.max(1, (array.get(axis) + length - 1) / length) * length);
    }
    return doubled(chunk, whole, SHARD_BYTES / width, axes);
  }

  /** Doubles x and y by turns while there is room, then z. */
  private static Shape doubled(Shape from, Shape limit, long elements, List<String> axes) {
    int last = from.rank() - 1;
    Shape lengths = from;
    for (Shape before = from.with(last, 0); !before.equals(lengths); ) {
      before = lengths;
      for (int axis = last; axis > Math.max(-1, last - 2); axis--) {
        lengths = doubled(lengths, limit, elements, axis);
      }
    }
    boolean hasDepth = last >= 2 && axes.get(last - 2).toLowerCase(Locale.ROOT).equals("z");
    for (Shape before = from.with(last, 0); hasDepth && !before.equals(lengths); ) {
      before = lengths;
      lengths = doubled(lengths, limit, elements, last - 2);
    }
    return lengths;
  }

  private static Shape doubled(Shape lengths, Shape limit, long elements, int axis) {
    long length = lengths.get(axis);
    Shape longer = lengths.with(axis, Math.max(length, Math.min(2 * length, limit.get(axis))));
    return longer.elements() <= elements ? longer : lengths;
  }
}
