// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Decompresses Parquet pages, and compresses them with snappy. Parquet's own codecs go through
 * Hadoop's configuration, need its native libraries for some, and allocate whatever size a page
 * claims to have.
 */
final class ParquetCodecs implements CompressionCodecFactory {
  private static final int LARGEST_PAGE = 256 << 20;

  /** Decompresses a whole page into an array of exactly its size. */
  private interface Decompressor {
    byte[] decompress(byte[] page, int size) throws IOException;
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    if (codec != CompressionCodecName.SNAPPY) {
      throw new IllegalArgumentException("Tables are written with snappy, not " + codec);
    }
    return new SnappyCompressor();
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return switch (codec) {
      case UNCOMPRESSED -> new Pages((page, size) -> page);
      case SNAPPY -> new Pages(ParquetCodecs::snappy);
      case ZSTD -> new Pages(ParquetCodecs::zstd);
      case GZIP -> new Pages(ParquetCodecs::gzip);
      default ->
          throw new IllegalArgumentException(
              "compression " + codec + " is not supported; snappy, zstd, gzip and none are");
    };
  }

  @Override
  public void release() {}

  private static byte[] snappy(byte[] page, int size) throws IOException {
    requireSize(Snappy.uncompressedLength(page), size);
    return Snappy.uncompress(page);
  }

  private static byte[] zstd(byte[] page, int size) throws IOException {
    byte[] target = new byte[size];
    long length = Zstd.decompressByteArray(target, 0, size, page, 0, page.length);
    if (Zstd.isError(length)) {
      throw new IOException("a page is not zstd: " + Zstd.getErrorName(length));
    }
    requireSize(length, size);
    return target;
  }

  private static byte[] gzip(byte[] page, int size) throws IOException {
    try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(page))) {
      return stream.readNBytes(size);
    }
  }

  private static void requireSize(long size, int declared) throws IOException {
    if (size != declared) {
      throw new IOException("a page of " + size + " bytes claims to have " + declared + " bytes");
    }
  }

  private record SnappyCompressor() implements BytesInputCompressor {

    @Override
    public BytesInput compress(BytesInput page) throws IOException {
      return BytesInput.from(Snappy.compress(page.toInputStream().readAllBytes()));
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.SNAPPY;
    }

    @Override
    public void release() {}
  }

  private record Pages(Decompressor decompressor) implements BytesInputDecompressor {

    @Override
    public BytesInput decompress(BytesInput page, int size) throws IOException {
      return BytesInput.from(whole(page.toInputStream().readAllBytes(), size));
    }

    @Override
    public void decompress(ByteBuffer page, int length, ByteBuffer target, int size)
        throws IOException {
      byte[] bytes = new byte[length];
      page.get(bytes);
      target.put(whole(bytes, size));
    }

    private byte[] whole(byte[] page, int size) throws IOException {
      if (size < 0 || size > LARGEST_PAGE) {
        throw new IOException(
            "a page claims to have " + size + " bytes, the limit is " + LARGEST_PAGE);
      }
      byte[] result = decompressor.decompress(page, size);
      requireSize(result.length, size);
      return result;
    }

    @Override
    public void release() {}
  }
}
