// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Who may tell others what to do at some places: their owners, the superuser, the user of this
 * process. What lies beside a place may be anybody's.
 */
final class Trust {
  private static final int SUPERUSER = 0;

  private final List<Path> places = new ArrayList<>();
  private final List<UnixFile> owned = new ArrayList<>();

  /**
   * @param places what it is about; for one that is not there what it would lie in counts
   */
  Trust(Collection<Path> places) throws IOException {
    for (Path place : places) {
      Path each = place;
      while (!Files.exists(each, LinkOption.NOFOLLOW_LINKS) && each.getParent() != null) {
        each = each.getParent();
      }
      this.places.add(each);
      UnixFile.of(each).ifPresent(owned::add);
    }
  }

  /**
   * Looks who put a file or directory there, and who else may write it.
   *
   * @throws FileSystemException if it cannot be trusted
   */
  void require(Path path) throws IOException {
    Optional<UnixFile> found = UnixFile.of(path);
    if (found.isEmpty() || owned.isEmpty()) {
      return;
    }
    UnixFile file = found.get();
    if (!file.isDirectory() && !file.isRegular()) {
      throw refusal(path, "it is neither a file nor a directory");
    }
    boolean known =
        file.uid() == SUPERUSER
            || file.uid() == new UnixSystem().getUid()
            || owned.stream().anyMatch(place -> place.uid() == file.uid());
    if (!known) {
      throw refusal(
          path,
          "it belongs to "
              + Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName()
              + ", who is neither you, nor root, nor the owner of "
              + places.get(0));
    }
    if (owned.stream().allMatch(file::letsInMoreThan)) {
      throw refusal(path, "others may write it than may write " + places.get(0));
    }
  }

  private static FileSystemException refusal(Path path, String problem) {
    return new FileSystemException(
        path.toString(),
        null,
        problem
            + "; nothing in it is believed. If no run of that user is at work and it is no trap,"
            + " let that user recover, or remove it");
  }
}
