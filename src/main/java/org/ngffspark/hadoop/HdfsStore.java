// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.client.HdfsDataInputStream;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;
import org.ngffspark.zarr.store.StoreDirectories;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreKeys;
import org.ngffspark.zarr.store.TemporaryNames;

/** HDFS: renames are done in one step by the name node, as on a local file system. */
final class HdfsStore extends HadoopStore {
  private static final long serialVersionUID = 1L;

  HdfsStore(URI root, HadoopSettings settings) {
    super(root, settings);
  }

  DistributedFileSystem hdfs() {
    return (DistributedFileSystem) files();
  }

  private HdfsFiles whole() {
    return new HdfsFiles(hdfs());
  }

  /** One question to the name node: the open file knows its length. */
  @Override
  Optional<OpenFile> open(Path path) throws IOException {
    try {
      FSDataInputStream stream = hdfs().open(path);
      return Optional.of(new OpenFile(stream, ((HdfsDataInputStream) stream).getVisibleLength()));
    } catch (IOException e) {
      requireMissing(e);
      return Optional.empty();
    }
  }

  /** A file that is replaced is another one, however fast. */
  @Override
  String version(FileStatus status) {
    return status instanceof HdfsFileStatus known ? Long.toString(known.getFileId()) : "";
  }

  @Override
  public void write(String key, ByteBuffer value) {
    Path file = path(StoreKeys.check(key));
    try {
      whole().replace(new Path("/"), file, value);
    } catch (IOException e) {
      throw new StoreException("write", file.toString(), e);
    }
  }

  @Override
  public boolean writeIfAbsent(String key, ByteBuffer value) {
    Path file = path(StoreKeys.check(key));
    try {
      return whole().create(new Path("/"), file, value);
    } catch (IOException e) {
      throw new StoreException("write", file.toString(), e);
    }
  }

  @Override
  public void move(String from, String to) {
    Path source = path(StoreKeys.check(from));
    Path target = path(StoreKeys.check(to));
    try {
      if (fileStatus(source).isEmpty()) {
        throw new FileNotFoundException("there is no such key");
      }
      whole().moveInto(new Path("/"), source, target);
      prune(source.getParent());
    } catch (IOException e) {
      throw new StoreException("move " + source + " to", target.toString(), e);
    }
  }

  /** Leaves what is being written and what others have just made: they try again. */
  @Override
  public void sweep(String prefix) {
    Path start = path(StoreKeys.checkPrefix(prefix));
    try {
      sweep(start);
      pruneDirectory(start);
    } catch (IOException e) {
      throw new StoreException("sweep", start.toString(), e);
    }
  }

  private void sweep(Path directory) throws IOException {
    for (FileStatus each : entries(directory)) {
      if (TemporaryNames.is(each.getPath().getName())) {
        hdfs().delete(each.getPath(), true);
      } else if (each.isDirectory()) {
        sweep(each.getPath());
        prune(each.getPath());
      }
    }
  }

  @Override
  public Optional<StoreDirectories> directories() {
    return Optional.of(new HdfsDirectories(this));
  }
}
