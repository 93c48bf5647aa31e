// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/**
 * Where the lock, the journal and the stage of one container lie: below a sibling of the outermost
 * Zarr group that holds it, so that no reader of the hierarchy lists them. The place follows from
 * the container alone, so that anybody finds it again.
 *
 * @param store holds both the container and the area
 * @param root key of the outermost group, or of the container if it is in none
 * @param within path of the container in that group; empty if it is the group
 */
record CommitArea(Store store, String root, String within) {
  static final String SUFFIX = ".ngff-spark";

  private static final String LOCK = "lock";
  private static final String JOURNAL = "journal.json";
  private static final String STAGE = "stage";
  private static final String TAKEOVER = "takeover-";

  /** Groups without metadata that may lie between two with: rows of plates often have none. */
  private static final int GAP = 2;

  /**
   * The area of a container, which need not exist yet.
   *
   * @throws StoreException if there is no room for it beside the container
   */
  static CommitArea of(StorePath container) {
    StorePath root =
        named(canonical(container))
            .orElseThrow(
                () ->
                    new StoreException(
                        "work on", container.toString(), "there is no directory beside it"));
    StorePath each = root;
    String within = "";
    String below = "";
    for (int missing = 0; missing <= GAP; missing++) {
      Optional<StorePath> parent = named(parent(each));
      if (parent.isEmpty()) {
        break;
      }
      below = below.isEmpty() ? each.name() : each.name() + "/" + below;
      each = parent.get();
      if (isGroup(each)) {
        root = each;
        within = below;
        missing = -1;
      }
    }
    return new CommitArea(root.store(), root.path(), within);
  }

  /** One image is one place, whatever links lead to it. */
  private static StorePath canonical(StorePath container) {
    URI uri = container.store().uri();
    if (!StoreLocations.isLocal(uri)) {
      return container;
    }
    Path named = Path.of(uri).resolve(container.path());
    Path real = Path.of(StoreLocations.canonical(named.toUri()));
    return real.equals(named)
        ? container
        : new StorePath(LocalStore.at(real.getParent()), real.getFileName().toString());
  }

  private static StorePath parent(StorePath path) {
    int slash = Math.max(0, path.path().lastIndexOf('/'));
    return new StorePath(path.store(), path.path().substring(0, slash));
  }

  /** The root of a store as a path in a store one directory up; other paths as they are. */
  private static Optional<StorePath> named(StorePath path) {
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

  private static boolean isGroup(StorePath path) {
    return Stream.of("zarr.json", ".zgroup", ".zattrs")
        .anyMatch(name -> path.store().status(path.key(name)).isPresent());
  }

  /** Key of the container. */
  String container() {
    return within.isEmpty() ? root : root + "/" + within;
  }

  /** The container itself, for messages. */
  StorePath path() {
    return new StorePath(store, container());
  }

  /** Key of the area. */
  String key() {
    return within.isEmpty() ? root + SUFFIX : root + SUFFIX + "/" + within;
  }

  String lock() {
    return key() + "/" + LOCK;
  }

  String journal() {
    return key() + "/" + JOURNAL;
  }

  /** Key of all stages. */
  String stages() {
    return key() + "/" + STAGE;
  }

  /** Key of the stage of one run. */
  String stage(String run) {
    return stages() + "/" + run;
  }

  /** Key that a recovery creates to be the only one that clears up after {@code run}. */
  String takeover(String run) {
    return key() + "/" + TAKEOVER + run;
  }

  /** What lies in the area, except for what belongs to containers inside this one. */
  List<String> leftovers() {
    String start = key() + "/";
    return store.list(key()).stream()
        .filter(each -> owner(each.substring(start.length())).equals(Optional.of("")))
        .toList();
  }

  /** Keys of all takeovers that are there. */
  List<String> takeovers() {
    String start = takeover("");
    return leftovers().stream().filter(each -> each.startsWith(start)).toList();
  }

  /** Paths, below this container, of all containers that have something in their areas. */
  List<String> containersWithin() {
    int start = key().length() + 1;
    return store.list(key()).stream()
        .flatMap(each -> owner(each.substring(start)).stream())
        .distinct()
        .toList();
  }

  /** Path of the container that a key in an area belongs to. */
  private static Optional<String> owner(String key) {
    String[] parts = key.split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      boolean file =
          last
              && (parts[i].equals(LOCK)
                  || parts[i].equals(JOURNAL)
                  || parts[i].startsWith(TAKEOVER));
      if (file || (!last && parts[i].equals(STAGE))) {
        return Optional.of(String.join("/", List.of(parts).subList(0, i)));
      }
    }
    return Optional.empty();
  }
}
