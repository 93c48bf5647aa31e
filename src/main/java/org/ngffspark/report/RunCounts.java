// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.WorkCount;

/** How far a run is, for programs that show it. Thread-safe. */
public final class RunCounts implements RunListener {
  private long images;
  private long objects;
  private long imagesEnded;
  private long objectsDone;

  @Override
  public synchronized void planned(long allImages, long allObjects) {
    images = allImages;
    objects = allObjects;
  }

  @Override
  public synchronized void progressed(WorkCount work) {
    objectsDone += work.objects();
  }

  @Override
  public synchronized void ended(ImageOutcome outcome) {
    imagesEnded++;
  }

  /**
   * Images and objects, all of them and those that are done; one line of JSON. The number of all
   * objects is 0 where it is not known before label images are read.
   */
  public synchronized String json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("kind", "progress")
        .put("images", images)
        .put("images_done", imagesEnded)
        .put("objects", objects)
        .put("objects_done", objectsDone)
        .toString();
  }
}
