// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Looks whether files can be moved from one directory to others and back, by moving one: what a
 * system allows depends on permissions, on mounts, on attributes of files and on rules of its own,
 * and a rename shows the sum.
 */
final class MoveCheck {
  private static final String PROBE = "probe";

  private final Path base;
  private final Path within;
  private final LinkGuard links;
  private final Path probe;
  private final UnixFile self;
  private final Set<Path> good = new HashSet<>();

  /**
   * @param base the directory that files come from and go to
   * @param within where all others must lie
   */
  MoveCheck(Path base, Path within) throws IOException {
    this.base = base;
    this.within = within;
    this.links = new LinkGuard(within);
    this.probe = base.resolve(PROBE);
    Files.deleteIfExists(probe);
    // as the system makes it, so that it shows who this process is there
    FileBytes.write(probe, ByteBuffer.allocate(0));
    this.self = UnixFile.of(probe).orElseGet(() -> new UnixFile(0, 0, 0));
  }

  /** Ends the check. */
  void end() throws IOException {
    Files.deleteIfExists(probe);
  }

  /**
   * Looks at one file, which need not be there.
   *
   * @throws FileSystemException if it cannot be replaced or taken away
   */
  void check(Path target) throws IOException {
    Path directory = target.getParent();
    while (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      directory = directory.getParent();
    }
    if (directory.startsWith(within)) {
      links.checkDirectory(directory);
    }
    if (good.add(directory)) {
      moveThereAndBack(directory);
    }
    checkFile(target, directory);
  }

  private void moveThereAndBack(Path directory) throws IOException {
    Path there = TemporaryNames.beside(directory.resolve(PROBE));
    try {
      Files.move(probe, there, StandardCopyOption.ATOMIC_MOVE);
      Files.move(there, probe, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw refusal(
          directory,
          "it lies on another file system than " + base + ", so that nothing can be renamed there");
    } catch (AccessDeniedException e) {
      throw new AccessDeniedException(directory.toString());
    } catch (FileSystemException e) {
      Files.deleteIfExists(there);
      throw e.getReason() == null ? e : refusal(directory, e.getReason());
    }
  }

  private void checkFile(Path target, Path directory) throws IOException {
    Optional<UnixFile> file = UnixFile.of(target);
    if (file.isEmpty()) {
      return;
    }
    if (file.get().isDirectory()) {
      throw refusal(target, "a directory is in the way");
    }
    Optional<UnixFile> around = UnixFile.of(directory).filter(UnixFile::isSticky);
    if (around.isPresent()
        && self.uid() != 0
        && self.uid() != file.get().uid()
        && self.uid() != around.get().uid()) {
      throw refusal(target, "it belongs to another user, in a directory with the sticky bit");
    }
    if (file.get().isRegular() && !Files.isWritable(target) && isImmutable(target, file.get())) {
      throw refusal(target, "it is immutable (see lsattr)");
    }
  }

  /** Of an immutable file there is no second link, whoever asks; of one's own there else is. */
  private boolean isImmutable(Path target, UnixFile file) throws IOException {
    if (self.uid() != 0 && self.uid() != file.uid()) {
      return false;
    }
    Path link = base.resolve(PROBE + "-link");
    Files.deleteIfExists(link);
    try {
      Files.createLink(link, target);
      Files.delete(link);
      return false;
    } catch (UnsupportedOperationException e) {
      return false;
    } catch (FileSystemException e) {
      return "Operation not permitted".equals(e.getReason());
    }
  }

  private static FileSystemException refusal(Path path, String problem) {
    return new FileSystemException(path.toString(), null, problem);
  }
}
