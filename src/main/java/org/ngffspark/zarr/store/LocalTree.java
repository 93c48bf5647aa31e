// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Walks directories whose content others may change meanwhile. */
final class LocalTree {
  private LocalTree() {}

  /**
   * All finished files below {@code start} with length and time, through links as far as {@code
   * links} allows; none if it is not a directory.
   */
  static Map<Path, KeyStatus> files(Path start, LinkGuard links) throws IOException {
    Map<Path, KeyStatus> found = new HashMap<>();
    if (Files.isDirectory(start)) {
      Files.walkFileTree(
          start, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Finder(found, links));
    }
    return found;
  }

  /** Deletes everything below {@code start}, and it too unless it is {@code root}. */
  static void delete(Path start, Path root) throws IOException {
    if (Files.isDirectory(start)) {
      Files.walkFileTree(start, new Deleter(root, file -> true));
    }
  }

  /** Deletes temporary files and directories, and empty directories, below {@code start}. */
  static void sweep(Path start, Path root) throws IOException {
    if (Files.isDirectory(start)) {
      Files.walkFileTree(start, new Deleter(root, file -> TemporaryNames.isWithin(file, start)));
    }
  }

  /** Deletes temporary files and directories that lie right in a directory. */
  static void sweepRightIn(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, TemporaryNames::is)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          delete(entry, directory);
        } else {
          Files.deleteIfExists(entry);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return;
    }
  }

  /** Removes a directory, and those that this leaves empty, up to {@code root}. */
  static void prune(Path start, Path root) {
    Path each = start;
    while (!each.equals(root) && isRemoved(each)) {
      each = each.getParent();
    }
  }

  /** A directory that is not empty, or not ours to remove, stays; and so does what is none. */
  private static boolean isRemoved(Path directory) {
    try {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        return !Files.exists(directory, LinkOption.NOFOLLOW_LINKS);
      }
      Files.deleteIfExists(directory);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Skips what went away since its directory was read. */
  private abstract static class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }

  private static final class Finder extends Visitor {
    private final Map<Path, KeyStatus> found;
    private final LinkGuard links;

    Finder(Map<Path, KeyStatus> found, LinkGuard links) {
      this.found = found;
      this.links = links;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      if (TemporaryNames.is(directory)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      links.checkDirectory(directory);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (Files.isSymbolicLink(file)) {
        links.check(file);
      }
      if (!TemporaryNames.is(file)) {
        found.put(
            file, new KeyStatus(attributes.size(), attributes.lastModifiedTime().toInstant()));
      }
      return FileVisitResult.CONTINUE;
    }
  }

  private static final class Deleter extends Visitor {
    private final Path root;
    private final Predicate<Path> unwanted;

    Deleter(Path root, Predicate<Path> unwanted) {
      this.root = root;
      this.unwanted = unwanted;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (unwanted.test(file)) {
        Files.deleteIfExists(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      if (!directory.equals(root)) {
        deleteIfEmpty(directory);
      }
      return FileVisitResult.CONTINUE;
    }

    /** Somebody may write into the directory again: then it stays. */
    private static void deleteIfEmpty(Path directory) throws IOException {
      try {
        Files.deleteIfExists(directory);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
    }
  }
}
