// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/**
 * The framing of lz4-java's {@code LZ4BlockOutputStream}, which N5 calls {@code lz4}: blocks with
 * magic, method and level, both lengths, and a checksum (xxHash32 of the content, 28 bits), all
 * little-endian; an empty block ends the stream. Written here for the limits: the library's reader
 * makes the memory that the input asks for.
 *
 * @param blockLength bytes of content in a block, 64 to 32 Mi
 */
record Lz4StreamCodec(int blockLength) implements BytesCodec {
  private static final byte[] MAGIC = "LZ4Block".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = 21;
  private static final int RAW = 0x10;
  private static final int COMPRESSED = 0x20;
  private static final int METHOD_BITS = 0xf0;

  /** Level 0 stands for blocks of up to 2^10 bytes. */
  private static final int LEVEL_BASE = 10;

  private static final int SEED = 0x9747b28c;
  private static final int CHECKSUM_BITS = 0xfffffff;

  @Override
  public String name() {
    return "lz4";
  }

  @Override
  public ByteSpan decode(ByteSpan encoded, Workspace workspace, CodecScratch scratch)
      throws DamagedDataException {
    byte[] target = workspace.array();
    ByteSpan rest = encoded;
    int length = 0;
    while (true) {
      Header header = Header.read(rest, workspace.capacity() - length);
      ByteSpan content = rest.skip(HEADER_BYTES);
      rest = content.skip(header.encoded);
      if (header.decoded == 0) {
        break;
      }
      decode(header, content, target, length);
      length += header.decoded;
    }
    if (rest.length() > 0) {
      throw new DamagedDataException("lz4: " + rest.length() + " bytes follow the end");
    }
    return new ByteSpan(target, 0, length);
  }

  private static void decode(Header header, ByteSpan content, byte[] target, int to)
      throws DamagedDataException {
    if (header.method == RAW) {
      System.arraycopy(content.array(), content.offset(), target, to, header.decoded);
    } else {
      decompress(header, content, target, to);
    }
    if (checksum(target, to, header.decoded) != header.checksum) {
      throw new DamagedDataException("lz4: checksum does not fit the content");
    }
  }

  private static void decompress(Header header, ByteSpan content, byte[] target, int to)
      throws DamagedDataException {
    try {
      int decoded =
          Lz4Blocks.decompressor()
              .decompress(
                  content.array(), content.offset(), header.encoded, target, to, header.decoded);
      if (decoded != header.decoded) {
        throw new DamagedDataException("lz4: block is shorter than its header states");
      }
    } catch (LZ4Exception damage) {
      throw new DamagedDataException("lz4: not a block: " + damage.getMessage(), damage);
    }
  }

  private static int checksum(byte[] bytes, int from, int length) {
    XXHash32 hash = XXHashFactory.fastestInstance().hash32();
    return hash.hash(bytes, from, length, SEED) & CHECKSUM_BITS;
  }

  @Override
  public ByteSpan encode(ByteSpan decoded, Workspace workspace, CodecScratch scratch) {
    byte[] target = workspace.array();
    int at = 0;
    for (int from = 0; from < decoded.length(); from += blockLength) {
      ByteSpan block = decoded.skip(from).first(Math.min(blockLength, decoded.length() - from));
      at = encode(block, target, at);
    }
    return new ByteSpan(target, 0, writeHeader(target, at, RAW, 0, 0, 0));
  }

  private int encode(ByteSpan block, byte[] target, int at) {
    int checksum = checksum(block.array(), block.offset(), block.length());
    int to = at + HEADER_BYTES;
    int length = Lz4Blocks.encode(Lz4Blocks.compressor(), block, target, to);
    if (length < block.length()) {
      return writeHeader(target, at, COMPRESSED, length, block.length(), checksum) + length;
    }
    System.arraycopy(block.array(), block.offset(), target, to, block.length());
    return writeHeader(target, at, RAW, block.length(), block.length(), checksum) + block.length();
  }

  private int writeHeader(
      byte[] target, int at, int method, int encoded, int decoded, int checksum) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(blockLength - 1);
    int level = Math.max(0, bits - LEVEL_BASE);
    ByteBuffer header = ByteBuffer.wrap(target).order(ByteOrder.LITTLE_ENDIAN).position(at);
    header.put(MAGIC).put((byte) (method | level));
    header.putInt(encoded).putInt(decoded).putInt(checksum);
    return header.position();
  }

  @Override
  public long maxEncodedLength(long decodedLength) {
    // Other writers may have the smallest blocks.
    long blocks = decodedLength / 64 + 2;
    return decodedLength + decodedLength / 255 + blocks * (HEADER_BYTES + 16);
  }

  private record Header(int method, int encoded, int decoded, int checksum) {

    /**
     * @param limit the most content there can be
     */
    static Header read(ByteSpan span, int limit) throws DamagedDataException {
      if (span.length() < HEADER_BYTES) {
        throw new DamagedDataException("lz4: ends within the header of a block");
      }
      ByteBuffer bytes =
          ByteBuffer.wrap(span.array(), span.offset(), HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      byte[] magic = new byte[MAGIC.length];
      bytes.get(magic);
      int method = bytes.get() & METHOD_BITS;
      Header header = new Header(method, bytes.getInt(), bytes.getInt(), bytes.getInt());
      if (header.decoded > limit) {
        throw new TooLongException("lz4", limit);
      }
      if (!Arrays.equals(magic, MAGIC) || !header.isPossible(span.length() - HEADER_BYTES)) {
        throw new DamagedDataException("lz4: not the header of a block");
      }
      return header;
    }

    private boolean isPossible(int available) {
      boolean lengths = encoded >= 0 && encoded <= available && decoded >= 0;
      boolean known = method == COMPRESSED || (method == RAW && encoded == decoded);
      return lengths && known && (decoded > 0 || (encoded == 0 && checksum == 0));
    }
  }
}
