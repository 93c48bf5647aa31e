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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/**
 * Groups that a node lies in, as an image of a plate does that was opened by its own path: above it
 * in its store, and around the store's root.
 */
public final class OuterGroups {
  /** Folders without metadata that may lie between two groups: rows of plates often have none. */
  private static final int GAP = 2;

  private static final List<String> FILES =
      List.of("zarr.json", ".zgroup", ".zattrs", "attributes.json");

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

  /** The groups around a local folder, the nearest first. */
  public static List<Path> around(Path folder) {
    return around(folder, each -> Optional.ofNullable(each.getParent()), OuterGroups::isGroup);
  }

  /** The groups around a node, the nearest first, each with a name in its store. */
  public static List<StorePath> around(StorePath node) {
    return named(node)
        .map(each -> around(each, OuterGroups::parent, OuterGroups::isGroup))
        .orElseGet(List::of);
  }

  private static <T> List<T> around(T node, Function<T, Optional<T>> parent, Predicate<T> isGroup) {
    List<T> groups = new ArrayList<>();
    Optional<T> each = parent.apply(node);
    for (int missing = 0; each.isPresent() && missing <= GAP; missing++) {
      if (isGroup.test(each.get())) {
        groups.add(each.get());
        missing = -1;
      }
      each = each.flatMap(parent);
    }
    return groups;
  }

  private static Optional<StorePath> parent(StorePath path) {
    int slash = Math.max(0, path.path().lastIndexOf('/'));
    return named(new StorePath(path.store(), path.path().substring(0, slash)));
  }

  /**
   * A node by a path that is not empty: the root of a store is one in the store of the directory
   * that it lies in.
   *
   * @return empty if it lies in none
   */
  public static Optional<StorePath> named(StorePath path) {
    if (!path.path().isEmpty()) {
      return Optional.of(path);
    }
    URI uri = path.store().uri();
    if (uri.isOpaque() || uri.getPath().length() <= 1) {
      return Optional.empty();
    }
    int slash = uri.getPath().lastIndexOf('/');
    URI parent = uri.resolve(slash == 0 ? "/" : ".");
    String name = uri.getPath().substring(slash + 1);
    return Optional.of(new StorePath(StoreLocations.open(parent), name));
  }

  /** Whether a node has metadata of a group. */
  public static boolean isGroup(StorePath path) {
    return FILES.stream().anyMatch(name -> path.store().status(path.key(name)).isPresent());
  }

  private static boolean isGroup(Path folder) {
    return FILES.stream().anyMatch(name -> Files.exists(folder.resolve(name)));
  }
}
