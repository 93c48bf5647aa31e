// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whose the files and directories become that a store makes, and who may read and write them. What
 * the user may not give away stays the user's.
 */
abstract class Ownership {

  /** What a file is to be like that gets this name; empty to leave it as the system made it. */
  abstract Optional<UnixFile> ofFile(Path name) throws IOException;

  /** What a new directory is to be like; empty to leave it as the system made it. */
  abstract Optional<UnixFile> ofDirectory(Path directory) throws IOException;

  /** Whether a directory must be there already. */
  boolean isNeverMade(Path directory) {
    return false;
  }

  /** How directories are at first. */
  FileAttribute<?>[] first() {
    return new FileAttribute<?>[0];
  }

  /** Prepares a new file that is about to get its name. */
  final void give(Path file, Path name) throws IOException {
    give(ofFile(name), file);
  }

  /** Makes a new file or directory as it is to be; empty to leave it as the system made it. */
  static void give(Optional<UnixFile> like, Path file) throws IOException {
    if (like.isPresent()) {
      like.get().giveTo(file);
    }
  }

  /**
   * Makes a directory and those around it that are missing. Others may remove them meanwhile: then
   * it returns, and the caller tries again.
   *
   * @throws NoSuchFileException if a directory is gone that must be there
   */
  final void makeDirectories(Path directory) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path each = directory; each != null && !Files.isDirectory(each); each = each.getParent()) {
      missing.addFirst(each);
    }
    if (missing.isEmpty()) {
      return;
    }
    if (isNeverMade(directory)) {
      throw new NoSuchFileException(directory.toString());
    }
    // All become as the first, and that is looked up before: a sweep takes what lies empty.
    Optional<UnixFile> like = ofDirectory(missing.getFirst());
    try {
      for (Path each : missing) {
        makeDirectory(each, like);
      }
    } catch (NoSuchFileException e) {
      return;
    }
  }

  private void makeDirectory(Path directory, Optional<UnixFile> like) throws IOException {
    try {
      Files.createDirectory(directory, first());
      give(like, directory);
    } catch (FileAlreadyExistsException e) {
      if (AtomicFile.isBelowFile(directory.resolve("x"))) {
        throw e;
      }
    }
  }

  /**
   * What is written into a Zarr hierarchy becomes as what it replaces, or as its neighbours: a file
   * as the nearest metadata file around it, a directory as the one that it is made in. Outside of
   * any hierarchy the system's rules hold: umask, and the group of a set-group-id directory.
   */
  static Ownership ofNeighbours(Path root) {
    return new OfNeighbours(root);
  }

  /**
   * What is written into a directory becomes as that is, unless it is private, when nobody else
   * gets at it anyway. The directory itself is never made.
   */
  static Ownership of(Path base) {
    return new OfBase(base);
  }

  /**
   * Directories may be written by those alone who may write another place that is there: whoever
   * can write here can have others write there. While nothing is there, by their owner alone.
   */
  static Ownership guarding(Path place) {
    return new Guarding(place);
  }

  private static final class OfNeighbours extends Ownership {
    private static final List<String> METADATA =
        List.of("zarr.json", ".zarray", ".zattrs", ".zgroup", "attributes.json");
    private static final int REMEMBERED = 20_000;

    private final Path root;
    private final Map<Path, UnixFile> known = new ConcurrentHashMap<>();

    OfNeighbours(Path root) {
      this.root = root;
    }

    @Override
    Optional<UnixFile> ofFile(Path name) throws IOException {
      Optional<UnixFile> replaced = UnixFile.of(name).filter(UnixFile::isRegular);
      return replaced.isPresent() ? replaced : neighbour(name.getParent());
    }

    @Override
    Optional<UnixFile> ofDirectory(Path directory) throws IOException {
      Path around = directory.getParent();
      return neighbour(around).isEmpty()
          ? Optional.empty()
          : UnixFile.of(around).map(UnixFile::asDirectory);
    }

    /** The nearest metadata file in a directory or around it. */
    private Optional<UnixFile> neighbour(Path directory) throws IOException {
      Optional<UnixFile> found = Optional.ofNullable(known.get(directory));
      for (int i = 0; i < METADATA.size() && found.isEmpty(); i++) {
        found = UnixFile.of(directory.resolve(METADATA.get(i))).filter(UnixFile::isRegular);
      }
      if (found.isEmpty()) {
        boolean outermost = directory.equals(root) || !directory.startsWith(root);
        return outermost ? found : neighbour(directory.getParent());
      }
      if (known.size() >= REMEMBERED) {
        known.clear();
      }
      known.put(directory, found.get());
      return found;
    }
  }

  private static final class OfBase extends Ownership {
    private final Path base;

    OfBase(Path base) {
      this.base = base;
    }

    @Override
    Optional<UnixFile> ofFile(Path name) throws IOException {
      return UnixFile.of(base).filter(each -> !each.isPrivate()).map(UnixFile::asFile);
    }

    @Override
    Optional<UnixFile> ofDirectory(Path directory) throws IOException {
      return UnixFile.of(base).map(UnixFile::asDirectory);
    }

    @Override
    boolean isNeverMade(Path directory) {
      return !Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static final class Guarding extends Ownership {
    private static final FileAttribute<?>[] PRIVATE = {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
    };

    private final Path place;

    Guarding(Path place) {
      this.place = place;
    }

    @Override
    Optional<UnixFile> ofFile(Path name) throws IOException {
      return guarded().map(UnixFile::asFile);
    }

    @Override
    Optional<UnixFile> ofDirectory(Path directory) throws IOException {
      return guarded().map(UnixFile::asDirectory);
    }

    private Optional<UnixFile> guarded() throws IOException {
      return UnixFile.of(place).filter(UnixFile::isDirectory).map(UnixFile::guarded);
    }

    @Override
    FileAttribute<?>[] first() {
      return PRIVATE.clone();
    }
  }
}
