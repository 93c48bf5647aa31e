// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.security.AccessControlException;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.ByteRange;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreKeys;
import org.ngffspark.zarr.store.TemporaryNames;

/**
 * Any file system of Hadoop, for reading and for writing files that nobody else writes: of some it
 * is not known which of their operations are done in one step.
 */
class HadoopStore implements Store {
  private static final long serialVersionUID = 1L;

  private final URI root;
  private final HadoopSettings settings;
  private transient volatile FileSystem files;

  HadoopStore(URI root, HadoopSettings settings) {
    this.root = root;
    this.settings = settings;
  }

  @Override
  public final URI uri() {
    return root;
  }

  final HadoopSettings settings() {
    return settings;
  }

  final FileSystem files() {
    FileSystem known = files;
    if (known == null) {
      known = settings.fileSystem(root);
      files = known;
    }
    return known;
  }

  /** Where a key, or the store itself for an empty one, lies. */
  final Path path(String key) {
    String base = root.getPath();
    String absolute = key.isEmpty() ? base : base + "/" + key;
    return new Path(root.getScheme(), root.getAuthority(), absolute.isEmpty() ? "/" : absolute);
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
    Path path = path(StoreKeys.check(key));
    try {
      Optional<OpenFile> file = open(path);
      if (file.isEmpty()) {
        return Optional.empty();
      }
      try (FSDataInputStream in = file.get().stream()) {
        long length = file.get().length();
        ByteRange.Slice slice =
            range
                .map(wanted -> within(path, wanted, length))
                .orElseGet(() -> new ByteRange.Slice(0, length));
        return Optional.of(read(in, slice, buffers.take(slice.length())));
      }
    } catch (IOException e) {
      throw new StoreException("read", path.toString(), e);
    }
  }

  private static ByteRange.Slice within(Path path, ByteRange range, long length) {
    return range
        .within(length)
        .orElseThrow(() -> StoreException.outside(path.toString(), range, length));
  }

  private static ByteBuffer read(FSDataInputStream in, ByteRange.Slice slice, ByteBuffer buffer)
      throws IOException {
    in.readFully(slice.offset(), buffer.array(), buffer.arrayOffset(), (int) slice.length());
    return buffer.position(0).limit((int) slice.length());
  }

  /** A file that is open, and the length of what will be read of it. */
  record OpenFile(FSDataInputStream stream, long length) {}

  /** Opens a file; empty if there is none. */
  Optional<OpenFile> open(Path path) throws IOException {
    Optional<FileStatus> status = fileStatus(path);
    if (status.isEmpty()) {
      return Optional.empty();
    }
    try {
      FSDataInputStream stream = files().openFile(path).withFileStatus(status.get()).build().join();
      return Optional.of(new OpenFile(stream, status.get().getLen()));
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e);
    }
  }

  /** Status of a file; empty if there is none. */
  final Optional<FileStatus> fileStatus(Path path) throws IOException {
    try {
      return Optional.of(files().getFileStatus(path)).filter(FileStatus::isFile);
    } catch (IOException e) {
      requireMissing(e);
      return Optional.empty();
    }
  }

  /** Throws the failure unless it says that there is no such file, or that one is in the way. */
  static void requireMissing(IOException failure) throws IOException {
    boolean below =
        failure instanceof AccessControlException
            && String.valueOf(failure.getMessage()).contains("is not a directory");
    if (!below
        && !(failure instanceof FileNotFoundException)
        && !(failure instanceof ParentNotDirectoryException)) {
      throw failure;
    }
  }

  @Override
  public Optional<KeyStatus> status(String key) {
    Path path = path(StoreKeys.check(key));
    try {
      return fileStatus(path).map(this::keyStatus);
    } catch (IOException e) {
      throw new StoreException("look at", path.toString(), e);
    }
  }

  final KeyStatus keyStatus(FileStatus status) {
    return new KeyStatus(
        status.getLen(), Instant.ofEpochMilli(status.getModificationTime()), version(status));
  }

  /** What tells files of one name apart besides length and time. */
  String version(FileStatus status) {
    return status instanceof EtagSource tagged && tagged.getEtag() != null ? tagged.getEtag() : "";
  }

  @Override
  public void write(String key, ByteBuffer value) {
    Path path = path(StoreKeys.check(key));
    try {
      write(files().create(path, true), value);
    } catch (IOException e) {
      throw new StoreException("write", path.toString(), e);
    }
  }

  @Override
  public boolean writeIfAbsent(String key, ByteBuffer value) {
    Path path = path(StoreKeys.check(key));
    try {
      write(files().create(path, false), value);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new StoreException("write", path.toString(), e);
    }
  }

  static void write(FSDataOutputStream stream, ByteBuffer value) throws IOException {
    try (FSDataOutputStream out = stream) {
      if (value.hasArray()) {
        out.write(value.array(), value.arrayOffset() + value.position(), value.remaining());
      } else {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        out.write(bytes);
      }
    }
  }

  @Override
  public void move(String from, String to) {
    write(
        to,
        read(from)
            .orElseThrow(
                () -> new StoreException("move", path(from).toString(), "there is no such key")));
    delete(from);
  }

  @Override
  public void delete(String key) {
    Path path = path(StoreKeys.check(key));
    try {
      if (fileStatus(path).isPresent()) {
        files().delete(path, false);
        prune(path.getParent());
      }
    } catch (IOException e) {
      throw new StoreException("delete", path.toString(), e);
    }
  }

  /** Removes a directory of the store and those around it, as long as nothing lies in them. */
  final void prune(Path directory) throws IOException {
    Path top = path("");
    for (Path each = directory; isBelow(each, top); each = each.getParent()) {
      try {
        if (!files().delete(each, false)) {
          return;
        }
      } catch (PathIsNotEmptyDirectoryException | FileNotFoundException e) {
        return;
      }
    }
  }

  /** As {@link #prune}, where a file may lie instead. */
  final void pruneDirectory(Path directory) throws IOException {
    if (fileStatus(directory).isEmpty()) {
      prune(directory);
    }
  }

  static boolean isBelow(Path path, Path directory) {
    String base = directory.toUri().getPath();
    String start = base.endsWith("/") ? base : base + "/";
    return path != null && path.toUri().getPath().startsWith(start);
  }

  @Override
  public final List<String> list(String prefix) {
    return List.copyOf(statuses(prefix).keySet());
  }

  @Override
  public final SortedMap<String, KeyStatus> statuses(String prefix) {
    Path start = path(StoreKeys.checkPrefix(prefix));
    SortedMap<String, KeyStatus> statuses = new TreeMap<>();
    try {
      walk(start, prefix, (key, status) -> statuses.put(key, keyStatus(status)));
    } catch (IOException e) {
      throw new StoreException("list", start.toString(), e);
    }
    return statuses;
  }

  /** Hands over all files below a directory; others may add and remove some meanwhile. */
  private void walk(Path directory, String key, BiConsumer<String, FileStatus> taken)
      throws IOException {
    for (FileStatus each : entries(directory)) {
      String name = each.getPath().getName();
      if (TemporaryNames.is(name)) {
        continue;
      }
      String below = key.isEmpty() ? name : key + "/" + name;
      if (each.isDirectory()) {
        walk(each.getPath(), below, taken);
      } else {
        taken.accept(below, each);
      }
    }
  }

  /** What lies right in a directory; nothing if it is none. */
  final List<FileStatus> entries(Path directory) throws IOException {
    List<FileStatus> entries = new ArrayList<>();
    try {
      for (FileStatus each : files().listStatus(directory)) {
        if (!each.getPath().equals(directory)) {
          entries.add(each);
        }
      }
    } catch (IOException e) {
      requireMissing(e);
    }
    return entries;
  }

  @Override
  public void deleteTree(String prefix) {
    Path start = path(StoreKeys.checkPrefix(prefix));
    try {
      for (FileStatus each : entries(start)) {
        files().delete(each.getPath(), true);
      }
      pruneDirectory(start);
    } catch (IOException e) {
      throw new StoreException("delete", start.toString(), e);
    }
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
