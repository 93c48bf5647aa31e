// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a run would do.
 *
 * @param images how many are looked at
 * @param tiled images that are cut into several tiles
 * @param work objects, reads and writes of all images that can be done
 * @param crossing labels whose boxes lie in several tiles
 * @param shuffleBytes at most so many bytes of fragments are shuffled, before compression
 * @param tasks Spark tasks
 * @param memoryPerTask bytes of decoded pixels that the largest task holds
 * @param problems why images cannot be done, by image
 */
public record DryRun(
    long images,
    long tiled,
    WorkCount work,
    long crossing,
    long shuffleBytes,
    long tasks,
    long memoryPerTask,
    Map<String, String> problems) {
  public DryRun {
    problems = new TreeMap<>(problems);
  }

  /** Adds up images. */
  public static final class Sum {
    private final long images;
    private final Map<String, String> problems = new TreeMap<>();
    private long tiled;
    private WorkCount work = WorkCount.NONE;
    private long crossing;
    private long shuffleBytes;
    private long tasks;
    private long memoryPerTask;

    public Sum(long images) {
      this.images = images;
    }

    public void add(ImageRef ref, TaskOutcome<ImageForecast> outcome) {
      if (outcome instanceof TaskOutcome.Failed<ImageForecast> failed) {
        problems.put(ref.toString(), failed.message());
        return;
      }
      ImageForecast forecast = ((TaskOutcome.Done<ImageForecast>) outcome).value();
      tiled += forecast.plan().isSingleTile() ? 0 : 1;
      work = work.plus(forecast.work());
      crossing += forecast.crossing();
      shuffleBytes += forecast.shuffleBytes();
      tasks += forecast.tasks();
      memoryPerTask = Math.max(memoryPerTask, forecast.plan().memoryPerTask());
    }

    public DryRun result() {
      return new DryRun(
          images, tiled, work, crossing, shuffleBytes, tasks, memoryPerTask, problems);
    }
  }
}
