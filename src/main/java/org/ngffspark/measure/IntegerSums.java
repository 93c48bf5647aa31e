// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;

/**
 * What bool and integers of one or two bytes come to in an object, exact and without sorting: one
 * walk over its runs, in which each value is counted at its own place. The memory for it serves one
 * channel of one object after the other. Not safe for several threads.
 */
final class IntegerSums {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
  private static final int VALUES = 1 << Short.SIZE;
  // Where fewer values than this part of their range are given, sorting them costs less than a look
  // at all counts.
  private static final int SPARSE = 32;

  // By value minus the lowest of the type; all 0 between two calls.
  private final int[] counts = new int[VALUES];
  // The values of an object that were picked out of a chunk.
  private byte[] packed = new byte[1 << 12];
  private long sum;
  private long squares;
  private int max;
  private int min;

  /** Whether values of a type are bool or integers of one or two bytes. */
  static boolean take(DataType type) {
    return !type.isFloat() && type.bytes() <= Short.BYTES;
  }

  /**
   * @param type that this {@link #take takes}
   * @param values of many objects; those of this one lie one after the other
   * @param first index of the object's first value
   */
  ChannelSums ofPacked(ObjectMask mask, DataType type, byte[] values, int first) {
    sum = 0;
    squares = 0;
    max = Integer.MIN_VALUE;
    min = Integer.MAX_VALUE;
    Centre centre = walk(mask, type, values, first);
    int count = Math.toIntExact(mask.pixels());
    int lowest = lowest(type);
    double median =
        (max - min) / SPARSE > count
            ? medianBySorting(type, values, first, count)
            : median(count, min - lowest, max - lowest) + lowest;
    double std = Math.sqrt(squaredSpread(count)) / count;
    return new ChannelSums(new Intensities((double) sum / count, median, max, min, std), centre);
  }

  /**
   * @param chunk holds the object; of a type that this {@link #take takes}
   * @param first index in the chunk of the first pixel of the object's box
   * @param planeStep from a pixel to the one of the next z
   * @param rowStep from a pixel to the one of the next y
   */
  ChannelSums inChunk(ObjectMask mask, NdArray chunk, int first, int planeStep, int rowStep) {
    int width = chunk.type().bytes();
    int size = Math.multiplyExact(Math.toIntExact(mask.pixels()), width);
    if (packed.length < size) {
      packed = new byte[size];
    }
    // Rows lie far apart in memory. Copying waits for many of them at once, summing up for one.
    int[] runs = mask.relativeRuns();
    int next = 0;
    for (int run = 0; run < runs.length; run += ObjectMask.WIDTH) {
      int from =
          first
              + runs[run + ObjectMask.Z] * planeStep
              + runs[run + ObjectMask.Y] * rowStep
              + runs[run + ObjectMask.X];
      int length = runs[run + ObjectMask.AXES] * width;
      System.arraycopy(chunk.bytes(), from * width, packed, next, length);
      next += length;
    }
    return ofPacked(mask, chunk.type(), packed, 0);
  }

  private Centre walk(ObjectMask mask, DataType type, byte[] values, int first) {
    int lowBits = lowBits(type);
    int lowest = lowest(type);
    double middleZ = (mask.depth() - 1) / 2.0;
    double middleY = (mask.height() - 1) / 2.0;
    double middleX = (mask.width() - 1) / 2.0;
    double alongZ = 0;
    double alongY = 0;
    double alongX = 0;
    int[] runs = mask.relativeRuns();
    int from = first;
    for (int run = 0; run < runs.length; run += ObjectMask.WIDTH) {
      int length = runs[run + ObjectMask.AXES];
      long before = sum;
      long fromEnd =
          type.bytes() == Short.BYTES
              ? addShorts(values, from, from + length, lowBits, lowest)
              : addBytes(values, from, from + length, lowBits, lowest);
      long own = sum - before;
      alongX += (length + runs[run + ObjectMask.X] - middleX) * own - fromEnd;
      alongY += (runs[run + ObjectMask.Y] - middleY) * own;
      alongZ += (runs[run + ObjectMask.Z] - middleZ) * own;
      from += length;
    }
    return new Centre(mask, sum, alongZ, alongY, alongX);
  }

  /**
   * Adds a run. The same loop stands here for each width, for a call for each value costs more than
   * all else.
   *
   * @return the sum of all values, each as often as it is pixels before the end of the run
   */
  private long addShorts(byte[] bytes, int from, int to, int lowBits, int lowest) {
    int largest = max;
    int smallest = min;
    long added = 0;
    long addedSquares = 0;
    long fromEnd = 0;
    for (int index = from; index < to; index++) {
      int value = (short) SHORTS.get(bytes, index * Short.BYTES) & lowBits;
      largest = Math.max(largest, value);
      smallest = Math.min(smallest, value);
      added += value;
      addedSquares += (long) value * value;
      fromEnd += added;
      counts[value - lowest]++;
    }
    return keep(largest, smallest, added, addedSquares, fromEnd);
  }

  private long addBytes(byte[] bytes, int from, int to, int lowBits, int lowest) {
    int largest = max;
    int smallest = min;
    long added = 0;
    long addedSquares = 0;
    long fromEnd = 0;
    for (int index = from; index < to; index++) {
      int value = bytes[index] & lowBits;
      largest = Math.max(largest, value);
      smallest = Math.min(smallest, value);
      added += value;
      addedSquares += (long) value * value;
      fromEnd += added;
      counts[value - lowest]++;
    }
    return keep(largest, smallest, added, addedSquares, fromEnd);
  }

  private long keep(int largest, int smallest, long added, long addedSquares, long fromEnd) {
    max = largest;
    min = smallest;
    sum += added;
    squares += addedSquares;
    return fromEnd;
  }

  /** What is kept of a sign-extended value: all bits, or those of a type without sign. */
  private static int lowBits(DataType type) {
    return type.kind() == DataType.Kind.SIGNED ? -1 : (1 << Byte.SIZE * type.bytes()) - 1;
  }

  private static int lowest(DataType type) {
    return type.kind() == DataType.Kind.SIGNED ? Short.MIN_VALUE : 0;
  }

  /** Sets the counts back to 0. */
  private double median(int count, int first, int last) {
    int low = first;
    int rest = (count - 1) / 2;
    while (rest >= counts[low]) {
      rest -= counts[low++];
    }
    int high = low;
    if (count % 2 == 0 && rest + 1 == counts[low]) {
      do {
        high++;
      } while (counts[high] == 0);
    }
    Arrays.fill(counts, first, last + 1, 0);
    return (low + high) / 2.0;
  }

  /** Sets the counts back to 0. */
  private double medianBySorting(DataType type, byte[] values, int first, int count) {
    int[] sorted = new int[count];
    int lowBits = lowBits(type);
    int lowest = lowest(type);
    for (int i = 0; i < count; i++) {
      int bits =
          type.bytes() == Short.BYTES
              ? (short) SHORTS.get(values, (first + i) * Short.BYTES)
              : values[first + i];
      sorted[i] = bits & lowBits;
      counts[sorted[i] - lowest] = 0;
    }
    Arrays.sort(sorted);
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2.0;
  }

  /** Count times the sum of squares minus the square of the sum, in 128 bits. */
  private double squaredSpread(long count) {
    long lowBits = count * squares - sum * sum;
    long highBits = Math.multiplyHigh(count, squares) - Math.multiplyHigh(sum, sum);
    if (Long.compareUnsigned(count * squares, sum * sum) < 0) {
      highBits--;
    }
    double unsigned = (lowBits >>> 1) * 2.0 + (lowBits & 1);
    return highBits * 0x1p64 + unsigned;
  }
}
