// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.transform.MaskedTransform;

/**
 * What a run does with each object; the same for all its images and all its tasks.
 *
 * @param labelName label image that holds the objects
 * @param transform the transform, configured
 * @param transformName as the user named it
 * @param parameters parameters as the user gave them, by name
 * @param table where the ROIs come from
 * @param target the pixels that are transformed
 * @param zoom factor by which boxes grow in y and x; 1 is the box itself
 * @param labels the ids that are taken
 * @param write which pixels of a box are written
 * @param pyramid whether the coarser levels follow
 * @param onError what an object does to its image when its transform throws
 * @param maxObjectBytes largest patch, in bytes, that an object may have
 * @param objectTimeoutSeconds how long one object's transform may take; 0 is without limit
 */
public record TransformSpec(
    String labelName,
    MaskedTransform transform,
    String transformName,
    Map<String, String> parameters,
    TableChoice table,
    Target target,
    double zoom,
    LabelSelection labels,
    WriteMode write,
    PyramidMode pyramid,
    OnError onError,
    long maxObjectBytes,
    long objectTimeoutSeconds)
    implements Serializable {

  public TransformSpec {
    parameters = new TreeMap<>(parameters);
    requireZoom(zoom);
    if (maxObjectBytes < 1) {
      throw new IllegalArgumentException(
          "The largest object must have at least 1 byte, got " + maxObjectBytes);
    }
    if (objectTimeoutSeconds < 0) {
      throw new IllegalArgumentException(
          "The time for one object must not be negative, got " + objectTimeoutSeconds + " s");
    }
  }

  /** Objects that are only read. */
  public static TransformSpec reading(
      String labelName, TableChoice table, Target target, double zoom, LabelSelection labels) {
    return new TransformSpec(
        labelName,
        new NoTransform(),
        "",
        Map.of(),
        table,
        target,
        zoom,
        labels,
        WriteMode.MASKED,
        PyramidMode.KEEP,
        OnError.FAIL,
        Long.MAX_VALUE,
        0);
  }

  /**
   * @throws IllegalArgumentException if the zoom is not positive and finite
   */
  public static void requireZoom(double zoom) {
    if (!(zoom > 0) || Double.isInfinite(zoom)) {
      throw new IllegalArgumentException("Zoom must be a positive, finite number, got " + zoom);
    }
  }

  /** Where the ROIs of the labels come from. */
  public sealed interface TableChoice extends Serializable {
    /** A table of that name. */
    record Named(String name) implements TableChoice {}

    /** The first masking ROI table of the label image; without one, the label image itself. */
    record Automatic() implements TableChoice {}
  }

  /** The pixels that are transformed. */
  public sealed interface Target extends Serializable {
    /** Position of the level in the pyramid; 0 is the finest. */
    int level();

    /**
     * The image.
     *
     * @param channels channels by index, label or wavelength; empty for all
     */
    record OfImage(List<String> channels, int level) implements Target {
      public OfImage {
        channels = List.copyOf(channels);
      }
    }

    /** Another label image of the same container. */
    record OfLabel(String name, int level) implements Target {}
  }

  /** Which pixels of an object's box are written. */
  public enum WriteMode {
    /** Only the object's own pixels. */
    MASKED,
    /** The whole box; where boxes overlap the highest label id wins. */
    WHOLE_BOX
  }

  /** Whether coarser levels follow the transformed one. */
  public enum PyramidMode {
    REBUILD,
    KEEP
  }

  /** What happens when the transform of one object throws. */
  public enum OnError {
    /** The image stays as it was. */
    FAIL,
    /** The object keeps its pixels and is listed. */
    SKIP
  }
}
