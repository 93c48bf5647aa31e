// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.util.OptionalLong;
import org.ngffspark.zarr.nd.NumpyType;

/** A codec that makes of every element another one, perhaps of another type. */
interface ElementFilter extends BytesCodec {

  /** Type of the elements of a chunk. */
  NumpyType decodedType();

  /** Type of what is made of them. */
  NumpyType encodedType();

  void decode(Numbers encoded, Numbers decoded);

  /**
   * @throws IllegalArgumentException if an element would not come back; numcodecs stores another
   *     one
   */
  void encode(Numbers decoded, Numbers encoded);

  /** Says that an element would come back as another one. */
  default IllegalArgumentException notHeld(Numbers decoded, int index) {
    return new IllegalArgumentException(
        "The filter '"
            + name()
            + "' stores elements of "
            + decodedType()
            + " as "
            + encodedType()
            + ", from which "
            + decoded.text(index)
            + " does not come back; write values that it can hold, or into an array without it");
  }

  @Override
  default ByteSpan decode(ByteSpan encoded, Workspace workspace, CodecScratch scratch)
      throws DamagedDataException {
    int count = encoded.length() / encodedType().width();
    if (count * encodedType().width() != encoded.length()) {
      throw new DamagedDataException(
          name() + ": " + encoded.length() + " bytes are no elements of " + encodedType());
    }
    long length = (long) count * decodedType().width();
    if (length > workspace.capacity()) {
      throw new TooLongException(name(), workspace.capacity());
    }
    ByteSpan target = new ByteSpan(workspace.array(), 0, (int) length);
    decode(new Numbers(encoded, encodedType()), new Numbers(target, decodedType()));
    return target;
  }

  @Override
  default ByteSpan encode(ByteSpan decoded, Workspace workspace, CodecScratch scratch) {
    int count = decoded.length() / decodedType().width();
    ByteSpan target = new ByteSpan(workspace.array(), 0, count * encodedType().width());
    encode(new Numbers(decoded, decodedType()), new Numbers(target, encodedType()));
    return target;
  }

  @Override
  default int elementBytes() {
    return decodedType().width();
  }

  @Override
  default long maxEncodedLength(long decodedLength) {
    return decodedLength / decodedType().width() * encodedType().width();
  }

  @Override
  default OptionalLong fixedEncodedLength(long decodedLength) {
    return OptionalLong.of(maxEncodedLength(decodedLength));
  }
}
