// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.plan;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ngffspark.image.Mask;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * Fragments on their way to the tile that writes them, as one array of bytes: a shuffle of one
 * object per pixel or per run would cost more than the pixels. Immutable.
 */
public final class FragmentBatch implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] bytes;

  private FragmentBatch(byte[] bytes) {
    this.bytes = bytes;
  }

  public static FragmentBatch of(List<Fragment> fragments) {
    int size = Integer.BYTES;
    for (Fragment fragment : fragments) {
      size = Math.addExact(size, size(fragment));
    }
    ByteBuffer buffer = ByteBuffer.allocate(size).putInt(fragments.size());
    fragments.forEach(fragment -> put(fragment, buffer));
    return new FragmentBatch(buffer.array());
  }

  /** Bytes that the batch takes in a shuffle, before compression. */
  public int size() {
    return bytes.length;
  }

  public List<Fragment> fragments() {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int count = buffer.getInt();
    List<Fragment> fragments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      fragments.add(get(buffer));
    }
    return fragments;
  }

  private static int size(Fragment fragment) {
    int rank = fragment.box().rank();
    return Long.BYTES
        + 2 * Byte.BYTES
        + 3 * rank * Long.BYTES
        + 2 * Integer.BYTES
        + 2 * fragment.mask().runs() * Integer.BYTES
        + fragment.pixels().bytes().length;
  }

  private static void put(Fragment fragment, ByteBuffer buffer) {
    Box box = fragment.box();
    buffer.putLong(fragment.label());
    buffer.put((byte) fragment.pixels().type().ordinal());
    buffer.put((byte) box.rank());
    for (int axis = 0; axis < box.rank(); axis++) {
      buffer.putLong(fragment.unit().get(axis));
      buffer.putLong(box.start(axis)).putLong(box.stop(axis));
    }
    buffer.putInt(fragment.mask().runs());
    fragment.mask().forEachRun((start, length) -> buffer.putInt(start).putInt(length));
    buffer.putInt(fragment.pixels().bytes().length).put(fragment.pixels().bytes());
  }

  private static Fragment get(ByteBuffer buffer) {
    long label = buffer.getLong();
    DataType type = DataType.values()[buffer.get()];
    int rank = buffer.get();
    long[] unit = new long[rank];
    long[] start = new long[rank];
    long[] stop = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      unit[axis] = buffer.getLong();
      start[axis] = buffer.getLong();
      stop[axis] = buffer.getLong();
    }
    Box box = Box.of(start, stop);
    Mask mask = mask(box.shape(), buffer);
    byte[] bytes = new byte[buffer.getInt()];
    buffer.get(bytes);
    NdArray pixels = NdArray.wrap(type, Shape.of(mask.count()), bytes);
    return new Fragment(label, GridPosition.of(unit), box, mask, pixels);
  }

  private static Mask mask(Shape shape, ByteBuffer buffer) {
    int[] runs = new int[2 * buffer.getInt()];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = buffer.getInt();
    }
    return Mask.ofRuns(shape, runs);
  }
}
