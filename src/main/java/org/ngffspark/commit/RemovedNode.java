// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.ngffspark.zarr.store.StoreDirectories;
import org.ngffspark.zarr.store.StorePath;

/** Steps that take a node out of a container, or the container away, with all that lies in it. */
final class RemovedNode {
  private RemovedNode() {}

  /**
   * The steps: values first, among them the metadata of the container, so that it is no image any
   * more when the rest goes.
   *
   * @param node below the container; {@code ""} for itself
   */
  static List<JournalEntry> steps(StorePath container, String node) {
    if (!node.isEmpty()) {
      return isTree(container, node) ? List.of(JournalEntry.tree(node)) : List.of();
    }
    List<JournalEntry> trees = new ArrayList<>();
    List<JournalEntry> steps = new ArrayList<>();
    for (String name : names(container)) {
      if (isTree(container, name)) {
        trees.add(JournalEntry.tree(name));
      } else {
        steps.add(JournalEntry.deletion(name));
      }
    }
    steps.addAll(trees);
    return steps;
  }

  private static boolean isTree(StorePath container, String name) {
    String key = container.key(name);
    return container
        .store()
        .directories()
        .map(directories -> !directories.names(key).isEmpty())
        .orElseGet(() -> container.store().status(key).isEmpty());
  }

  /** Names of what lies right in a container, but for what runs keep there. */
  private static List<String> names(StorePath container) {
    Optional<StoreDirectories> directories = container.store().directories();
    return (directories.isPresent()
            ? directories.get().names(container.path())
            : firstParts(container))
        .stream().filter(name -> !name.endsWith(AreaPlace.SUFFIX)).toList();
  }

  private static List<String> firstParts(StorePath container) {
    int start = container.key("").length();
    SortedSet<String> names = new TreeSet<>();
    for (String key : container.store().list(container.path())) {
      int slash = key.indexOf('/', start);
      names.add(slash < 0 ? key.substring(start) : key.substring(start, slash));
    }
    return List.copyOf(names);
  }
}
