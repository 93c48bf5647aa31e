// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.security.UserGroupInformation;
import org.ngffspark.zarr.store.StoreException;

/**
 * Whom to believe what lies beside some places: their owners, this process, and the owner of the
 * root directory, which is the superuser's.
 */
final class HdfsTrust {
  private final DistributedFileSystem files;
  private final Set<String> owners;
  private final boolean open;

  private HdfsTrust(DistributedFileSystem files, Set<String> owners, boolean open) {
    this.files = files;
    this.owners = owners;
    this.open = open;
  }

  static HdfsTrust of(DistributedFileSystem files, List<Path> places) throws IOException {
    Set<String> owners = new HashSet<>();
    owners.add(UserGroupInformation.getCurrentUser().getShortUserName());
    owners.add(files.getFileStatus(new Path("/")).getOwner());
    boolean open = false;
    for (Path place : places) {
      FileStatus status = nearest(files, place);
      owners.add(status.getOwner());
      open |= isOpen(status);
    }
    return new HdfsTrust(files, owners, open);
  }

  private static FileStatus nearest(DistributedFileSystem files, Path place) throws IOException {
    try {
      return files.getFileStatus(place);
    } catch (IOException e) {
      HadoopStore.requireMissing(e);
      if (place.getParent() == null) {
        throw e;
      }
      return nearest(files, place.getParent());
    }
  }

  /** Whether all who may write one directory may write another, by owners, groups and modes. */
  static boolean letsIn(FileStatus outer, FileStatus inner) {
    if (isOpen(outer)) {
      return true;
    }
    boolean owner =
        outer.getOwner().equals(inner.getOwner())
            && outer.getPermission().getUserAction().implies(FsAction.WRITE);
    boolean group =
        !inner.getPermission().getGroupAction().implies(FsAction.WRITE)
            || outer.getGroup().equals(inner.getGroup())
                && outer.getPermission().getGroupAction().implies(FsAction.WRITE);
    return owner && group && !isOpen(inner);
  }

  private static boolean isOpen(FileStatus status) {
    return status.getPermission().getOtherAction().implies(FsAction.WRITE);
  }

  /**
   * @throws StoreException if what lies there cannot be trusted
   */
  void require(Path path) throws IOException {
    FileStatus status;
    try {
      status = files.getFileStatus(path);
    } catch (IOException e) {
      HadoopStore.requireMissing(e);
      return;
    }
    if (!owners.contains(status.getOwner())) {
      throw new StoreException(
          "trust",
          path.toString(),
          "it belongs to '"
              + status.getOwner()
              + "', who owns neither image nor plate; if it is of"
              + " no run remove it, else let that user recover");
    }
    if (isOpen(status) && !open) {
      throw new StoreException(
          "trust", path.toString(), "everybody may write it, but not the image; correct that");
    }
  }
}
