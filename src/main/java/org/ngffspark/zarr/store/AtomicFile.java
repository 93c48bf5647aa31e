// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Puts whole files in place, next to others that make and prune the same directories. */
final class AtomicFile {
  /** How often a writer makes anew what a concurrent delete or sweep has just removed. */
  static final int ATTEMPTS = 100;

  private final Ownership ownership;
  private final Links links;

  /** Gives a file a second name. */
  @FunctionalInterface
  interface Links {
    void link(Path name, Path file) throws IOException;
  }

  /**
   * @param ownership of what is made
   */
  AtomicFile(Ownership ownership) {
    this(ownership, Files::createLink);
  }

  AtomicFile(Ownership ownership, Links links) {
    this.ownership = ownership;
    this.links = links;
  }

  /** Writes a file, or another one in its place. */
  void replace(Path file, ByteBuffer value) throws IOException {
    for (int attempt = 1; ; attempt++) {
      // Looked up before, for a sweep takes what has no name meanwhile.
      Optional<UnixFile> like = ownership.ofFile(file);
      Path temporary = writeBeside(file, value);
      try {
        Ownership.give(like, temporary);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (IOException e) {
        requireSwept(temporary, e, attempt);
      }
    }
  }

  /** Writes a file unless there is one, and returns whether it did. */
  boolean create(Path file, ByteBuffer value) throws IOException {
    for (int attempt = 1; ; attempt++) {
      // Looked up before, for a sweep takes what has no name meanwhile.
      Optional<UnixFile> like = ownership.ofFile(file);
      Path temporary = writeBeside(file, value);
      try {
        Ownership.give(like, temporary);
        boolean created = link(temporary, file, value);
        Files.deleteIfExists(temporary);
        return created;
      } catch (IOException e) {
        requireSwept(temporary, e, attempt);
      }
    }
  }

  /** A sweep may have taken the temporary file for one that somebody left: then write it again. */
  private static void requireSwept(Path temporary, IOException failure, int attempt)
      throws IOException {
    boolean swept = failure instanceof NoSuchFileException && !Files.exists(temporary);
    if (!swept || attempt == ATTEMPTS) {
      throw removed(temporary, failure);
    }
  }

  /** Renames a file that exists, making the directory it goes to. */
  void move(Path source, Path target) throws IOException {
    inDirectory(
        target.getParent(), () -> Files.move(source, target, StandardCopyOption.ATOMIC_MOVE));
  }

  /** Whether one of the parents is a file, so that there can be nothing of this name. */
  static boolean isBelowFile(Path path) {
    for (Path each = path.getParent(); each != null; each = each.getParent()) {
      if (Files.exists(each, LinkOption.NOFOLLOW_LINKS)) {
        return Files.isRegularFile(each);
      }
    }
    return false;
  }

  private boolean link(Path temporary, Path file, ByteBuffer value) throws IOException {
    try {
      links.link(file, temporary);
      return true;
    } catch (FileAlreadyExistsException e) {
      return isOurs(temporary, file);
    } catch (UnsupportedOperationException | FileSystemException e) {
      if (e instanceof NoSuchFileException) {
        throw e;
      }
      return createNew(file, value);
    }
  }

  /**
   * Whether a file that is in the way is our own link: NFS repeats a request whose answer was lost.
   */
  private static boolean isOurs(Path temporary, Path file) throws IOException {
    try {
      return Files.isSameFile(temporary, file);
    } catch (NoSuchFileException e) {
      // its owner, or a sweep, removed one of them since: there was a file, and it was not ours
      return false;
    }
  }

  /** For file systems without hard links: one caller wins, a reader may see the value growing. */
  private static boolean createNew(Path file, ByteBuffer value) throws IOException {
    try {
      FileBytes.write(file, value.duplicate());
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw removed(file, e);
    }
  }

  private Path writeBeside(Path file, ByteBuffer value) throws IOException {
    Path temporary = TemporaryNames.beside(file);
    try {
      inDirectory(file.getParent(), () -> FileBytes.write(temporary, value.duplicate()));
    } catch (IOException e) {
      throw removed(temporary, e);
    }
    return temporary;
  }

  private static IOException removed(Path temporary, IOException failure) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  private interface FileAction {
    void run() throws IOException;
  }

  /** Tries first and makes directories only if that fails: it hardly ever does. */
  private void inDirectory(Path directory, FileAction action) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        action.run();
        return;
      } catch (NoSuchFileException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
      ownership.makeDirectories(directory);
    }
  }
}
