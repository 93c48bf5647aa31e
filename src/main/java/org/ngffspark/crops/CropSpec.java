// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.io.Serializable;
import java.net.URI;
import org.ngffspark.job.TransformSpec;
import org.ngffspark.job.TransformSpec.TableChoice;
import org.ngffspark.job.TransformSpec.Target;
import org.ngffspark.plan.LabelSelection;

/**
 * What a run cuts out of images: one file for each object.
 *
 * @param labelName label image that holds the objects
 * @param table where the ROIs come from
 * @param target the pixels that are cut
 * @param zoom factor by which boxes grow in y and x
 * @param labels the ids that are taken
 * @param around what becomes of the pixels of the box outside the object
 * @param format of the files
 * @param directory where the files go
 */
public record CropSpec(
    String labelName,
    TableChoice table,
    Target target,
    double zoom,
    LabelSelection labels,
    Around around,
    CropFormat format,
    URI directory)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if the zoom is not positive and finite
   */
  public CropSpec {
    TransformSpec.requireZoom(zoom);
  }

  /** What becomes of the pixels of a box outside its object. */
  public enum Around {
    KEPT,
    ZERO
  }

  /** The same objects for tasks that look for objects. */
  public TransformSpec objects() {
    return TransformSpec.reading(labelName, table, target, zoom, labels);
  }
}
