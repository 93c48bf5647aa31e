// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.zarr.nd.GridPosition;

/**
 * What one task copies: regions of about 64 MiB together, of one large level or of several small
 * ones, whose metadata would else be parsed once for each.
 *
 * @param regions by the number of the level among all that are converted
 */
record ConvertedPart(ConvertTask task, Map<Integer, List<GridPosition>> regions)
    implements FollowUp<Nothing> {
  private static final long BYTES = 64L << 20;

  /** All of an image, level by level. */
  static List<FollowUp<Nothing>> all(ConvertTask task, List<ConvertedLevel> levels) {
    List<FollowUp<Nothing>> parts = new ArrayList<>();
    Map<Integer, List<GridPosition>> some = new TreeMap<>();
    long bytes = 0;
    for (int level = 0; level < levels.size(); level++) {
      Regions regions = levels.get(level).regions();
      for (GridPosition region : regions.all()) {
        long more = regions.box(region).shape().elements() * levels.get(level).source().width();
        if (bytes + more > BYTES && !some.isEmpty()) {
          parts.add(new ConvertedPart(task, some));
          some = new TreeMap<>();
          bytes = 0;
        }
        some.computeIfAbsent(level, key -> new ArrayList<>()).add(region);
        bytes += more;
      }
    }
    parts.add(new ConvertedPart(task, some));
    return parts;
  }

  @Override
  public TaskResult<Nothing> run(OpenedImage image) {
    List<ConvertedLevel> levels = task.levels(image);
    TaskResult<Nothing> all = TaskResult.nothing();
    for (Map.Entry<Integer, List<GridPosition>> each : regions.entrySet()) {
      ConvertedLevel level = levels.get(each.getKey());
      all =
          all.plus(
              new ConvertedRegions(level, task.verification(), image.output(), image.pool())
                  .copy(each.getValue()));
    }
    return all;
  }
}
