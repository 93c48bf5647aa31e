// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalLong;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * Blocks of N5 (<a href="https://github.com/saalfeldlab/n5#file-system-specification">file system
 * specification</a>): a header with the block's own lengths, then compressed elements, big-endian,
 * first axis fastest. Axes here are those of N5 from the last to the first, so that elements lie in
 * C order. A block at the end of an array is written cut to the array; shorter blocks elsewhere,
 * and whole ones at the end, are read too.
 */
final class N5Blocks implements ChunkCoding {
  private static final int DEFAULT_MODE = 0;
  private static final int VARIABLE_LENGTH_MODE = 1;

  private final Shape chunk;
  private final ElementLayout layout;
  private final BytesCodecChain codecs;
  private final DataType type;

  /**
   * @throws org.ngffspark.zarr.store.FormatException if a block does not fit into memory at once
   */
  N5Blocks(DataType type, Shape chunk, List<BytesCodec> codecs, String location) {
    this.type = type;
    this.chunk = chunk;
    this.layout = layout(type, chunk, location);
    this.codecs = new BytesCodecChain(codecs);
  }

  private static ElementLayout layout(DataType type, Shape lengths, String location) {
    Transposition none = Transposition.identity(lengths.rank());
    return new ElementLayout(type, lengths, none, ByteOrder.BIG_ENDIAN, location);
  }

  @Override
  public void require(NdArray array) {
    layout.require(array);
  }

  @Override
  public void decode(ByteSpan encoded, NdArray into, CodecScratch scratch)
      throws DamagedDataException {
    ByteBuffer header = ByteBuffer.wrap(encoded.array(), encoded.offset(), encoded.length());
    Shape lengths = readHeader(header);
    ByteSpan payload = encoded.skip(header.position() - encoded.offset());
    if (lengths.equals(chunk)) {
      layout.decode(codecs.decode(payload, layout.byteLength(), into.bytes(), scratch), into);
      return;
    }
    NdArray part = NdArray.zeros(type, lengths);
    ElementLayout partLayout = layout(type, lengths, "");
    partLayout.decode(codecs.decode(payload, partLayout.byteLength(), part.bytes(), scratch), part);
    into.fill(0);
    into.paste(part, Box.whole(lengths), Box.whole(lengths));
  }

  private Shape readHeader(ByteBuffer header) throws DamagedDataException {
    require(header.remaining() >= 2 * Short.BYTES, "ends within its header");
    int mode = Short.toUnsignedInt(header.getShort());
    require(
        mode == DEFAULT_MODE || mode == VARIABLE_LENGTH_MODE,
        "has mode " + mode + "; blocks of numbers have 0 or 1");
    int rank = Short.toUnsignedInt(header.getShort());
    require(rank == chunk.rank(), "has " + rank + " axes, its array " + chunk.rank());
    int counts = rank + (mode == VARIABLE_LENGTH_MODE ? 1 : 0);
    require(header.remaining() >= counts * Integer.BYTES, "ends within its header");
    Shape lengths = readLengths(header);
    if (mode == VARIABLE_LENGTH_MODE) {
      long elements = Integer.toUnsignedLong(header.getInt());
      require(
          elements == lengths.elements(),
          "holds " + elements + " values where its shape has " + lengths.elements());
    }
    return lengths;
  }

  private Shape readLengths(ByteBuffer header) throws DamagedDataException {
    long[] lengths = new long[chunk.rank()];
    for (int axis = lengths.length - 1; axis >= 0; axis--) {
      lengths[axis] = Integer.toUnsignedLong(header.getInt());
      require(
          lengths[axis] > 0 && lengths[axis] <= chunk.get(axis),
          "is " + lengths[axis] + " long where blocks have 1 to " + chunk.get(axis));
    }
    return Shape.of(lengths);
  }

  private static void require(boolean condition, String problem) throws DamagedDataException {
    if (!condition) {
      throw new DamagedDataException("block " + problem);
    }
  }

  @Override
  public ByteSpan encode(NdArray content, Shape inside, CodecScratch scratch) {
    boolean whole = inside.equals(chunk);
    ByteSpan elements =
        whole
            ? layout.encode(content, scratch)
            : layout(type, inside, "").encode(content.cut(Box.whole(inside)), scratch);
    ByteSpan payload = codecs.encode(elements, scratch);
    byte[] block = scratch.buffer(ScratchSlot.N5_BLOCK, headerLength() + payload.length());
    ByteBuffer value = ByteBuffer.wrap(block);
    value.putShort((short) DEFAULT_MODE).putShort((short) chunk.rank());
    for (int axis = chunk.rank() - 1; axis >= 0; axis--) {
      value.putInt((int) inside.get(axis));
    }
    value.put(payload.array(), payload.offset(), payload.length());
    return new ByteSpan(block, 0, value.position());
  }

  private int headerLength() {
    return 2 * Short.BYTES + chunk.rank() * Integer.BYTES;
  }

  @Override
  public boolean changesElements() {
    return false;
  }

  @Override
  public long maxEncodedLength() {
    return headerLength() + Integer.BYTES + codecs.maxEncodedLength(layout.byteLength());
  }

  @Override
  public OptionalLong fixedEncodedLength() {
    return OptionalLong.empty();
  }
}
