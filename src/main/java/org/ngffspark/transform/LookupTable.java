// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;
import org.ngffspark.image.Mask;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * The results of a transform for all pixels there can be in a type of one or two bytes, found by
 * the bits of the pixel. They are computed as for any other type, so that they are equal.
 */
final class LookupTable implements ValueMap {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final Axes YX = Axes.of("y", "x");

  private final DataType type;
  private final byte[] results;
  // The same, of a type of two bytes.
  private final char[] shortResults;

  private LookupTable(DataType type, byte[] results) {
    this.type = type;
    this.results = results;
    this.shortResults = new char[type.bytes() == 1 ? 0 : results.length / Short.BYTES];
    for (int i = 0; i < shortResults.length; i++) {
      shortResults[i] = (char) (short) SHORTS.get(results, i * Short.BYTES);
    }
  }

  /** Empty for types of more bytes, and where the transform throws for one of the values. */
  static Optional<LookupTable> of(DataType type, ValueTransform transform) {
    if (type.bytes() > Short.BYTES) {
      return Optional.empty();
    }
    NdArray bits = everyValue(type);
    int size = (int) bits.shape().elements();
    double[] values = new double[size];
    Patch all = Patch.of(bits, YX, PixelSize.of(YX, 1, 1), Box.whole(bits.shape()));
    all.read(0, size, values, 0);
    try {
      transform.compute(values, size, type);
    } catch (Exception | Error ofSomeValue) {
      // Not a failure unless an object has such a value: then computing its pixels throws again.
      return Optional.empty();
    }
    all.write(0, size, values, 0);
    return Optional.of(new LookupTable(type, bits.bytes()));
  }

  private static NdArray everyValue(DataType type) {
    int size = 1 << (Byte.SIZE * type.bytes());
    NdArray bits = NdArray.zeros(type, Shape.of(1, size));
    for (int i = 0; i < size; i++) {
      if (type.bytes() == 1) {
        bits.bytes()[i] = (byte) i;
      } else {
        SHORTS.set(bits.bytes(), i * Short.BYTES, (short) i);
      }
    }
    return bits;
  }

  void apply(Patch source, Mask mask, Patch target) {
    byte[] input = source.pixels().bytes();
    byte[] output = target.pixels().bytes();
    if (type.bytes() == 1) {
      mask.forEachRun((start, length) -> bytes(input, output, start, start + length));
    } else {
      mask.forEachRun((start, length) -> shorts(input, output, start, start + length));
    }
  }

  @Override
  public void replace(NdArray pixels, int from, int count) {
    byte[] bytes = pixels.bytes();
    if (type.bytes() == 1) {
      bytes(bytes, bytes, from, from + count);
    } else {
      shorts(bytes, bytes, from, from + count);
    }
  }

  private void bytes(byte[] input, byte[] output, int from, int to) {
    byte[] table = results;
    for (int i = from; i < to; i++) {
      output[i] = table[input[i] & 0xFF];
    }
  }

  private void shorts(byte[] input, byte[] output, int from, int to) {
    char[] table = shortResults;
    int end = to * Short.BYTES;
    int i = from * Short.BYTES;
    // Four pixels at a time, each in its own lane, whichever of them is first in memory.
    for (; i <= end - Long.BYTES; i += Long.BYTES) {
      long four = (long) LONGS.get(input, i);
      long low = table[(int) four & 0xFFFF] | (long) table[(int) four >>> 16] << 16;
      int rest = (int) (four >>> 32);
      long high = table[rest & 0xFFFF] | (long) table[rest >>> 16] << 16;
      LONGS.set(output, i, low | high << 32);
    }
    for (; i < end; i += Short.BYTES) {
      SHORTS.set(output, i, (short) table[(short) SHORTS.get(input, i) & 0xFFFF]);
    }
  }
}
