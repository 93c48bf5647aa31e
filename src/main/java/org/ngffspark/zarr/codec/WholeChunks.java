// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.util.List;
import java.util.OptionalLong;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/** Chunks of Zarr: stored at their full shape, also where they reach past the array's end. */
record WholeChunks(ElementLayout layout, BytesCodecChain codecs) implements ChunkCoding {

  /**
   * @throws org.ngffspark.zarr.store.FormatException if a codec would have to split an element
   */
  static WholeChunks of(ElementLayout layout, List<BytesCodec> codecs, String location) {
    return new WholeChunks(layout, BytesCodecChain.of(codecs, layout.byteLength(), location));
  }

  @Override
  public void require(NdArray chunk) {
    layout.require(chunk);
  }

  @Override
  public void decode(ByteSpan encoded, NdArray into, CodecScratch scratch)
      throws DamagedDataException {
    decode(encoded, into, (int) into.shape().elements(), scratch);
  }

  @Override
  public void decode(ByteSpan encoded, NdArray into, int elements, CodecScratch scratch)
      throws DamagedDataException {
    byte[] direct = layout.isDirect() ? into.bytes() : new byte[0];
    int needed = layout.isDirect() ? elements * into.type().bytes() : layout.byteLength();
    layout.decode(codecs.decode(encoded, layout.byteLength(), needed, direct, scratch), into);
  }

  @Override
  public ByteSpan encode(NdArray chunk, Shape inside, CodecScratch scratch) {
    return codecs.encode(layout.encode(chunk, scratch), scratch);
  }

  @Override
  public boolean changesElements() {
    return codecs.changesElements();
  }

  @Override
  public long maxEncodedLength() {
    return codecs.maxEncodedLength(layout.byteLength());
  }

  @Override
  public OptionalLong fixedEncodedLength() {
    return codecs.fixedEncodedLength(layout.byteLength());
  }
}
