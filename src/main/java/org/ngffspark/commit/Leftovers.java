// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreDirectories;

/**
 * What a run that has ended kept beside a container, with what it took out of it. Nobody needs it
 * any more; until it is deleted, a recovery deletes it.
 */
public final class Leftovers {
  private static final int DEEPEST = 3;

  private final RunDirectory directory;

  Leftovers(RunDirectory directory) {
    this.directory = directory;
  }

  /**
   * Some of it, to be deleted by whoever gets it.
   *
   * @param keys values, or directories with all in them
   */
  public record Part(Store store, List<String> keys) implements Serializable {
    public Part {
      keys = List.copyOf(keys);
    }

    /**
     * Deletes it; may be repeated.
     *
     * @throws org.ngffspark.zarr.store.StoreException if something of it cannot be deleted
     */
    public void delete() {
      keys.forEach(store::deleteTree);
      store.deleteAll(keys);
    }
  }

  /**
   * What was taken out of the container in parts of about the same number of directories; none
   * where it was deleted at once.
   *
   * @param most of the parts
   */
  public List<Part> parts(int most) {
    List<String> keys = directory.gone();
    for (int depth = 0; depth < DEEPEST && !keys.isEmpty() && keys.size() < most; depth++) {
      keys = keys.stream().flatMap(key -> within(key).stream()).toList();
    }
    List<Part> parts = new ArrayList<>();
    int size = (keys.size() + most - 1) / most;
    for (int from = 0; from < keys.size(); from += size) {
      List<String> some = keys.subList(from, Math.min(keys.size(), from + size));
      parts.add(new Part(directory.store(), some));
    }
    return parts;
  }

  /** What lies right in a directory; the key itself if nothing does. */
  private List<String> within(String key) {
    List<String> names =
        directory.store().directories().map(each -> names(each, key)).orElseGet(List::of);
    return names.isEmpty() ? List.of(key) : names;
  }

  private static List<String> names(StoreDirectories directories, String key) {
    return directories.names(key).stream().map(name -> key + "/" + name).toList();
  }

  /**
   * Deletes all that is there still.
   *
   * @throws UnfinishedCommitException if something of it cannot be deleted
   */
  public void delete() {
    try {
      directory.delete();
    } catch (RuntimeException e) {
      throw UnfinishedCommitException.withLeftovers(directory.area().path().toString(), e);
    }
  }

  /** The same of a run that has not committed. */
  void discard() {
    directory.delete();
  }
}
