// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.Sampler;
import net.imglib2.converter.Converters;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.FloatAccess;
import net.imglib2.img.basictypeaccess.nio.DoubleBufferAccess;
import net.imglib2.img.basictypeaccess.nio.FloatBufferAccess;
import net.imglib2.img.basictypeaccess.nio.ShortBufferAccess;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.real.FloatType;
import org.ngffspark.zarr.nd.Float16;

/**
 * Floating point elements: float16, float32 and float64. NaN is always written with the same bits:
 * which of its many forms arithmetic gives differs from run to run.
 */
abstract class FloatElements extends Elements {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final VarHandle FLOATS =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.nativeOrder());
  private static final VarHandle DOUBLES =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.nativeOrder());

  @Override
  final long integer(byte[] bytes, int index) {
    return (long) value(bytes, index);
  }

  @Override
  final void setInteger(byte[] bytes, int index, long value) {
    set(bytes, index, (double) value);
  }

  @Override
  final boolean holds(long value) {
    byte[] one = new byte[Double.BYTES];
    setInteger(one, 0, value);
    return integer(one, 0) == value && value != Long.MAX_VALUE;
  }

  @Override
  final int first(byte[] bytes, int from, int to, long id) {
    throw new UnsupportedOperationException("Label ids are integers");
  }

  @Override
  final int firstOther(byte[] bytes, int from, int to, long id) {
    throw new UnsupportedOperationException("Label ids are integers");
  }

  static final class Binary16 extends FloatElements {
    @Override
    double value(byte[] bytes, int index) {
      return Float16.toDouble((short) SHORTS.get(bytes, index * Short.BYTES));
    }

    @Override
    void set(byte[] bytes, int index, double value) {
      SHORTS.set(bytes, index * Short.BYTES, Float16.ofDouble(value));
    }

    @Override
    void read(byte[] bytes, int from, int count, double[] into, int at) {
      for (int i = 0; i < count; i++) {
        into[at + i] = Float16.toDouble((short) SHORTS.get(bytes, (from + i) * Short.BYTES));
      }
    }

    @Override
    void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        SHORTS.set(bytes, (to + i) * Short.BYTES, Float16.ofDouble(values[at + i]));
      }
    }

    @Override
    RandomAccessibleInterval<?> img(ByteBuffer buffer, long[] dimensions) {
      return Converters.convert(
          ArrayImgs.shorts(new ShortBufferAccess(buffer.asShortBuffer(), false), dimensions),
          (Sampler<? extends ShortType> sampler) -> new FloatType(new HalfAccess(sampler)));
    }
  }

  /**
   * ImgLib2 has no type for half precision: its pixels appear as float32 and are stored as half.
   */
  private record HalfAccess(Sampler<? extends ShortType> sampler) implements FloatAccess {
    @Override
    public float getValue(int index) {
      return (float) Float16.toDouble(sampler.get().get());
    }

    @Override
    public void setValue(int index, float value) {
      sampler.get().set(Float16.ofDouble(value));
    }
  }

  static final class Binary32 extends FloatElements {
    @Override
    double value(byte[] bytes, int index) {
      return (float) FLOATS.get(bytes, index * Float.BYTES);
    }

    @Override
    void set(byte[] bytes, int index, double value) {
      INTS.set(bytes, index * Float.BYTES, Float.floatToIntBits((float) value));
    }

    @Override
    void read(byte[] bytes, int from, int count, double[] into, int at) {
      for (int i = 0; i < count; i++) {
        into[at + i] = (float) FLOATS.get(bytes, (from + i) * Float.BYTES);
      }
    }

    @Override
    void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        INTS.set(bytes, (to + i) * Float.BYTES, Float.floatToIntBits((float) values[at + i]));
      }
    }

    @Override
    RandomAccessibleInterval<?> img(ByteBuffer buffer, long[] dimensions) {
      return ArrayImgs.floats(new FloatBufferAccess(buffer.asFloatBuffer(), false), dimensions);
    }
  }

  static final class Binary64 extends FloatElements {
    @Override
    double value(byte[] bytes, int index) {
      return (double) DOUBLES.get(bytes, index * Double.BYTES);
    }

    @Override
    void set(byte[] bytes, int index, double value) {
      LONGS.set(bytes, index * Double.BYTES, Double.doubleToLongBits(value));
    }

    @Override
    void read(byte[] bytes, int from, int count, double[] into, int at) {
      buffer(bytes).position(from).get(into, at, count);
    }

    @Override
    void write(byte[] bytes, int to, int count, double[] values, int at) {
      for (int i = 0; i < count; i++) {
        LONGS.set(bytes, (to + i) * Double.BYTES, Double.doubleToLongBits(values[at + i]));
      }
    }

    private static DoubleBuffer buffer(byte[] bytes) {
      return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asDoubleBuffer();
    }

    @Override
    RandomAccessibleInterval<?> img(ByteBuffer buffer, long[] dimensions) {
      return ArrayImgs.doubles(new DoubleBufferAccess(buffer.asDoubleBuffer(), false), dimensions);
    }
  }
}
