// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A directory of the local file system, or of one that looks like it (NFS, Lustre).
 *
 * <p>A value is written under a temporary name in its directory and renamed. Symbolic links are
 * followed inside the root and refused where they lead out of it; the root itself may be one. A
 * link to nothing is an error, not a missing key: behind it may be a disk that is not mounted.
 */
public final class LocalStore implements Store {
  private static final long serialVersionUID = 1L;

  private final String directory;
  private final LinkPolicy policy;
  private final transient Path root;

  /** Asked for with each chunk, for messages; to make it looks at the directory. */
  private final transient URI uri;

  /** Of what is written. */
  private final transient LinkGuard links;

  /** Of what is read. */
  private final transient LinkGuard read;

  private final transient Ownership ownership;
  private final transient AtomicFile files;

  private LocalStore(Path root, LinkPolicy policy) {
    this.root = root;
    this.uri = uriOf(root);
    this.policy = policy;
    this.directory = root.toString();
    this.links = new LinkGuard(root);
    this.read = policy == LinkPolicy.INSIDE ? links : LinkGuard.openTo(root);
    this.ownership = Ownership.ofNeighbours(root);
    this.files = new AtomicFile(ownership);
  }

  /** The store whose keys are files below {@code root}, which need not exist yet. */
  public static LocalStore at(Path root) {
    return at(root, LinkPolicy.INSIDE);
  }

  /** The same, reading through links as it is told. */
  public static LocalStore at(Path root, LinkPolicy policy) {
    return new LocalStore(root.toAbsolutePath().normalize(), policy);
  }

  @Serial
  private Object readResolve() {
    return at(Path.of(directory), policy);
  }

  @Override
  public URI uri() {
    return uri;
  }

  /** Without the slash that a directory has where it is there already. */
  private static URI uriOf(Path root) {
    String uri = root.toUri().toString();
    boolean trimmed = uri.endsWith("/") && root.getParent() != null;
    return URI.create(trimmed ? uri.substring(0, uri.length() - 1) : uri);
  }

  @Override
  public Optional<ByteBuffer> read(String key, BufferSource buffers) {
    return read(key, Optional.empty(), buffers);
  }

  @Override
  public Optional<ByteBuffer> read(String key, ByteRange range, BufferSource buffers) {
    return read(key, Optional.of(range), buffers);
  }

  private Optional<ByteBuffer> read(String key, Optional<ByteRange> range, BufferSource buffers) {
    Path file = file(key);
    try {
      if (!isRegular(file)) {
        return Optional.empty();
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        long size = channel.size();
        ByteRange.Slice slice = slice(range, size).orElseThrow(() -> outside(file, range, size));
        ByteBuffer buffer = buffers.take(slice.length());
        FileBytes.read(channel, slice.offset(), buffer);
        return Optional.of(buffer.flip());
      }
    } catch (IOException e) {
      return noneIfMissing("read", file, e);
    }
  }

  private static Optional<ByteRange.Slice> slice(Optional<ByteRange> range, long size) {
    return range.isEmpty() ? Optional.of(new ByteRange.Slice(0, size)) : range.get().within(size);
  }

  private static StoreException outside(Path file, Optional<ByteRange> range, long size) {
    return StoreException.outside(file.toString(), range.orElseThrow(), size);
  }

  private boolean isRegular(Path file) throws IOException {
    return found(file).isRegularFile();
  }

  /**
   * What lies there, through links as far as they may be followed. To open a pipe or a device can
   * wait for ever, or do something.
   */
  private BasicFileAttributes found(Path file) throws IOException {
    read.checkDirectory(file.getParent());
    BasicFileAttributes found = attributes(file, LinkOption.NOFOLLOW_LINKS);
    if (found.isSymbolicLink()) {
      read.check(file);
      found = attributes(file);
    }
    if (found.isOther()) {
      throw new FileSystemException(
          file.toString(), null, "it is a pipe, a socket or a device; expected a file");
    }
    return found;
  }

  @Override
  public Optional<KeyStatus> status(String key) {
    Path file = file(key);
    try {
      BasicFileAttributes found = found(file);
      return found.isRegularFile()
          ? Optional.of(new KeyStatus(found.size(), found.lastModifiedTime().toInstant()))
          : Optional.empty();
    } catch (IOException e) {
      return noneIfMissing("look at", file, e);
    }
  }

  private static BasicFileAttributes attributes(Path file, LinkOption... options)
      throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, options);
  }

  @Override
  public void write(String key, ByteBuffer value) {
    Path file = file(key);
    try {
      links.checkDirectory(file.getParent());
      files.replace(file, value);
    } catch (IOException e) {
      throw writeFailure(file, e);
    }
  }

  @Override
  public boolean writeIfAbsent(String key, ByteBuffer value) {
    Path file = file(key);
    try {
      links.checkDirectory(file.getParent());
      return files.create(file, value);
    } catch (IOException e) {
      throw writeFailure(file, e);
    }
  }

  /** Takes away the directories that were made for a value that could not be written. */
  private StoreException writeFailure(Path file, IOException failure) {
    prune(file.getParent());
    return failure("write", file, failure);
  }

  @Override
  public void move(String from, String to) {
    Path source = file(from);
    Path target = file(to);
    try {
      links.checkDirectory(source.getParent());
      links.checkDirectory(target.getParent());
      if (!Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
        throw new NoSuchFileException(source.toString());
      }
      ownership.give(source, target);
      try {
        files.move(source, target);
      } catch (AtomicMoveNotSupportedException e) {
        OtherDevice.bring(source, target, ownership);
      }
    } catch (IOException e) {
      throw new StoreException("move " + source + " to", target.toString(), e);
    }
  }

  @Override
  public void delete(String key) {
    Path file = file(key);
    try {
      links.checkDirectory(file.getParent());
      if (attributes(file, LinkOption.NOFOLLOW_LINKS).isDirectory()) {
        return;
      }
      Files.deleteIfExists(file);
    } catch (IOException e) {
      noneIfMissing("delete", file, e);
    }
    prune(file.getParent());
  }

  private void prune(Path start) {
    LocalTree.prune(start, root);
  }

  @Override
  public List<String> list(String prefix) {
    return List.copyOf(statuses(prefix).keySet());
  }

  @Override
  public SortedMap<String, KeyStatus> statuses(String prefix) {
    Path start = directory(prefix);
    SortedMap<String, KeyStatus> statuses = new TreeMap<>();
    try {
      read.checkDirectory(start);
      LocalTree.files(start, read).forEach((file, status) -> statuses.put(key(file), status));
    } catch (IOException e) {
      throw failure("list", start, e);
    }
    return statuses;
  }

  private String key(Path file) {
    return root.relativize(file).toString();
  }

  @Override
  public void deleteTree(String prefix) {
    Path start = directory(prefix);
    try {
      links.checkDirectory(start);
      LocalTree.delete(start, root);
    } catch (IOException e) {
      throw failure("delete", start, e);
    }
    prune(start.equals(root) ? root : start.getParent());
  }

  @Override
  public void sweep(String prefix) {
    Path start = directory(prefix);
    try {
      links.checkDirectory(start);
      LocalTree.sweep(start, root);
    } catch (IOException e) {
      throw failure("sweep", start, e);
    }
    prune(start.equals(root) ? root : start.getParent());
  }

  @Override
  public void force(Collection<String> keys) {
    Set<Path> directories = new LinkedHashSet<>();
    for (String key : keys) {
      Path file = file(key);
      force(file);
      for (Path each = file.getParent(); directories.add(each) && !each.equals(root); ) {
        each = each.getParent();
      }
    }
    directories.forEach(LocalStore::force);
  }

  private static void force(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (NoSuchFileException e) {
      // what is not there needs no forcing: its directory, forced after it, says so
      return;
    } catch (IOException e) {
      throw failure("force to disk", path, e);
    }
  }

  @Override
  public Optional<StoreDirectories> directories() {
    return Optional.of(new LocalDirectories(root, links));
  }

  private Path file(String key) {
    Path file = root.resolve(StoreKeys.check(key));
    if (TemporaryNames.is(file)) {
      throw new IllegalArgumentException("Key '" + key + "' has the form of a temporary name");
    }
    return file;
  }

  private Path directory(String prefix) {
    return root.resolve(StoreKeys.checkPrefix(prefix));
  }

  /** A path through something that is not a directory names nothing, as on an object store. */
  private static <T> Optional<T> noneIfMissing(String operation, Path file, IOException failure) {
    if (failure instanceof NoSuchFileException
        || Files.isDirectory(file)
        || AtomicFile.isBelowFile(file)) {
      return Optional.empty();
    }
    throw failure(operation, file, failure);
  }

  private static StoreException failure(String operation, Path file, IOException cause) {
    if (cause instanceof DirectoryNotEmptyException) {
      return new StoreException(operation, file.toString(), "it is a directory that is not empty");
    }
    return new StoreException(operation, file.toString(), cause);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LocalStore store
        && store.directory.equals(directory)
        && store.policy == policy;
  }

  @Override
  public int hashCode() {
    return directory.hashCode();
  }

  @Override
  public String toString() {
    return uri().toString();
  }
}
