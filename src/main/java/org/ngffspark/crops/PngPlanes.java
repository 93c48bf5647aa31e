// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ngffspark.crops.PngFormat.Samples;
import org.ngffspark.image.Patch;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

/** The planes of a patch as grey pictures, named by {@link PlaneNames}. */
final class PngPlanes {
  private static final int MAX_16_BIT = 0xffff;
  private static final byte WHITE = (byte) 0xff;

  private final Patch patch;
  private final List<Integer> channels;
  private final int width;
  private final int height;

  /**
   * @param channels indices in the image of the patch's channels
   */
  PngPlanes(Patch patch, int[] channels) {
    this.patch = patch;
    this.channels = Arrays.stream(channels).boxed().toList();
    Shape shape = patch.shape();
    this.height = (int) shape.get(shape.rank() - 2);
    this.width = (int) shape.get(shape.rank() - 1);
  }

  Map<String, byte[]> files(String name) {
    Map<String, byte[]> files = new TreeMap<>();
    int pixels = width * height;
    List<String> names = new PlaneNames(patch.axes(), patch.box(), channels).of(name);
    for (int plane = 0; plane < names.size(); plane++) {
      files.put(names.get(plane) + ".png", encode(plane * pixels, pixels));
    }
    return files;
  }

  private byte[] encode(int from, int pixels) {
    boolean small = patch.type() == DataType.UINT8 || patch.type() == DataType.BOOL;
    byte[] samples = small ? eightBit(from, pixels) : sixteenBit(from, pixels);
    return PngFormat.encode(width, height, small ? Samples.GREY_8 : Samples.GREY_16, samples);
  }

  private byte[] eightBit(int from, int pixels) {
    byte[] samples = new byte[pixels];
    for (int i = 0; i < pixels; i++) {
      long value = patch.integer(from + i);
      samples[i] = patch.type() == DataType.BOOL && value != 0 ? WHITE : (byte) value;
    }
    return samples;
  }

  private byte[] sixteenBit(int from, int pixels) {
    if (!patch.type().isInteger()) {
      throw new IllegalArgumentException(
          "PNG holds integers of 8 or 16 bits, the pixels are " + patch.type() + "; use npy");
    }
    byte[] samples = new byte[2 * pixels];
    for (int i = 0; i < pixels; i++) {
      long value = patch.integer(from + i);
      if (value < 0 || value > MAX_16_BIT) {
        throw new IllegalArgumentException(
            "PNG holds 0 to 65535, a pixel is "
                + (patch.type() == DataType.UINT64 ? Long.toUnsignedString(value) : value)
                + "; use npy");
      }
      samples[2 * i] = (byte) (value >>> 8);
      samples[2 * i + 1] = (byte) value;
    }
    return samples;
  }
}
