// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.util.Optional;

/** Where an area lies, seen from the outermost group that holds the container. */
enum AreaPlace {
  /** Beside the group, where no reader of the hierarchy looks. */
  BESIDE,
  /**
   * In the group, as a directory without metadata of a node: zarr-python 2 and 3 and n5-zarr do not
   * list such a one, nor does consolidated metadata; zarr-python 3 warns of it.
   */
  INSIDE;

  /** Ends the name of every such directory, in either place. */
  static final String SUFFIX = ".ngff-spark";

  private static final String NAME_INSIDE = "/.runs" + SUFFIX;

  /** Key of the area of a group, which is the root of those of all containers in it. */
  String key(String group) {
    return group + (this == BESIDE ? SUFFIX : NAME_INSIDE);
  }

  /** The group in whose area, or under whose guard, a key lies; empty if it lies in none. */
  static Optional<String> groupOf(String key) {
    int end = key.indexOf(SUFFIX + "/");
    // The guard of an image is a directory in it that has no other name than this one.
    return end < 0
        ? Optional.empty()
        : Optional.of(key.substring(0, end).replaceFirst("/(\\.runs)?$", ""));
  }

  AreaPlace other() {
    return this == BESIDE ? INSIDE : BESIDE;
  }
}
