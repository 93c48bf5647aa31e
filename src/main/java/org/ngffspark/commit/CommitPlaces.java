// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ngffspark.zarr.OuterGroups;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreDirectories;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StorePath;

/**
 * Which of its two areas a run on a container takes. Beside the outermost group is the better one,
 * but only of use where all who may write the group may write there too; else it is the one inside.
 * This follows from owners and modes that all see, so runs of different users meet in one area.
 * Where these tell too little (access lists, read-only mounts) a user takes the area that can be
 * written. So whoever has taken one looks at the other, and whoever recovers looks at both.
 */
final class CommitPlaces {
  /** Folders between a plate and what an image of it holds: row, column and image. */
  private static final int DEEPEST = 3;

  private CommitPlaces() {}

  /** The two areas of a container, or its one on a store without directories. */
  static List<CommitArea> of(StorePath container) {
    CommitArea beside = CommitArea.of(container);
    return beside.renames() ? List.of(beside, beside.other()) : List.of(beside);
  }

  /**
   * The area that a run takes which is about to begin.
   *
   * @throws StoreException if this user may write neither
   */
  static CommitArea forRun(StorePath container) {
    CommitArea beside = CommitArea.of(container);
    if (!beside.renames()) {
      return beside;
    }
    CommitArea preferred = preferred(beside);
    if (isWritable(preferred)) {
      return preferred;
    }
    if (!OuterGroups.isGroup(group(beside))) {
      return beside;
    }
    if (isWritable(preferred.other())) {
      return preferred.other();
    }
    throw new StoreException(
        "lock",
        beside.path().toString(),
        "you may write neither into "
            + group(beside)
            + " nor into the folder that it lies in; a run needs one of them, for its lock and for"
            + " units that wait");
  }

  /** Whether all who look at owners and modes alone come to this area. */
  static boolean isPreferred(CommitArea area) {
    return area.equals(preferred(area));
  }

  private static CommitArea preferred(CommitArea area) {
    boolean beside =
        area.directories().mayWritersWriteAround(area.root()) || !OuterGroups.isGroup(group(area));
    return area.at(beside ? AreaPlace.BESIDE : AreaPlace.INSIDE);
  }

  private static boolean isWritable(CommitArea area) {
    StoreDirectories directories = area.directories();
    return switch (area.place()) {
      case BESIDE -> directories.isWritable(around(area.root()));
      case INSIDE -> directories.isWritable(area.root());
    };
  }

  private static String around(String key) {
    return key.substring(0, Math.max(0, key.lastIndexOf('/')));
  }

  private static StorePath group(CommitArea area) {
    return new StorePath(area.store(), area.root());
  }

  /**
   * Containers below a place that is no group yet, as images of a plate whose own metadata are
   * written when the images are: of each that something was left of.
   *
   * @param place with a name in its store
   */
  static List<StorePath> unlisted(StorePath place) {
    if (OuterGroups.isGroup(place)) {
      return List.of();
    }
    Set<String> found = new LinkedHashSet<>();
    Store store = place.store();
    if (store.directories().isPresent()) {
      collect(store.directories().get(), place.path(), DEEPEST, found);
    } else {
      store.list(place.path()).forEach(key -> AreaPlace.groupOf(key).ifPresent(found::add));
    }
    found.remove(place.path());
    return found.stream().map(path -> new StorePath(store, path)).toList();
  }

  private static void collect(
      StoreDirectories directories, String directory, int deep, Set<String> found) {
    for (String name : directories.names(directory)) {
      String key = directory + "/" + name;
      Optional<String> group = AreaPlace.groupOf(key + "/");
      if (group.isPresent()) {
        found.add(group.get());
      } else if (deep > 0) {
        collect(directories, key, deep - 1, found);
      }
    }
  }
}
