// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Bzip2 streams, level 1 to 9 (hundreds of kilobytes in a block). */
record Bz2Codec(int level) implements BytesCodec {

  @Override
  public String name() {
    return "bz2";
  }

  @Override
  public ByteSpan decode(ByteSpan encoded, Workspace workspace, CodecScratch scratch)
      throws DamagedDataException {
    byte[] target = workspace.array();
    ByteArrayInputStream source =
        new ByteArrayInputStream(encoded.array(), encoded.offset(), encoded.length());
    try (InputStream stream = new BZip2CompressorInputStream(source, true)) {
      int length = stream.readNBytes(target, 0, workspace.capacity());
      if (length == workspace.capacity() && stream.read() >= 0) {
        throw new TooLongException(name(), workspace.capacity());
      }
      return new ByteSpan(target, 0, length);
    } catch (IOException | RuntimeException damage) {
      // Damaged tables make the library run past the ends of its own arrays.
      throw new DamagedDataException("bz2: not a stream: " + damage.getMessage(), damage);
    }
  }

  @Override
  public ByteSpan encode(ByteSpan decoded, Workspace workspace, CodecScratch scratch) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    try (OutputStream stream = new BZip2CompressorOutputStream(bytes, level)) {
      stream.write(decoded.array(), decoded.offset(), decoded.length());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new ByteSpan(bytes.toByteArray(), 0, bytes.size());
  }

  @Override
  public long maxEncodedLength(long decodedLength) {
    return decodedLength + decodedLength / 4 + 1024;
  }
}
