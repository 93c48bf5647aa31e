// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.remove;

import java.util.Map;
import java.util.Set;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageTarget;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.Tile;

/**
 * Removes images, or label images or tables of them. What goes is taken out of the list that names
 * it first; its files are deleted by many tasks when the commit is done, see {@link
 * org.ngffspark.commit.Leftovers}.
 *
 * @param removal what goes of each image
 * @param foreign what happens to something that this program did not make
 * @param images all of the run
 */
public record RemoveTask(Removal removal, Foreign foreign, Set<ImageRef> images)
    implements ObjectTask<Nothing, Nothing> {
  public RemoveTask {
    images = Set.copyOf(images);
  }

  @Override
  public ImageTarget<Nothing> target(ImageRef image) {
    return new RemovedNode(image, this);
  }

  @Override
  public Map<String, String> details() {
    return Map.of("removes", removal.toString());
  }

  /**
   * @throws IllegalArgumentException if it must stay: this program did not make it, its well would
   *     have no image left, or another image uses it
   */
  @Override
  public void check(OpenedImage image) {
    RemovalCheck.of(this, image.ref()).requireAllowed();
  }

  @Override
  public TaskResult<Nothing> run(OpenedImage image, Tile<Nothing> tile) {
    return TaskResult.nothing();
  }
}
