// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Pictures as PNG files (W3C PNG specification), rows unfiltered. */
public final class PngFormat {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int HEADER_BYTES = 13;
  private static final int CHUNK_FRAME = 12;

  private PngFormat() {}

  /** What the samples of a pixel are. */
  public enum Samples {
    GREY_8(8, 0, 1),
    /** Big endian. */
    GREY_16(16, 0, 2),
    RGB_8(8, 2, 3);

    private final int depth;
    private final int colourType;
    private final int bytes;

    Samples(int depth, int colourType, int bytes) {
      this.depth = depth;
      this.colourType = colourType;
      this.bytes = bytes;
    }

    /** Bytes of one pixel. */
    public int bytes() {
      return bytes;
    }
  }

  /**
   * Encodes a picture.
   *
   * @param pixels row by row from the top, without gaps
   * @throws IllegalArgumentException if there is no pixel, or not as many bytes as pixels need
   */
  public static byte[] encode(int width, int height, Samples samples, byte[] pixels) {
    int row = width * samples.bytes;
    if (width < 1 || height < 1 || pixels.length != row * height) {
      throw new IllegalArgumentException(
          "A picture of %d x %d pixels (%s) cannot have %d bytes"
              .formatted(width, height, samples, pixels.length));
    }
    byte[] rows = new byte[(row + 1) * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(pixels, y * row, rows, y * (row + 1) + 1, row);
    }
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    header.putInt(width).putInt(height).put((byte) samples.depth).put((byte) samples.colourType);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(SIGNATURE);
    file.writeBytes(chunk("IHDR", header.array()));
    file.writeBytes(chunk("IDAT", deflated(rows)));
    file.writeBytes(chunk("IEND", new byte[0]));
    return file.toByteArray();
  }

  private static byte[] chunk(String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(data);
    ByteBuffer chunk = ByteBuffer.allocate(data.length + CHUNK_FRAME);
    chunk.putInt(data.length).put(name).put(data).putInt((int) checksum.getValue());
    return chunk.array();
  }

  private static byte[] deflated(byte[] rows) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(rows);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 13];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }
}
