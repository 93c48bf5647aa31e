// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ngffspark.zarr.json.JsonView;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.UnsupportedOptionsException;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZInputStream;
import org.tukaani.xz.XZOutputStream;

/**
 * LZMA ({@code numcodecs.LZMA}): {@code .xz} files, or {@code .lzma} files of old.
 *
 * @param preset 0 to 9
 * @param check number of the checksum in an {@code .xz} file
 */
record LzmaCodec(Container container, int preset, int check) implements BytesCodec {
  /** What a stream may ask for, in KiB; the highest preset needs 65 MiB. */
  private static final int MEMORY_LIMIT = 128 << 10;

  private static final int LZMA_HEADER_BYTES = 13;

  private static final int DEFAULT_PRESET = 6;
  private static final int PRESET_BITS = 31;

  enum Container {
    XZ,
    LZMA
  }

  static LzmaCodec of(JsonView settings) {
    Numcodecs.requireOnly(settings, "format", "check", "preset", "filters");
    settings
        .find("filters")
        .ifPresent(
            filters -> {
              throw filters.problem("must be null: no other filters than LZMA2 are supported");
            });
    boolean xz = settings.integer("format", 1, 2, 1) == 1;
    return new LzmaCodec(xz ? Container.XZ : Container.LZMA, preset(settings), check(settings));
  }

  /** The lowest five bits; the highest asks to try harder, which says nothing about the format. */
  private static int preset(JsonView settings) {
    JsonNode preset = settings.node().path("preset");
    if (preset.isMissingNode() || preset.isNull()) {
      return DEFAULT_PRESET;
    }
    long level = preset.isIntegralNumber() ? preset.longValue() & PRESET_BITS : -1;
    if (level < 0 || level > 9) {
      throw settings.require("preset").problem("must be an integer from 0 to 9");
    }
    return (int) level;
  }

  private static int check(JsonView settings) {
    int check = settings.integer("check", -1, XZ.CHECK_SHA256, -1);
    return switch (check) {
      case -1 -> XZ.CHECK_CRC64;
      case XZ.CHECK_NONE, XZ.CHECK_CRC32, XZ.CHECK_CRC64, XZ.CHECK_SHA256 -> check;
      default -> throw settings.require("check").problem("must be -1, 0, 1, 4 or 10");
    };
  }

  @Override
  public String name() {
    return "lzma";
  }

  @Override
  public ByteSpan decode(ByteSpan encoded, Workspace workspace, CodecScratch scratch)
      throws DamagedDataException {
    byte[] target = workspace.array();
    try (InputStream stream = opened(encoded, workspace.capacity(), scratch)) {
      int length = stream.readNBytes(target, 0, workspace.capacity());
      if (length == workspace.capacity() && stream.read() >= 0) {
        throw new TooLongException(name(), workspace.capacity());
      }
      return new ByteSpan(target, 0, length);
    } catch (IOException damage) {
      throw new DamagedDataException("lzma: not a stream: " + damage.getMessage(), damage);
    }
  }

  private InputStream opened(ByteSpan encoded, int capacity, CodecScratch scratch)
      throws IOException {
    ByteArrayInputStream source =
        new ByteArrayInputStream(encoded.array(), encoded.offset(), encoded.length());
    if (container == Container.XZ) {
      return new XZInputStream(source, MEMORY_LIMIT, scratch.arrayCache());
    }
    byte[] header = source.readNBytes(LZMA_HEADER_BYTES);
    if (header.length < LZMA_HEADER_BYTES) {
      throw new EOFException("it has no header");
    }
    ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    byte properties = fields.get();
    // Nothing can be referred to that lies farther back than the content is long.
    long dictionary = Math.min(Integer.toUnsignedLong(fields.getInt()), Math.max(1, capacity));
    // Without the cache: the library takes the window of .lzma files to be new.
    return new LZMAInputStream(source, fields.getLong(), properties, (int) dictionary);
  }

  @Override
  public ByteSpan encode(ByteSpan decoded, Workspace workspace, CodecScratch scratch) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    try (OutputStream stream = opened(bytes, scratch)) {
      stream.write(decoded.array(), decoded.offset(), decoded.length());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new ByteSpan(bytes.toByteArray(), 0, bytes.size());
  }

  private OutputStream opened(OutputStream target, CodecScratch scratch) throws IOException {
    LZMA2Options options = options();
    return container == Container.XZ
        ? new XZOutputStream(target, options, check, scratch.arrayCache())
        : new LZMAOutputStream(target, options, -1, scratch.arrayCache());
  }

  private LZMA2Options options() {
    try {
      return new LZMA2Options(preset);
    } catch (UnsupportedOptionsException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  public long maxEncodedLength(long decodedLength) {
    return decodedLength + decodedLength / 3 + 1024;
  }
}
