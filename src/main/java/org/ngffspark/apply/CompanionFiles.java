// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.WorkCount;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StorePath;

/**
 * Some of the files of labels and tables, which a task copies as they are: chunks, metadata and all
 * else.
 *
 * @param keys below the container, in both images
 */
record CompanionFiles(List<String> keys) implements FollowUp<Box> {
  private static final long BYTES_PER_TASK = 64L << 20;
  private static final int FILES_PER_TASK = 256;

  CompanionFiles {
    keys = List.copyOf(keys);
  }

  /** All that a new image gets of an image. */
  static CompanionFiles all(OpenedImage image, Companions companions) {
    return new CompanionFiles(List.copyOf(lengths(image, companions).keySet()));
  }

  /** The same for several tasks. */
  static List<CompanionFiles> parts(OpenedImage image, Companions companions) {
    List<CompanionFiles> parts = new ArrayList<>();
    List<String> part = new ArrayList<>();
    long bytes = 0;
    for (var file : lengths(image, companions).entrySet()) {
      if (part.size() == FILES_PER_TASK
          || (bytes > 0 && bytes + file.getValue() > BYTES_PER_TASK)) {
        parts.add(new CompanionFiles(part));
        part = new ArrayList<>();
        bytes = 0;
      }
      part.add(file.getKey());
      bytes += file.getValue();
    }
    if (!part.isEmpty()) {
      parts.add(new CompanionFiles(part));
    }
    return parts;
  }

  /** Length of all that a new image gets of an image. */
  static long bytes(OpenedImage image, Companions companions) {
    return lengths(image, companions).values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Refuses an image whose labels and tables cannot be found because its store lists no keys.
   *
   * @throws IllegalArgumentException if a new image is to get some of them
   */
  static void requireListed(OpenedImage image, Companions companions) {
    StorePath container = image.container().path();
    if (companions.areCopied() && !container.store().isListed()) {
      throw new IllegalArgumentException(
          "The labels and tables of "
              + container
              + " cannot be copied, because a web server does not list them; leave them out by"
              + " --no-copy-labels");
    }
  }

  private static SortedMap<String, Long> lengths(OpenedImage image, Companions companions) {
    SortedMap<String, Long> lengths = new TreeMap<>();
    if (companions.areCopied()) {
      add("labels", image, lengths);
    }
    if (companions == Companions.LABELS_AND_TABLES) {
      add("tables", image, lengths);
    }
    return lengths;
  }

  private static void add(String group, OpenedImage image, SortedMap<String, Long> lengths) {
    StorePath container = image.container().path();
    int prefix = container.key("").length();
    container
        .store()
        .statuses(container.key(group))
        .forEach((key, status) -> lengths.put(key.substring(prefix), status.length()));
  }

  @Override
  public TaskResult<Box> run(OpenedImage image) {
    List<StagedUnit> staged = new ArrayList<>();
    long bytes = 0;
    for (String key : keys) {
      StagedUnit unit = copy(image, key);
      staged.add(unit);
      bytes += unit.length();
    }
    return TaskResult.<Box>of(List.of(), WorkCount.bytesWritten(bytes)).withFiles(staged);
  }

  private static StagedUnit copy(OpenedImage image, String key) {
    StorePath container = image.container().path();
    return container
        .store()
        .read(container.key(key))
        .map(bytes -> image.output().stage().put(key, bytes))
        .orElseThrow(
            () ->
                new StoreException(
                    "read", container.key(key), "it was deleted while it was to be copied"));
  }
}
