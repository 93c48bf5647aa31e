// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.Sampler;
import net.imglib2.converter.Converters;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.BooleanAccess;
import net.imglib2.img.basictypeaccess.FloatAccess;
import net.imglib2.img.basictypeaccess.nio.ByteBufferAccess;
import net.imglib2.img.basictypeaccess.nio.DoubleBufferAccess;
import net.imglib2.img.basictypeaccess.nio.FloatBufferAccess;
import net.imglib2.img.basictypeaccess.nio.IntBufferAccess;
import net.imglib2.img.basictypeaccess.nio.LongBufferAccess;
import net.imglib2.img.basictypeaccess.nio.ShortBufferAccess;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.real.FloatType;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Float16;
import org.ngffspark.zarr.nd.Shape;

/** Shows pixels as an ImgLib2 image on the same memory. */
final class ImgView {
  private ImgView() {}

  /**
   * @param pixels in C order; a view of read-only memory refuses to be written
   */
  static RandomAccessibleInterval<?> of(DataType type, Shape shape, ByteBuffer pixels) {
    int rank = shape.rank();
    long[] size = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      size[rank - 1 - axis] = shape.get(axis);
    }
    ByteBuffer bytes = pixels.order(ByteOrder.nativeOrder());
    return switch (type) {
      case BOOL -> ArrayImgs.booleans(new Flags(bytes), size);
      case INT8 -> ArrayImgs.bytes(new ByteBufferAccess(bytes, false), size);
      case UINT8 -> ArrayImgs.unsignedBytes(new ByteBufferAccess(bytes, false), size);
      case INT16 -> ArrayImgs.shorts(shorts(bytes), size);
      case UINT16 -> ArrayImgs.unsignedShorts(shorts(bytes), size);
      case INT32 -> ArrayImgs.ints(ints(bytes), size);
      case UINT32 -> ArrayImgs.unsignedInts(ints(bytes), size);
      case INT64 -> ArrayImgs.longs(longs(bytes), size);
      case UINT64 -> ArrayImgs.unsignedLongs(longs(bytes), size);
      case FLOAT16 -> halves(bytes, size);
      case FLOAT32 -> ArrayImgs.floats(new FloatBufferAccess(bytes.asFloatBuffer(), false), size);
      case FLOAT64 ->
          ArrayImgs.doubles(new DoubleBufferAccess(bytes.asDoubleBuffer(), false), size);
    };
  }

  private static ShortBufferAccess shorts(ByteBuffer bytes) {
    return new ShortBufferAccess(bytes.asShortBuffer(), false);
  }

  private static IntBufferAccess ints(ByteBuffer bytes) {
    return new IntBufferAccess(bytes.asIntBuffer(), false);
  }

  private static LongBufferAccess longs(ByteBuffer bytes) {
    return new LongBufferAccess(bytes.asLongBuffer(), false);
  }

  /** ImgLib2 has no type for half precision: it appears as float32 and is stored as half. */
  private static RandomAccessibleInterval<FloatType> halves(ByteBuffer bytes, long[] size) {
    return Converters.convert(
        ArrayImgs.shorts(shorts(bytes), size),
        (Sampler<? extends ShortType> sampler) -> new FloatType(new Halves(sampler)));
  }

  private record Halves(Sampler<? extends ShortType> sampler) implements FloatAccess {
    @Override
    public float getValue(int index) {
      return (float) Float16.toDouble(sampler.get().get());
    }

    @Override
    public void setValue(int index, float value) {
      sampler.get().set(Float16.ofDouble(value));
    }
  }

  private record Flags(ByteBuffer buffer) implements BooleanAccess {
    @Override
    public boolean getValue(int index) {
      return buffer.get(index) != 0;
    }

    @Override
    public void setValue(int index, boolean value) {
      buffer.put(index, (byte) (value ? 1 : 0));
    }
  }
}
