// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.remove;

import java.util.Optional;
import org.ngffspark.job.ImageRef;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.StoreException;

/**
 * What would go of one image.
 *
 * @param location what goes
 * @param files how many it has
 * @param bytes of all of them
 * @param problem why it would stay; empty if it would go
 */
public record RemovalPreview(String location, long files, long bytes, Optional<String> problem) {

  /** Looks at an image, and changes nothing. */
  public static RemovalPreview of(RemoveTask task, ImageRef image) {
    RemovedNode node = new RemovedNode(image, task);
    try {
      RemovalCheck check = RemovalCheck.of(task, image);
      if (!check.isThere()) {
        return refused(node, "there is no " + task.removal());
      }
      check.requireAllowed();
      var statuses = check.node().store().statuses(check.node().path());
      long bytes = statuses.values().stream().mapToLong(KeyStatus::length).sum();
      return new RemovalPreview(node.location(), statuses.size(), bytes, Optional.empty());
    } catch (IllegalArgumentException | FormatException | StoreException problem) {
      return refused(node, problem.getMessage());
    }
  }

  private static RemovalPreview refused(RemovedNode node, String reason) {
    return new RemovalPreview(node.location(), 0, 0, Optional.of(reason));
  }
}
