// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

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

  AreaPlace other() {
    return this == BESIDE ? INSIDE : BESIDE;
  }
}
