// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.ngffspark.job.ImageRef;
import org.ngffspark.zarr.store.Awaited;

/** The small images that one task does: side by side where most of it is waiting for a store. */
final class ImagesOfTask {
  private static final int AT_ONCE = 8;

  private ImagesOfTask() {}

  /** How many images of a store a task does at a time. */
  static int atOnce(ImageRef image) {
    return Math.min(AT_ONCE, image.open().store().requestsAtOnce());
  }

  /** How many of all images a task best gets at least, so that each core has one. */
  static int together(ImageRef image, int all, int cores) {
    return Math.max(1, Math.min(atOnce(image), all / cores));
  }

  /**
   * What comes of each image, in their order. When this returns or throws, no work goes on.
   *
   * @param work called by several threads, none of them the task's own
   * @throws RuntimeException the first failure; images that had not begun by then are left out
   */
  static <I, T> List<T> each(List<I> images, int atOnce, Function<I, T> work) {
    int count = Math.min(atOnce, images.size());
    if (count <= 1) {
      return images.stream().map(work).toList();
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(count, run -> new Thread(run, "images-of-task"));
    try {
      List<Future<T>> all = new ArrayList<>();
      images.forEach(image -> all.add(threads.submit(() -> work.apply(image))));
      return all.stream().map(each -> Awaited.result(each, "The task was interrupted")).toList();
    } finally {
      threads.shutdownNow();
      Awaited.end(threads);
    }
  }
}
