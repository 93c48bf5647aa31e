// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.Axis;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.nd.DataType;

/**
 * Hyperstacks of ImageJ: TIFF 6.0, one page for each plane of y and x, channels first, then z, then
 * t, uncompressed and one after the other, with the description and resolution that ImageJ writes.
 */
final class TiffFormat {
  private static final int HEADER_BYTES = 8;
  private static final int MAGIC = 42;
  private static final int ENTRY_BYTES = 12;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int ASCII = 2;
  private static final int RATIONAL = 5;
  private static final int DESCRIPTION = 270;
  private static final int STRIP_OFFSETS = 273;

  /** Resolutions are fractions with this denominator, as ImageJ writes them. */
  private static final long DENOMINATOR = 1_000_000;

  private final Patch patch;
  private final int channels;
  private final int slices;
  private final int frames;
  private final int planeBytes;
  private final byte[] description;

  private TiffFormat(Patch patch) {
    this.patch = patch;
    this.channels = length(AxisName.C);
    this.slices = length(AxisName.Z);
    this.frames = length(AxisName.T);
    this.planeBytes = length(AxisName.Y) * length(AxisName.X) * patch.type().bytes();
    this.description = description().getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * @throws IllegalArgumentException if ImageJ has no such pixels
   */
  static void requireHolds(DataType type) {
    if (!List.of(DataType.BOOL, DataType.UINT8, DataType.UINT16, DataType.FLOAT32).contains(type)) {
      throw new IllegalArgumentException(
          "Hyperstacks of ImageJ hold bool, uint8, uint16 and float32, and the pixels are "
              + type
              + "; use --format npy");
    }
  }

  /**
   * The content of a file.
   *
   * @throws IllegalArgumentException if ImageJ has no such pixels, or they exceed 2 GiB
   */
  static byte[] encode(Patch patch) {
    requireHolds(patch.type());
    return new TiffFormat(patch).encode();
  }

  private int length(AxisName axis) {
    return patch.axes().has(axis) ? patch.length(axis) : 1;
  }

  private int planes() {
    return channels * slices * frames;
  }

  private byte[] encode() {
    int entries = 12;
    int page = 2 + entries * ENTRY_BYTES + 4;
    int pages = HEADER_BYTES + description.length + 1 + 16;
    pages += pages % 2;
    long length = pages + (long) planes() * (page + planeBytes);
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "A file of " + length + " bytes cannot be written; the limit is 2 GiB");
    }
    ByteBuffer file = ByteBuffer.allocate((int) length).order(ByteOrder.nativeOrder());
    boolean little = file.order() == ByteOrder.LITTLE_ENDIAN;
    file.put((byte) (little ? 'I' : 'M')).put((byte) (little ? 'I' : 'M'));
    file.putShort((short) MAGIC).putInt(pages);
    int resolution = file.position();
    putResolution(file, AxisName.X);
    putResolution(file, AxisName.Y);
    int text = file.position();
    file.put(description).put((byte) 0);
    file.position(pages);
    int pixels = pages + planes() * page;
    for (int plane = 0; plane < planes(); plane++) {
      putPage(file, new Places(text, resolution, pixels + plane * planeBytes));
      file.putInt(plane + 1 < planes() ? file.position() + 4 : 0);
    }
    order().forEach(plane -> file.put(patch.pixels().bytes(), plane * planeBytes, planeBytes));
    return file.array();
  }

  /** Where the values of a page lie. */
  private record Places(int description, int resolution, int pixels) {}

  private void putPage(ByteBuffer file, Places places) {
    boolean floating = patch.type().isFloat();
    file.putShort((short) 12);
    put(file, 256, LONG, 1, length(AxisName.X));
    put(file, 257, LONG, 1, length(AxisName.Y));
    put(file, 258, SHORT, 1, 8 * patch.type().bytes());
    put(file, 259, SHORT, 1, 1);
    put(file, 262, SHORT, 1, 1);
    put(file, DESCRIPTION, ASCII, description.length + 1, places.description);
    put(file, STRIP_OFFSETS, LONG, 1, places.pixels);
    put(file, 278, LONG, 1, length(AxisName.Y));
    put(file, 279, LONG, 1, planeBytes);
    put(file, 282, RATIONAL, 1, places.resolution);
    put(file, 283, RATIONAL, 1, places.resolution + 8);
    put(file, 339, SHORT, 1, floating ? 3 : 1);
  }

  private static void put(ByteBuffer file, int tag, int type, int count, int value) {
    file.putShort((short) tag).putShort((short) type).putInt(count);
    if (type == SHORT) {
      file.putShort((short) value).putShort((short) 0);
    } else {
      file.putInt(value);
    }
  }

  /** Pixels in a unit of length. */
  private void putResolution(ByteBuffer file, AxisName axis) {
    long numerator = Math.round(DENOMINATOR / patch.pixelSize().get(axis));
    boolean fits = numerator > 0 && numerator < 1L << 32;
    file.putInt(fits ? (int) numerator : 1).putInt(fits ? (int) DENOMINATOR : 1);
  }

  /** The planes of a patch, counted in C order, in the order of a file. */
  static List<Integer> order(Patch patch) {
    return new TiffFormat(patch).order();
  }

  private List<Integer> order() {
    List<Integer> order = new ArrayList<>();
    for (int t = 0; t < frames; t++) {
      for (int z = 0; z < slices; z++) {
        for (int c = 0; c < channels; c++) {
          order.add((t * channels + c) * slices + z);
        }
      }
    }
    return order;
  }

  private String description() {
    StringBuilder text = new StringBuilder("ImageJ=1.54f\nimages=" + planes() + "\n");
    text.append("channels=%d\nslices=%d\nframes=%d\n".formatted(channels, slices, frames));
    text.append("hyperstack=true\nmode=grayscale\nloop=false\n");
    text.append("unit=").append(unit()).append('\n');
    text.append("spacing=").append(number(AxisName.Z)).append('\n');
    if (frames > 1) {
      text.append("finterval=").append(number(AxisName.T)).append('\n');
    }
    return text.toString();
  }

  private String number(AxisName axis) {
    return String.format(Locale.ROOT, "%s", patch.pixelSize().get(axis));
  }

  private String unit() {
    int x = patch.axes().index(AxisName.X).orElseThrow();
    Axis axis = patch.axes().get(x);
    return axis.unit().map(unit -> unit.equals("micrometer") ? "micron" : unit).orElse("pixel");
  }
}
