// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.ngffspark.zarr.store.StoreDirectories;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreKeys;
import org.ngffspark.zarr.store.TemporaryNames;

/** Directories of HDFS, which has no links that lead out of them. */
final class HdfsDirectories implements StoreDirectories {
  private final HdfsStore store;
  private final DistributedFileSystem files;
  private final HdfsFiles whole;

  HdfsDirectories(HdfsStore store) {
    this.store = store;
    this.files = store.hdfs();
    this.whole = new HdfsFiles(files);
  }

  private Path path(String key) {
    return store.path(StoreKeys.check(key));
  }

  @Override
  public List<String> names(String directory) {
    Path start = path(directory);
    try {
      return store.entries(start).stream()
          .map(each -> each.getPath().getName())
          .filter(name -> !TemporaryNames.is(name))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new StoreException("list", start.toString(), e);
    }
  }

  @Override
  public boolean claim(String directory, String name, ByteBuffer value, String place) {
    Path target = path(directory);
    StoreKeys.check(name);
    try {
      for (int attempt = 1; ; attempt++) {
        Path temporary = new Path(target.getParent(), TemporaryNames.unused());
        try {
          whole.replace(new Path("/"), new Path(temporary, name), value);
          whole.rename(temporary, target, Options.Rename.OVERWRITE);
          return true;
        } catch (IOException e) {
          files.delete(temporary, true);
          store.prune(target.getParent());
          if (!store.entries(target).isEmpty()) {
            return false;
          }
          if (attempt == HdfsFiles.ATTEMPTS || store.fileStatus(target).isPresent()) {
            throw e;
          }
        }
      }
    } catch (IOException e) {
      throw new StoreException("write", new Path(target, name).toString(), e);
    }
  }

  @Override
  public void write(String directory, String name, ByteBuffer value) {
    Path base = path(directory);
    Path file = new Path(base, StoreKeys.check(name));
    try {
      whole.replace(base, file, value);
    } catch (IOException e) {
      throw new StoreException("write", file.toString(), e);
    }
  }

  @Override
  public boolean writeIfAbsent(String directory, String name, ByteBuffer value) {
    Path base = path(directory);
    Path file = new Path(base, StoreKeys.check(name));
    try {
      return whole.create(base, file, value);
    } catch (IOException e) {
      throw new StoreException("write", file.toString(), e);
    }
  }

  @Override
  public boolean moveInto(String key, String directory, String name) {
    Path source = path(key);
    Path base = path(directory);
    Path target = new Path(base, StoreKeys.check(name));
    try {
      if (!files.exists(base)) {
        throw new FileNotFoundException("there is no directory " + base);
      }
      if (!files.exists(source)) {
        return false;
      }
      whole.moveInto(base, source, target);
      store.prune(source.getParent());
      return true;
    } catch (IOException e) {
      throw new StoreException("move " + source + " to", target.toString(), e);
    }
  }

  @Override
  public boolean rename(String from, String to) {
    return rename(path(from), path(to));
  }

  @Override
  public boolean renameMakingRoom(String from, String to) {
    Path target = path(to);
    try {
      if (files.exists(path(from))) {
        whole.makeDirectories(new Path("/"), target.getParent());
      }
    } catch (IOException e) {
      throw new StoreException("make", target.getParent().toString(), e);
    }
    return rename(path(from), target);
  }

  private boolean rename(Path source, Path target) {
    try {
      if (!isDirectory(source)) {
        return false;
      }
      whole.rename(source, target, Options.Rename.OVERWRITE);
      store.prune(source.getParent());
      return true;
    } catch (IOException e) {
      if (e instanceof FileNotFoundException && !isThere(source, e)) {
        return false;
      }
      throw new StoreException("rename " + source + " to", target.toString(), e);
    }
  }

  private boolean isThere(Path source, IOException failure) {
    try {
      return files.exists(source);
    } catch (IOException e) {
      failure.addSuppressed(e);
      return true;
    }
  }

  private boolean isDirectory(Path path) throws IOException {
    try {
      return files.getFileStatus(path).isDirectory();
    } catch (IOException e) {
      HadoopStore.requireMissing(e);
      return false;
    }
  }

  @Override
  public boolean isWritable(String directory) {
    Path path = directory.isEmpty() ? store.path("") : path(directory);
    try {
      files.access(path, FsAction.WRITE_EXECUTE);
      return isDirectory(path);
    } catch (AccessControlException e) {
      return false;
    } catch (IOException e) {
      requireMissing(path, e);
      return false;
    }
  }

  private static void requireMissing(Path path, IOException failure) {
    try {
      HadoopStore.requireMissing(failure);
    } catch (IOException e) {
      throw new StoreException("look at", path.toString(), e);
    }
  }

  @Override
  public boolean mayWritersWriteAround(String directory) {
    Path inner = path(directory);
    try {
      return !isDirectory(inner)
          || HdfsTrust.letsIn(files.getFileStatus(inner.getParent()), files.getFileStatus(inner));
    } catch (IOException e) {
      throw new StoreException("look at", inner.toString(), e);
    }
  }

  @Override
  public void requireTrusted(Collection<String> keys, Collection<String> places) {
    try {
      HdfsTrust trust = HdfsTrust.of(files, places.stream().map(this::path).toList());
      for (String key : keys) {
        trust.require(path(key));
      }
    } catch (IOException e) {
      throw new StoreException("trust", store.uri().toString(), e);
    }
  }

  @Override
  public void requireMovable(String directory, Collection<String> keys, String within) {
    requireWithin(keys, within);
    Set<Path> checked = new HashSet<>();
    try {
      for (String key : keys) {
        Optional<Path> parent = existing(path(key).getParent());
        if (parent.isPresent() && checked.add(parent.get())) {
          files.access(parent.get(), FsAction.WRITE_EXECUTE);
        }
      }
    } catch (IOException e) {
      throw new StoreException("write into", path(within).toString(), e);
    }
  }

  /** The nearest directory that is there. */
  private Optional<Path> existing(Path directory) throws IOException {
    Path each = directory;
    while (each != null && !files.exists(each)) {
      each = each.getParent();
    }
    return Optional.ofNullable(each);
  }

  @Override
  public void requireWithin(Collection<String> keys, String directory) {
    Path outer = path(directory);
    for (String key : keys) {
      if (!HadoopStore.isBelow(path(key), outer)) {
        throw new StoreException("change", path(key).toString(), "it does not lie in " + outer);
      }
    }
  }

  @Override
  public void sweepBeside(Collection<String> keys, String within) {
    Path outermost = path(within);
    Set<Path> directories = new HashSet<>();
    for (String key : keys) {
      Path each = path(key).getParent();
      while ((each.equals(outermost) || HadoopStore.isBelow(each, outermost))
          && directories.add(each)) {
        each = each.getParent();
      }
    }
    try {
      for (Path directory : directories) {
        sweepRightIn(directory);
      }
    } catch (IOException e) {
      throw new StoreException("sweep", outermost.toString(), e);
    }
  }

  private void sweepRightIn(Path directory) throws IOException {
    for (FileStatus each : store.entries(directory)) {
      if (TemporaryNames.is(each.getPath().getName())) {
        files.delete(each.getPath(), true);
      }
    }
  }
}
