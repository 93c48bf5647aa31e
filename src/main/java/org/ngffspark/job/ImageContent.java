// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.SortedMap;
import java.util.TreeMap;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.zarr.store.StorePath;

/**
 * The lengths of the values that a job reads and writes, to see later whether they were changed.
 * Tables and other labels, which come and go, do not count.
 */
public final class ImageContent {
  private ImageContent() {}

  /**
   * Lengths by key below the container.
   *
   * @param node image or label image that is transformed, below the container
   * @param labelName masking label image
   */
  public static SortedMap<String, Long> of(StorePath container, String node, String labelName) {
    SortedMap<String, Long> lengths = new TreeMap<>();
    add(container, node, lengths);
    add(container, "labels/" + labelName, lengths);
    return lengths;
  }

  /**
   * As {@link #of(StorePath, String, String)}, where there is no masking label image.
   *
   * @param node image or label image that is read, below the container
   */
  public static SortedMap<String, Long> of(StorePath container, String node) {
    SortedMap<String, Long> lengths = new TreeMap<>();
    add(container, node, lengths);
    return lengths;
  }

  private static void add(StorePath container, String node, SortedMap<String, Long> lengths) {
    StorePath place = node.isEmpty() ? container : container.child(node);
    int prefix = container.path().isEmpty() ? 0 : container.path().length() + 1;
    for (Dataset dataset : ImageNode.open(place).metadata().datasets()) {
      container
          .store()
          .statuses(place.key(dataset.path()))
          .forEach((key, status) -> lengths.put(key.substring(prefix), status.length()));
    }
  }
}
