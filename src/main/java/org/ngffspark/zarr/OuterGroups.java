// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/**
 * Groups that a local folder lies in, as an image of a plate does that was opened by its own path.
 */
public final class OuterGroups {
  /** Folders without metadata that may lie between two groups: rows of plates often have none. */
  private static final int GAP = 2;

  private OuterGroups() {}

  /**
   * The groups around the root of a store, each as the root of a store; where the root is a link,
   * those on both its sides. Only local folders are looked into.
   */
  static List<StorePath> of(Store store) {
    URI uri = store.uri();
    if (!StoreLocations.isLocal(uri)) {
      return List.of();
    }
    Set<Path> groups = new LinkedHashSet<>();
    Stream.of(uri, StoreLocations.canonical(uri))
        .map(Path::of)
        .distinct()
        .forEach(root -> groups.addAll(around(root)));
    return groups.stream().map(LocalStore::at).map(StorePath::root).toList();
  }

  /** The groups around a folder, the nearest first. */
  public static List<Path> around(Path folder) {
    List<Path> groups = new ArrayList<>();
    Optional<Path> each = Optional.ofNullable(folder.getParent());
    for (int missing = 0; each.isPresent() && missing <= GAP; missing++) {
      if (isGroup(each.get())) {
        groups.add(each.get());
        missing = -1;
      }
      each = each.map(Path::getParent);
    }
    return groups;
  }

  private static boolean isGroup(Path folder) {
    return Stream.of("zarr.json", ".zgroup", ".zattrs")
        .anyMatch(name -> Files.exists(folder.resolve(name)));
  }
}
