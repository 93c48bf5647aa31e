// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.nio.ByteOrder;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;

/** How the elements of a chunk lie in its bytes before compression: order and byte order. */
final class ElementLayout {
  private final DataType type;
  private final Shape chunk;
  private final Transposition transposition;
  private final boolean transposed;
  private final boolean swapped;
  private final int byteLength;

  /**
   * @throws FormatException if a chunk does not fit into memory at once
   */
  ElementLayout(
      DataType type,
      Shape chunk,
      Transposition transposition,
      ByteOrder byteOrder,
      String location) {
    this.type = type;
    this.chunk = chunk;
    this.transposition = transposition;
    this.transposed = !transposition.keeps(chunk);
    this.swapped = type.bytes() > 1 && byteOrder != ByteOrder.nativeOrder();
    try {
      this.byteLength = NdArray.byteLength(type, chunk);
    } catch (IllegalArgumentException tooLong) {
      throw new FormatException(location, "chunk " + tooLong.getMessage(), tooLong);
    }
  }

  int byteLength() {
    return byteLength;
  }

  /** True if the stored elements stay where they are. */
  boolean isDirect() {
    return !transposed;
  }

  /**
   * @throws IllegalArgumentException if the array is not a whole chunk
   */
  void require(NdArray array) {
    if (array.type() != type || !array.shape().equals(chunk)) {
      throw new IllegalArgumentException(
          "Chunks are " + type + chunk + " but the array is " + array);
    }
  }

  /** Stored bytes, which may already be those of {@code into}, to elements. */
  void decode(ByteSpan stored, NdArray into) throws DamagedDataException {
    if (stored.length() != byteLength) {
      throw new DamagedDataException(
          "chunk decodes to "
              + stored.length()
              + " bytes but "
              + type
              + chunk
              + " has "
              + byteLength);
    }
    if (transposed) {
      transposition.decode(stored.array(), stored.offset(), into.bytes(), chunk, type.bytes());
    } else if (stored.array() != into.bytes()) {
      System.arraycopy(stored.array(), stored.offset(), into.bytes(), 0, byteLength);
    }
    if (swapped) {
      ElementOrder.reverse(into.bytes(), byteLength, type.bytes());
    }
  }

  /** The bytes to be stored: the array's own where nothing has to move. */
  ByteSpan encode(NdArray array, CodecScratch scratch) {
    if (!transposed && !swapped) {
      return new ByteSpan(array.bytes(), 0, byteLength);
    }
    byte[] stored = scratch.buffer(ScratchSlot.ELEMENTS, byteLength);
    if (transposed) {
      transposition.encode(array.bytes(), stored, chunk, type.bytes());
    } else {
      System.arraycopy(array.bytes(), 0, stored, 0, byteLength);
    }
    if (swapped) {
      ElementOrder.reverse(stored, byteLength, type.bytes());
    }
    return new ByteSpan(stored, 0, byteLength);
  }
}
