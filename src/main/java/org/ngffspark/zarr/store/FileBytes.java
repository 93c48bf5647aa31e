// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Moves bytes between files and buffers in pieces. A channel copies through native memory that it
 * keeps for each thread: small pieces keep that small, and warm in the processor's cache.
 */
final class FileBytes {
  private static final int PIECE = 1 << 20;

  private FileBytes() {}

  /** Fills the rest of the buffer from {@code offset} on. */
  static void read(FileChannel channel, long offset, ByteBuffer buffer) throws IOException {
    int start = buffer.position();
    int limit = buffer.limit();
    while (buffer.position() < limit) {
      buffer.limit(Math.min(limit, buffer.position() + PIECE));
      int count = channel.read(buffer, offset + buffer.position() - start);
      if (count < 0) {
        throw new EOFException("it became shorter while it was read");
      }
    }
  }

  /**
   * Writes the rest of the buffer into a new file.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one
   */
  static void write(Path file, ByteBuffer buffer) throws IOException {
    int limit = buffer.limit();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (buffer.position() < limit) {
        buffer.limit(Math.min(limit, buffer.position() + PIECE));
        channel.write(buffer);
      }
    }
  }
}
