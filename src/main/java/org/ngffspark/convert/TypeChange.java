// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Elements;
import org.ngffspark.zarr.nd.NdArray;

/** The type that pixels of images get; label images keep theirs. */
public sealed interface TypeChange extends Serializable {

  /** The type of the source, and its values. */
  record Kept() implements TypeChange {
    @Override
    public DataType type(DataType source) {
      return source;
    }

    @Override
    public String toString() {
      return "keep";
    }
  }

  /** Another type; values are rounded half to even, and cut to the range of the type. */
  record Cast(DataType to) implements TypeChange {
    @Override
    public DataType type(DataType source) {
      return to;
    }

    @Override
    public String toString() {
      return to.toString();
    }
  }

  /**
   * Another type; values from low to high are spread evenly over the range from 0 to the largest
   * value of the type, to 1 where it is a float. Values outside become its ends.
   */
  record Rescaled(DataType to, double low, double high) implements TypeChange {
    private static final int BITS_OF_A_BYTE = 8;

    /**
     * @throws IllegalArgumentException if low is not below high
     */
    public Rescaled {
      if (!(low < high && Double.isFinite(low) && Double.isFinite(high))) {
        throw new IllegalArgumentException(
            "A range that is rescaled goes from a number to a larger one, got " + low + ":" + high);
      }
    }

    @Override
    public DataType type(DataType source) {
      return to;
    }

    @Override
    public double value(double value) {
      double share = Math.min(1, Math.max(0, (value - low) / (high - low)));
      return share * largest();
    }

    private double largest() {
      if (!to.isInteger()) {
        return 1;
      }
      int bits = to.bytes() * BITS_OF_A_BYTE;
      return Math.scalb(1.0, to.kind() == DataType.Kind.UNSIGNED ? bits : bits - 1) - 1;
    }

    @Override
    public String toString() {
      return to + " of " + low + ":" + high;
    }
  }

  /** Two plain decimal numbers. */
  Pattern RANGE = Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?):(-?[0-9]+(?:\\.[0-9]+)?)");

  /**
   * Reads what users write.
   *
   * @param type the name of a type, or {@code keep}
   * @param range that is rescaled, as {@code 100:4000}; empty for none
   * @throws IllegalArgumentException if it is none
   */
  static TypeChange of(String type, String range) {
    if (type.equals(new Kept().toString())) {
      if (!range.isEmpty()) {
        throw new IllegalArgumentException(
            "Values are rescaled to the range of a type; give --dtype with --rescale " + range);
      }
      return new Kept();
    }
    DataType to =
        DataType.ofZarrName(type)
            .filter(named -> named != DataType.BOOL && named != DataType.FLOAT16)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Pixels can be int8 to int64, uint8 to uint64, float32 or float64, got '"
                            + type
                            + "'"));
    return range.isEmpty() ? new Cast(to) : rescaled(to, range);
  }

  private static TypeChange rescaled(DataType to, String range) {
    Matcher ends = RANGE.matcher(range);
    if (!ends.matches()) {
      throw new IllegalArgumentException(
          "A range that is rescaled is two numbers, as 100:4000, got '" + range + "'");
    }
    return new Rescaled(to, Double.parseDouble(ends.group(1)), Double.parseDouble(ends.group(2)));
  }

  /** The type of the output. */
  DataType type(DataType source);

  /** What becomes of a value, before it is rounded and cut to the type: it stays. */
  default double value(double value) {
    return value;
  }

  /** The pixels in their new type. Integers of 64 bits beyond 2^53 are rounded if it changes. */
  default NdArray apply(NdArray pixels) {
    if (this instanceof Kept) {
      return pixels;
    }
    int length = Math.toIntExact(pixels.shape().elements());
    NdArray changed = NdArray.zeros(type(pixels.type()), pixels.shape());
    Elements from = Elements.of(pixels.type());
    Elements to = Elements.of(changed.type());
    double[] values = new double[Math.min(length, 1 << 16)];
    for (int at = 0; at < length; at += values.length) {
      int count = Math.min(values.length, length - at);
      from.read(pixels.bytes(), at, count, values, 0);
      for (int i = 0; i < count; i++) {
        values[i] = value(values[i]);
      }
      to.write(changed.bytes(), at, count, values, 0);
    }
    return changed;
  }
}
