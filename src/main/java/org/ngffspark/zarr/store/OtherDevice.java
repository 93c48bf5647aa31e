// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Moves between file systems, where nothing can be renamed. Each keeps what a rename promises to
 * those who take over the directory that it comes from or goes to, if they then sweep the other
 * one: the last step is a rename of something temporary that lies there, and before it the move
 * looks whether its own directory is still there. So either it came before the sweep, or it finds
 * nothing.
 */
final class OtherDevice {
  private OtherDevice() {}

  /** Brings a file of one's own directory to its place. */
  static void bring(Path source, Path target, Ownership ownership) throws IOException {
    Path copy = TemporaryNames.beside(target);
    try {
      Files.copy(source, copy, LinkOption.NOFOLLOW_LINKS);
      ownership.give(copy, target);
      require(source);
      Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
    Files.deleteIfExists(source);
  }

  /** Takes a file away for good; its own directory keeps nothing of it. */
  static void take(Path source, Path base) throws IOException {
    Path grave = TemporaryNames.beside(source);
    Files.createDirectory(grave);
    try {
      require(base);
      Files.move(source, grave.resolve("x"), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(grave.resolve("x"));
      Files.deleteIfExists(grave);
    }
  }

  private static void require(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(path.toString());
    }
  }
}
