// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.ngffspark.zarr.store.TemporaryNames;

/**
 * Files of HDFS that get their names when they are whole. A file can be created, and a directory
 * made, only in a directory that is there: so nothing comes back that somebody has renamed.
 */
final class HdfsFiles {
  /** How often what others remove meanwhile is made anew. */
  static final int ATTEMPTS = 20;

  private final DistributedFileSystem files;

  HdfsFiles(DistributedFileSystem files) {
    this.files = files;
  }

  private interface Step {
    void run() throws IOException;
  }

  /**
   * Writes a file, or another one in its place.
   *
   * @param base directory that must be there; those between it and the file are made
   */
  void replace(Path base, Path file, ByteBuffer value) throws IOException {
    Path temporary = new Path(file.getParent(), TemporaryNames.unused());
    inDirectory(
        base,
        file.getParent(),
        () -> {
          write(temporary, value);
          rename(temporary, file, Options.Rename.OVERWRITE);
        });
  }

  /**
   * Writes a file unless there is one, and returns whether it did.
   *
   * @param base directory that must be there; those between it and the file are made
   */
  boolean create(Path base, Path file, ByteBuffer value) throws IOException {
    Path temporary = new Path(file.getParent(), TemporaryNames.unused());
    try {
      inDirectory(
          base,
          file.getParent(),
          () -> {
            write(temporary, value);
            rename(temporary, file, Options.Rename.NONE);
          });
      return true;
    } catch (FileAlreadyExistsException e) {
      files.delete(temporary, false);
      return false;
    }
  }

  /** Renames a file or a directory, replacing a file, or a directory that nothing lies in. */
  void rename(Path from, Path to, Options.Rename option) throws IOException {
    files.rename(from, to, option);
  }

  /** Renames a file, making the directories that it needs below {@code base}. */
  void moveInto(Path base, Path from, Path to) throws IOException {
    inDirectory(base, to.getParent(), () -> rename(from, to, Options.Rename.OVERWRITE));
  }

  private void write(Path file, ByteBuffer value) throws IOException {
    FSDataOutputStream stream = files.createFile(file).overwrite(true).build();
    HadoopStore.write(stream, value);
  }

  /** Tries first and makes directories only if that fails: it hardly ever does. */
  private void inDirectory(Path base, Path directory, Step step) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        step.run();
        return;
      } catch (FileNotFoundException e) {
        if (attempt == ATTEMPTS || !files.exists(base)) {
          throw e;
        }
      }
      makeDirectories(base, directory);
    }
  }

  /** Makes the directories below {@code base}; others may remove them meanwhile. */
  void makeDirectories(Path base, Path directory) throws IOException {
    if (directory.equals(base) || files.exists(directory)) {
      return;
    }
    makeDirectories(base, directory.getParent());
    try {
      files.mkdir(directory, FsPermission.getDirDefault());
    } catch (FileAlreadyExistsException e) {
      if (!files.getFileStatus(directory).isDirectory()) {
        throw e;
      }
    } catch (FileNotFoundException e) {
      if (!files.exists(base)) {
        throw e;
      }
    }
  }
}
