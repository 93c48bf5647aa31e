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

  /** Bytes of memory, about, for each byte of a text: itself twice, and its values as columns. */
  private static final int TEXT_IN_MEMORY = 8;

  /**
   * From position 0 to the limit.
   *
   * @throws FormatException if it is missing, larger than 2 GiB, or takes more memory than {@link
   *     #requireRoom} allows
   */
  ByteBuffer bytes() {
    return bytes(1);
  }

  private ByteBuffer bytes(int inMemory) {
    return path.store()
        .read(path.path(), length -> buffer(length, inMemory))
        .orElseThrow(() -> new FormatException(path.toString(), "the file is missing"));
  }

  private ByteBuffer buffer(long length, int inMemory) {
    if (length > LARGEST) {
      throw new FormatException(
          path.toString(), "a table must not be larger than 2 GiB, this has " + length + " bytes");
    }
    requireRoom(path.toString(), length * inMemory);
    return ByteBuffer.allocate((int) length);
  }

  /**
   * Looks whether a table fits into memory.
   *
   * @param bytes that it takes, about
   * @throws FormatException if they are more than half of what this process may have
   */
  static void requireRoom(String location, long bytes) {
    long memory = Runtime.getRuntime().maxMemory();
    if (bytes > memory / 2) {
      throw new FormatException(
          location,
          "the table takes about %d MiB, and this process may have %d MiB in all; give it at least twice as much"
              .formatted(bytes >> 20, memory >> 20));
    }
  }

  /**
   * @throws FormatException if it is not UTF-8; others are those of {@link #bytes}
   */
  String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes(TEXT_IN_MEMORY)).toString();
    } catch (CharacterCodingException malformed) {
      throw new FormatException(path.toString(), "the text is not UTF-8", malformed);
    }
  }
}
