// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

/** Half precision numbers (IEEE 754 binary16) as their 16 bits. */
public final class Float16 {
  private static final int FRACTION_BITS = 10;
  private static final int FRACTION = (1 << FRACTION_BITS) - 1;
  private static final int INFINITY = 0x7C00;
  private static final int NAN = 0x7E00;
  private static final int MIN_EXPONENT = -14;
  private static final double OVERFLOW = 65520;

  private Float16() {}

  /** The number that 16 bits stand for; exact. */
  public static double toDouble(short bits) {
    int exponent = (bits >> FRACTION_BITS) & 0x1F;
    int fraction = bits & FRACTION;
    double size;
    if (exponent == 0x1F) {
      size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      size = fraction * 0x1p-24;
    } else {
      size = Math.scalb((double) (fraction + (1 << FRACTION_BITS)), exponent - 25);
    }
    return bits < 0 ? -size : size;
  }

  /** The nearest half, ties to even; from 65520 on infinity. */
  public static short ofDouble(double value) {
    int sign = Double.doubleToRawLongBits(value) < 0 ? 0x8000 : 0;
    double size = Math.abs(value);
    if (Double.isNaN(size)) {
      return (short) NAN;
    }
    if (size >= OVERFLOW) {
      return (short) (sign | INFINITY);
    }
    int exponent = Math.max(Math.getExponent(size), MIN_EXPONENT);
    // Scaling by a power of two is exact here, so rint rounds the number itself, once.
    int steps = (int) Math.rint(Math.scalb(size, FRACTION_BITS - exponent));
    // Adding, not or-ing: a fraction rounded up to the next power of two carries into the exponent.
    return (short) (sign | (((exponent - MIN_EXPONENT) << FRACTION_BITS) + steps));
  }
}
