// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/** The one file that holds a table, read whole. */
record TableFile(StorePath path) {
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  /**
   * From position 0 to the limit.
   *
   * @throws FormatException if it is missing or larger than 2 GiB
   */
  ByteBuffer bytes() {
    return path.store()
        .read(path.path(), this::buffer)
        .orElseThrow(() -> new FormatException(path.toString(), "the file is missing"));
  }

  private ByteBuffer buffer(long length) {
    if (length > LARGEST) {
      throw new FormatException(
          path.toString(), "a table must not be larger than 2 GiB, this has " + length + " bytes");
    }
    return ByteBuffer.allocate((int) length);
  }

  /**
   * @throws FormatException if it is not UTF-8
   */
  String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes()).toString();
    } catch (CharacterCodingException malformed) {
      throw new FormatException(path.toString(), "the text is not UTF-8", malformed);
    }
  }
}
