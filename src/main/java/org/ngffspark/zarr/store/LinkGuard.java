// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refuses symbolic links that lead out of a directory. A directory that was found good is
 * remembered, so that its files cost nothing: this keeps a container from reaching files it does
 * not own, and is no defence against somebody who swaps directories meanwhile.
 */
final class LinkGuard {
  private static final int REMEMBERED = 20_000;

  private final Path root;
  private final Path allowed;
  private final Set<Path> good = ConcurrentHashMap.newKeySet();

  LinkGuard(Path root) {
    this(root, root);
  }

  private LinkGuard(Path root, Path allowed) {
    this.root = root;
    this.allowed = allowed;
  }

  /** One that lets links lead anywhere, but not to nothing. */
  static LinkGuard openTo(Path root) {
    return new LinkGuard(root, root.getRoot());
  }

  /**
   * Checks where a directory really lies; if it does not exist, its nearest ancestor that does.
   *
   * @throws FileSystemException if it lies outside the root
   */
  void checkDirectory(Path directory) throws IOException {
    if (good.contains(directory) || directory.equals(root)) {
      return;
    }
    try {
      check(directory);
    } catch (NoSuchFileException missing) {
      // It may have been there a moment ago: others take directories away that are empty.
      checkDirectory(directory.getParent());
      return;
    }
    if (good.size() >= REMEMBERED) {
      good.clear();
    }
    good.add(directory);
  }

  /**
   * Checks where an existing file or directory really lies.
   *
   * @throws FileSystemException if it lies outside the root, or is a link to nothing
   */
  void check(Path path) throws IOException {
    Path real;
    try {
      real = path.toRealPath();
    } catch (NoSuchFileException e) {
      if (!Files.isSymbolicLink(path)) {
        throw e;
      }
      throw refusal(path, "a symbolic link to nothing", e);
    }
    if (!real.startsWith(allowed.toRealPath())) {
      throw refusal(path, "reached by a symbolic link that leads out of " + root, null);
    }
  }

  private static FileSystemException refusal(Path path, String problem, Throwable cause) {
    FileSystemException refusal = new FileSystemException(path.toString(), null, problem);
    refusal.initCause(cause);
    return refusal;
  }
}
