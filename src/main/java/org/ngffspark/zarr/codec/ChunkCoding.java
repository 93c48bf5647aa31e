// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.util.OptionalLong;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/** How one chunk becomes bytes. Implementations are immutable and safe for several threads. */
interface ChunkCoding {

  /**
   * @throws IllegalArgumentException if the array is not a whole chunk
   */
  void require(NdArray chunk);

  /** Decodes all of {@code into}. */
  void decode(ByteSpan encoded, NdArray into, CodecScratch scratch) throws DamagedDataException;

  /** The same where only the first elements are looked at: the others may become arbitrary. */
  default void decode(ByteSpan encoded, NdArray into, int elements, CodecScratch scratch)
      throws DamagedDataException {
    decode(encoded, into, scratch);
  }

  /**
   * @param inside lengths of the part of the chunk that lies in its array, from the chunk's start
   */
  ByteSpan encode(NdArray chunk, Shape inside, CodecScratch scratch);

  /** Whether a filter makes other elements of a chunk's. */
  boolean changesElements();

  /** No known writer makes a longer encoding of a chunk. */
  long maxEncodedLength();

  /** The encoded length, if it is the same for every chunk. */
  OptionalLong fixedEncodedLength();
}
