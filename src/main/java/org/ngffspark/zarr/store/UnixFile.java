// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Owner, group and mode of a file or directory; of a symbolic link its own.
 *
 * @param mode type and permissions, as {@code stat} shows them
 */
record UnixFile(int mode, int uid, int gid) {
  private static final int TYPE = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;
  private static final int STICKY = 01000;
  private static final int SET_GROUP = 02000;
  private static final int ALL = 0777;
  private static final int OWNER_WRITE = 0200;
  private static final int GROUP_WRITE = 0020;
  private static final int OTHER = 0007;
  private static final int OTHER_WRITE = 0002;
  private static final int EXECUTE = 0111;
  private static final int GROUP_SHIFT = 3;

  /** Looks at a file; empty if there is none, or the system has no such attributes. */
  static Optional<UnixFile> of(Path file) throws IOException {
    try {
      Map<String, Object> found =
          Files.readAttributes(file, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
      return Optional.of(
          new UnixFile((int) found.get("mode"), (int) found.get("uid"), (int) found.get("gid")));
    } catch (NoSuchFileException | UnsupportedOperationException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      if (AtomicFile.isBelowFile(file)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  boolean isDirectory() {
    return (mode & TYPE) == DIRECTORY;
  }

  boolean isRegular() {
    return (mode & TYPE) == REGULAR;
  }

  /** Whether entries of this directory may be replaced by their owners alone. */
  boolean isSticky() {
    return (mode & STICKY) != 0;
  }

  /** Whether anybody may write, or a group may that is not the other's or may not write there. */
  boolean letsInMoreThan(UnixFile other) {
    boolean group = (mode & GROUP_WRITE) != 0;
    boolean allowed = gid == other.gid && (other.mode & GROUP_WRITE) != 0;
    return (mode & OTHER_WRITE) != 0 || (group && !allowed);
  }

  /**
   * Whether whoever may write the other may write this, if the other's owner is in the other's
   * group, as its files show where the owner is not the superuser.
   */
  boolean letsInAllOf(UnixFile other) {
    boolean sameGroup = gid == other.gid;
    boolean group = (mode & (sameGroup ? GROUP_WRITE : OTHER_WRITE)) != 0;
    boolean owner = uid == other.uid ? (mode & OWNER_WRITE) != 0 : other.uid == 0 || group;
    return owner
        && (group || (other.mode & GROUP_WRITE) == 0)
        && ((mode & OTHER_WRITE) != 0 || (other.mode & OTHER_WRITE) == 0);
  }

  /** The permissions of a file beside this directory's other files, if it has none. */
  UnixFile asFile() {
    return new UnixFile(mode & ALL & ~EXECUTE, uid, gid);
  }

  /** The permissions of a directory in this one. */
  UnixFile asDirectory() {
    return new UnixFile(mode & (ALL | SET_GROUP), uid, gid);
  }

  /** The same, but that not everybody may write. */
  UnixFile guarded() {
    return new UnixFile(mode & ~OTHER_WRITE, uid, gid);
  }

  /** Whether nobody but the owner gets in. */
  boolean isPrivate() {
    return (mode & (OTHER | OTHER << GROUP_SHIFT)) == 0;
  }

  /**
   * Gives a file these permissions, and owner and group as far as the user may. A group that cannot
   * be given may do no more than everybody, for the file would let in one that was not meant.
   */
  void giveTo(Path file) throws IOException {
    Optional<UnixFile> now = of(file);
    if (now.isEmpty()) {
      return;
    }
    if (now.get().uid != uid) {
      isSet(file, "unix:uid", uid);
    }
    boolean ofGroup = now.get().gid == gid || isSet(file, "unix:gid", gid);
    int permissions = mode & (ALL | SET_GROUP);
    int wanted = ofGroup ? permissions : permissions & ~withoutGroup(permissions);
    if ((now.get().mode & (ALL | SET_GROUP)) != wanted) {
      isSet(file, "unix:mode", wanted);
    }
  }

  /** What a group may and others may not. */
  private static int withoutGroup(int permissions) {
    int group = permissions >> GROUP_SHIFT & OTHER;
    return (group & ~permissions & OTHER) << GROUP_SHIFT;
  }

  /** Whether an attribute could be set; only some users may. */
  private static boolean isSet(Path file, String attribute, int value) throws IOException {
    try {
      Files.setAttribute(file, attribute, value);
      return true;
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException notAllowed) {
      return false;
    }
  }
}
