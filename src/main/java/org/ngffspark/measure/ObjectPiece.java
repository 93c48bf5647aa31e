// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ngffspark.image.Patch;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * A part of one object, or all of it.
 *
 * @param runs in C order
 * @param values of each channel the bytes of the values, in the order of the runs
 */
record ObjectPiece(int[] runs, byte[][] values) {

  /**
   * All parts of one object in one.
   *
   * @param parts at least one; no two hold the same pixel
   * @throws IllegalArgumentException if a channel of the object takes more than 2 GiB
   */
  static ObjectPiece merge(List<ObjectPiece> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int half = parts.size() / 2;
    return merge(parts.subList(0, half)).with(merge(parts.subList(half, parts.size())));
  }

  private ObjectPiece with(ObjectPiece other) {
    int[] both = new int[Math.addExact(runs.length, other.runs.length)];
    byte[][] all = new byte[values.length][];
    for (int channel = 0; channel < all.length; channel++) {
      all[channel] = new byte[requireMemory(other, channel)];
    }
    int width = values.length == 0 ? 0 : (int) (values[0].length / pixels(runs));
    Cursor left = new Cursor(this);
    Cursor right = new Cursor(other);
    for (int at = 0, to = 0; at < both.length; at += ObjectMask.WIDTH) {
      Cursor next = left.comesBefore(right) ? left : right;
      to = next.take(both, at, all, to, width);
    }
    return new ObjectPiece(both, all);
  }

  private int requireMemory(ObjectPiece other, int channel) {
    long bytes = (long) values[channel].length + other.values[channel].length;
    if (bytes > Integer.MAX_VALUE - Long.BYTES) {
      throw new IllegalArgumentException(
          "it has " + bytes + " bytes of pixels in a channel; more than 2 GiB cannot be measured");
    }
    return (int) bytes;
  }

  private static long pixels(int[] runs) {
    long pixels = 0;
    for (int at = 0; at < runs.length; at += ObjectMask.WIDTH) {
      pixels += runs[at + ObjectMask.AXES];
    }
    return pixels;
  }

  /** The mask; runs that touch, as they do at the border of two parts, become one. */
  ObjectMask mask(int dimensions) {
    int[] joined = runs.clone();
    int end = RunOrder.join(joined, 0, joined.length);
    return ObjectMask.of(dimensions, Arrays.copyOf(joined, end));
  }

  /** The channels of the object, all of whose pixels these are. */
  List<ObjectChannel> channels(ObjectMask mask, DataType type, IntegerSums integers) {
    List<ObjectChannel> all = new ArrayList<>();
    for (byte[] bytes : values) {
      int count = bytes.length / type.bytes();
      Patch pixels = PartValues.patch(NdArray.wrap(type, Shape.of(1, count), bytes));
      all.add(ObjectChannel.of(mask, new ChannelValues(pixels, 0, count), integers));
    }
    return all;
  }

  /** The next run of a part. */
  private static final class Cursor {
    private final ObjectPiece piece;
    private int run;
    private int from;

    Cursor(ObjectPiece piece) {
      this.piece = piece;
    }

    boolean comesBefore(Cursor other) {
      return other.run == other.piece.runs.length
          || run < piece.runs.length
              && RunOrder.isBefore(piece.runs, run, other.piece.runs, other.run);
    }

    /** Copies the run and its values, and returns the index after the last byte. */
    int take(int[] runs, int at, byte[][] values, int to, int width) {
      int bytes = piece.runs[run + ObjectMask.AXES] * width;
      System.arraycopy(piece.runs, run, runs, at, ObjectMask.WIDTH);
      for (int channel = 0; channel < values.length; channel++) {
        System.arraycopy(piece.values[channel], from, values[channel], to, bytes);
      }
      run += ObjectMask.WIDTH;
      from += bytes;
      return to + bytes;
    }
  }
}
