// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Directories of a local file system. All stands on one call of the system, the rename of a
 * directory: it takes the whole tree along in one step, and it fails where something lies.
 */
final class LocalDirectories implements StoreDirectories {
  private static final String DEVICE = "unix:dev";

  private final Path root;
  private final LinkGuard links;

  LocalDirectories(Path root, LinkGuard links) {
    this.root = root;
    this.links = links;
  }

  @Override
  public List<String> names(String directory) {
    Path start = resolve(directory);
    List<String> names = new ArrayList<>();
    try {
      links.checkDirectory(start);
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(start)) {
        entries.forEach(
            entry -> {
              if (!TemporaryNames.is(entry)) {
                names.add(entry.getFileName().toString());
              }
            });
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw new StoreException("list", start.toString(), e);
    }
    names.sort(null);
    return names;
  }

  @Override
  public boolean claim(String directory, String name, ByteBuffer value, String place) {
    Path target = resolve(directory);
    StoreKeys.check(name);
    AtomicFile files = new AtomicFile(Ownership.guarding(resolve(place)));
    try {
      links.checkDirectory(target.getParent());
      for (int attempt = 1; ; attempt++) {
        Path temporary = TemporaryNames.beside(target);
        try {
          files.replace(temporary.resolve(name), value);
          Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
          if (Files.exists(target.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            return true;
          }
          // a sweep took the value out of the temporary directory before it got its name
          LocalTree.sweep(target, root);
        } catch (IOException e) {
          LocalTree.delete(temporary, root);
          LocalTree.prune(target.getParent(), root);
          if (isTaken(target)) {
            return false;
          }
          requireFleeting(target, e, attempt);
        }
      }
    } catch (IOException e) {
      throw new StoreException("write", target.resolve(name).toString(), e);
    }
  }

  /** What was in the way may be gone again, or what others removed is wanted again. */
  private static void requireFleeting(Path target, IOException failure, int attempt)
      throws IOException {
    boolean fleeting =
        failure instanceof NoSuchFileException
            || failure instanceof FileAlreadyExistsException
            || failure.getClass() == FileSystemException.class;
    if (!fleeting || attempt == AtomicFile.ATTEMPTS || isOther(target)) {
      throw failure;
    }
  }

  /** Whether what is there is no directory: found in one look, for others come and go. */
  private static boolean isOther(Path target) throws IOException {
    try {
      return !Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isDirectory();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean isTaken(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      return entries.iterator().hasNext();
    } catch (NoSuchFileException | NotDirectoryException e) {
      // its owner has just left it
      return false;
    }
  }

  @Override
  public void write(String directory, String name, ByteBuffer value) {
    Path base = resolve(directory);
    Path file = base.resolve(StoreKeys.check(name));
    try {
      links.checkDirectory(base);
      new AtomicFile(Ownership.of(base)).replace(file, value);
    } catch (IOException e) {
      throw new StoreException("write", file.toString(), e);
    }
  }

  @Override
  public boolean writeIfAbsent(String directory, String name, ByteBuffer value) {
    Path base = resolve(directory);
    Path file = base.resolve(StoreKeys.check(name));
    try {
      links.checkDirectory(base);
      return new AtomicFile(Ownership.of(base)).create(file, value);
    } catch (IOException e) {
      throw new StoreException("write", file.toString(), e);
    }
  }

  @Override
  public boolean moveInto(String key, String directory, String name) {
    Path source = resolve(key);
    Path base = resolve(directory);
    Path target = base.resolve(StoreKeys.check(name));
    try {
      links.checkDirectory(source.getParent());
      links.checkDirectory(base);
      if (!Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)) {
        throw new NoSuchFileException(base.toString());
      }
      if (!Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      try {
        new AtomicFile(Ownership.of(base)).move(source, target);
      } catch (AtomicMoveNotSupportedException e) {
        OtherDevice.take(source, base);
      }
      LocalTree.prune(source.getParent(), root);
      return true;
    } catch (IOException e) {
      throw new StoreException("move " + source + " to", target.toString(), e);
    }
  }

  @Override
  public boolean rename(String from, String to) {
    return rename(from, to, target -> {});
  }

  @Override
  public boolean renameMakingRoom(String from, String to) {
    Ownership ownership = Ownership.ofNeighbours(root);
    return rename(from, to, target -> ownership.makeDirectories(target.getParent()));
  }

  private interface Preparation {
    void prepare(Path target) throws IOException;
  }

  private boolean rename(String from, String to, Preparation preparation) {
    Path source = resolve(from);
    Path target = resolve(to);
    try {
      links.checkDirectory(source.getParent());
      links.checkDirectory(target.getParent());
      if (!Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      preparation.prepare(target);
      Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
      LocalTree.prune(source.getParent(), root);
      return true;
    } catch (NoSuchFileException e) {
      LocalTree.prune(target.getParent(), root);
      if (!Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      throw new StoreException("rename " + source + " to", target.toString(), e);
    } catch (IOException e) {
      throw new StoreException("rename " + source + " to", target.toString(), e);
    }
  }

  @Override
  public void requireWithin(Collection<String> keys, String directory) {
    LinkGuard guard = new LinkGuard(resolve(directory));
    for (String key : keys) {
      try {
        guard.checkDirectory(resolve(key).getParent());
      } catch (IOException e) {
        throw new StoreException("change", resolve(key).toString(), e);
      }
    }
  }

  @Override
  public boolean isWritable(String directory) {
    Path path = root.resolve(StoreKeys.checkPrefix(directory));
    return Files.isDirectory(path) && Files.isWritable(path);
  }

  @Override
  public boolean mayWritersWriteAround(String directory) {
    Path inner = resolve(directory);
    Path outer = inner.getParent();
    try {
      Optional<UnixFile> in = UnixFile.of(inner);
      Optional<UnixFile> out = UnixFile.of(outer);
      return in.isEmpty()
          || out.isEmpty()
          || out.get().letsInAllOf(in.get())
              && Files.getAttribute(inner, DEVICE).equals(Files.getAttribute(outer, DEVICE));
    } catch (IOException e) {
      throw new StoreException("look at", inner.toString(), e);
    }
  }

  @Override
  public void requireTrusted(Collection<String> keys, Collection<String> places) {
    try {
      Trust trust = new Trust(places.stream().map(this::resolve).toList());
      for (String key : keys) {
        trust.require(resolve(key));
      }
    } catch (IOException e) {
      throw new StoreException("trust", root.toString(), e);
    }
  }

  @Override
  public void requireMovable(String directory, Collection<String> keys, String within) {
    try {
      links.checkDirectory(resolve(directory));
      MoveCheck check = new MoveCheck(resolve(directory), resolve(within));
      for (String key : keys) {
        check.check(resolve(key));
      }
      check.end();
    } catch (IOException e) {
      throw new StoreException("write into", resolve(within).toString(), e);
    }
  }

  @Override
  public void sweepBeside(Collection<String> keys, String within) {
    Path outermost = resolve(within);
    Set<Path> directories = new HashSet<>();
    for (String key : keys) {
      Path each = resolve(key).getParent();
      while (each.startsWith(outermost) && directories.add(each)) {
        each = each.getParent();
      }
    }
    for (Path directory : directories) {
      try {
        links.checkDirectory(directory);
        LocalTree.sweepRightIn(directory);
      } catch (IOException e) {
        throw new StoreException("sweep", directory.toString(), e);
      }
    }
  }

  private Path resolve(String key) {
    return root.resolve(StoreKeys.check(key));
  }
}
