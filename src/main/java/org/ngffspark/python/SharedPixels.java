// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory that this program and one process of Python both see. What is said about it goes over the
 * pipes, which also tell either side when the other is done. The file in memory that it is made of
 * has no name any more when the process is ready. Not safe for several threads.
 */
final class SharedPixels {
  private static final Logger LOG = LoggerFactory.getLogger(SharedPixels.class);
  private static final Path MEMORY = Path.of("/dev/shm");
  // Hundreds of objects of usual size; a larger one goes over the pipe, where its copies cost
  // little.
  private static final int BYTES = 4 << 20;
  // Elements of all types lie where processors like them to.
  private static final int ALIGNMENT = 8;

  private final Path file;
  private final MappedByteBuffer memory;

  private SharedPixels(Path file, MappedByteBuffer memory) {
    this.file = file;
    this.memory = memory;
  }

  /** Empty where the system has no files in memory, or no room for one; pipes do as well. */
  static Optional<SharedPixels> make() {
    Path file = MEMORY.resolve("ngff-spark-" + UUID.randomUUID());
    try {
      return Optional.of(new SharedPixels(file, allocate(file)));
    } catch (IOException | UnsupportedOperationException refused) {
      LOG.debug("No memory is shared with Python", refused);
      delete(file);
      return Optional.empty();
    }
  }

  /** Written, not only mapped: to touch what there is no room for would end the program. */
  private static MappedByteBuffer allocate(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer zeros = ByteBuffer.allocate(BYTES);
      while (zeros.hasRemaining()) {
        channel.write(zeros);
      }
      return channel.map(MapMode.READ_WRITE, 0, BYTES);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      LOG.warn("{} cannot be deleted", file, stays);
    }
  }

  /** Where the process of Python finds it. */
  Path file() {
    return file;
  }

  /** Takes its name away. It goes when the process and this program have let it go. */
  void hide() {
    delete(file);
  }

  /** Whether so many bytes in so many pieces fit. */
  static boolean holds(long bytes, long pieces) {
    return bytes + pieces * ALIGNMENT <= BYTES;
  }

  /** Begins anew. */
  void clear() {
    memory.clear();
  }

  /**
   * Adds bytes behind the last ones.
   *
   * @return where they are
   */
  int add(byte[] bytes, int length) {
    int at = memory.position();
    memory.put(bytes, 0, length);
    int end = memory.position();
    memory.position(end + Math.floorMod(-end, ALIGNMENT));
    return at;
  }

  /** Fills an array with what lies there. */
  void read(int at, byte[] bytes) {
    memory.get(at, bytes);
  }
}
