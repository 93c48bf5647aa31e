// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

/**
 * How the elements of one {@link DataType} are read from and written to bytes in native order.
 *
 * <p>Bulk methods have one loop per type: a loop shared by all types would call through a table for
 * every pixel. Indices are in elements.
 */
public abstract class Elements {
  Elements() {}

  public static Elements of(DataType type) {
    return switch (type) {
      case BOOL -> new ByteElements.Bool();
      case INT8 -> new ByteElements.Signed();
      case UINT8 -> new ByteElements.Unsigned();
      case INT16 -> new ShortElements.Signed();
      case UINT16 -> new ShortElements.Unsigned();
      case INT32 -> new IntElements.Signed();
      case UINT32 -> new IntElements.Unsigned();
      case INT64 -> new LongElements.Signed();
      case UINT64 -> new LongElements.Unsigned();
      case FLOAT16 -> new FloatElements.Binary16();
      case FLOAT32 -> new FloatElements.Binary32();
      case FLOAT64 -> new FloatElements.Binary64();
    };
  }

  public abstract double value(byte[] bytes, int index);

  /** Rounds half to even and saturates; NaN becomes 0 in integers. */
  public abstract void set(byte[] bytes, int index, double value);

  /** The exact integer, sign- or zero-extended; uint64 as its 64 bits. Floats are truncated. */
  public abstract long integer(byte[] bytes, int index);

  /** Stores the low bits of {@code value}; floats get the nearest value. */
  public abstract void setInteger(byte[] bytes, int index, long value);

  public abstract void read(byte[] bytes, int from, int count, double[] into, int at);

  public abstract void write(byte[] bytes, int to, int count, double[] values, int at);

  /** True if {@link #setInteger} keeps {@code value} (unsigned for uint64) unchanged. */
  public abstract boolean holds(long value);

  /**
   * The first index in {@code from … to - 1} that holds {@code id}, else {@code to}. Integers only.
   */
  public abstract int first(byte[] bytes, int from, int to, long id);

  /** The first index in {@code from … to - 1} that holds another id, else {@code to}. */
  public abstract int firstOther(byte[] bytes, int from, int to, long id);
}
