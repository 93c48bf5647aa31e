// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Arrays;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Elements;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.FormatException;

/**
 * Finds runs of equal ids along x in a piece of a label image: ids above 0, row by row. What is
 * looked at is the run, not the pixel.
 */
public final class LabelRuns {
  private static final byte[] ZEROS = new byte[1 << 14];

  private final NdArray piece;
  private final Box place;
  private final Box part;
  private final String source;
  private final RunConsumer consumer;
  private final Elements elements;
  private final long[] strides;
  private final long[] row;

  private LabelRuns(NdArray piece, Box place, Box part, String source, RunConsumer consumer) {
    this.piece = piece;
    this.place = place;
    this.part = part;
    this.source = source;
    this.consumer = consumer;
    this.elements = Elements.of(piece.type());
    this.strides = piece.shape().strides();
    this.row = new long[place.rank()];
  }

  /** Takes runs, ascending within a row. */
  @FunctionalInterface
  public interface RunConsumer {
    /**
     * @param label id, above 0
     * @param row indices of the row in the label image on all axes but the last; reused for the
     *     next row
     * @param from index of the first pixel in the label image
     * @param to index after the last pixel
     */
    void run(long label, long[] row, long from, long to);
  }

  /**
   * Finds the runs of a part of a piece.
   *
   * @param piece label ids of any integer type; may be larger than {@code place}, as chunks at the
   *     border are
   * @param place where the piece lies in the label image, from the piece's first pixel
   * @param part what is looked at, inside {@code place}
   * @param source names the label image in errors
   * @throws FormatException if an id does not fit into 63 bits
   */
  public static void forEach(
      NdArray piece, Box place, Box part, String source, RunConsumer consumer) {
    if (!part.isEmpty()) {
      new LabelRuns(piece, place, part, source, consumer).scan(0, 0);
    }
  }

  private void scan(int axis, int offset) {
    int first = (int) (part.start(axis) - place.start(axis));
    if (axis == row.length - 1) {
      row(offset + first, (int) part.length(axis));
      return;
    }
    for (int i = 0; i < part.length(axis); i++) {
      row[axis] = part.start(axis) + i;
      scan(axis + 1, offset + (first + i) * (int) strides[axis]);
    }
  }

  private void row(int start, int length) {
    byte[] bytes = piece.bytes();
    int end = start + length;
    long shift = part.start(row.length - 1) - start;
    int from = firstNotZero(bytes, start, end);
    while (from < end) {
      long label = elements.integer(bytes, from);
      int to = endOfRun(bytes, from, end);
      if (label > 0) {
        consumer.run(label, row, shift + from, shift + to);
      } else {
        requireSigned(label);
      }
      from = firstNotZero(bytes, to, end);
    }
  }

  /** Most pixels are background, which is passed over in steps of many bytes. */
  private int firstNotZero(byte[] bytes, int from, int to) {
    int width = piece.type().bytes();
    int end = to * width;
    for (int at = from * width; at < end; at += ZEROS.length) {
      int length = Math.min(ZEROS.length, end - at);
      int other = Arrays.mismatch(bytes, at, at + length, ZEROS, 0, length);
      if (other >= 0) {
        return (at + other) / width;
      }
    }
    return to;
  }

  /** A run is equal to itself moved on by one pixel, which is compared many bytes at once. */
  private int endOfRun(byte[] bytes, int from, int end) {
    int width = piece.type().bytes();
    int first = from * width;
    int last = end * width;
    int other = Arrays.mismatch(bytes, first, last - width, bytes, first + width, last);
    return other < 0 ? end : from + 1 + other / width;
  }

  private void requireSigned(long label) {
    if (piece.type() == DataType.UINT64) {
      throw new FormatException(
          source, "object ids must be below 2^63, got " + Long.toUnsignedString(label));
    }
  }
}
