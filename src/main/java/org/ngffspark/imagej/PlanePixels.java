// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.imagej;

import java.util.Arrays;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.nd.DataType;

/** The planes of a patch as ImageJ has them. */
final class PlanePixels {
  private static final int BYTE = 0xff;
  private static final int SHORT = 0xffff;

  private final MaskedPatch object;
  private final Patch result;
  private final int width;
  private final int height;

  PlanePixels(MaskedPatch object, Patch result) {
    this.object = object;
    this.result = result;
    this.width = object.patch().length(AxisName.X);
    this.height = object.patch().length(AxisName.Y);
  }

  /**
   * Runs a macro on one plane and takes what it makes of it.
   *
   * @param from flat index of the first pixel
   */
  void run(PlaneMacro macro, int from) {
    int size = width * height;
    byte[] mask = new byte[size];
    object
        .mask()
        .forEachRun(from, from + size, (start, length) -> mark(mask, start - from, length));
    Object pixels = macro.run(read(from, size), width, height, mask);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = value(pixels, i);
    }
    object
        .written()
        .forEachRun(
            from,
            from + size,
            (start, length) -> result.write(start, length, values, start - from));
  }

  private static void mark(byte[] mask, int from, int length) {
    Arrays.fill(mask, from, from + length, (byte) BYTE);
  }

  private Object read(int from, int size) {
    DataType type = object.patch().type();
    if (!type.equals(DataType.UINT8) && !type.equals(DataType.UINT16)) {
      float[] floats = new float[size];
      object.patch().read(from, size, floats, 0);
      return floats;
    }
    int[] values = new int[size];
    object.patch().read(from, size, values, 0);
    byte[] bytes = new byte[size];
    short[] shorts = new short[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) values[i];
      shorts[i] = (short) values[i];
    }
    return type.equals(DataType.UINT8) ? bytes : shorts;
  }

  private static double value(Object pixels, int index) {
    if (pixels instanceof byte[] bytes) {
      return bytes[index] & BYTE;
    }
    if (pixels instanceof short[] shorts) {
      return shorts[index] & SHORT;
    }
    return ((float[]) pixels)[index];
  }
}
