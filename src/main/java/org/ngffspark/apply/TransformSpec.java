// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.OnError;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.TransformSequence;

/**
 * What a run does with each object; the same for all its images and all its tasks. Made by {@link
 * #on}.
 *
 * @param objects the objects that are transformed
 * @param pixels the pixels that are transformed
 * @param transform the transform, configured
 * @param transformName as the user named it
 * @param parameters parameters as the user gave them, by name
 * @param code tells versions of the transform's code apart; empty for what comes with the program
 * @param write which pixels of a box are written
 * @param pyramid whether the coarser levels follow
 * @param onError what an object does to its image when its transform throws
 * @param noPixels what happens to an image of which no object has a pixel in its region
 * @param maxObjectBytes largest patch, in bytes, that an object may have
 * @param objectTimeoutSeconds how long one object's transform may take; 0 is without limit
 */
public record TransformSpec(
    ObjectChoice objects,
    PixelTarget pixels,
    MaskedTransform transform,
    String transformName,
    Map<String, String> parameters,
    String code,
    WriteMode write,
    PyramidMode pyramid,
    OnError onError,
    NoPixels noPixels,
    long maxObjectBytes,
    long objectTimeoutSeconds)
    implements Serializable {

  public TransformSpec {
    parameters = new TreeMap<>(parameters);
    if (maxObjectBytes < 1) {
      throw new IllegalArgumentException(
          "The largest object must have at least 1 byte, got " + maxObjectBytes);
    }
    if (objectTimeoutSeconds < 0) {
      throw new IllegalArgumentException(
          "The time for one object must not be negative, got " + objectTimeoutSeconds + " s");
    }
    if (transform instanceof TransformSequence sequence && sequence.steps().size() > 1) {
      requireSeparable(objects, pixels, write);
    }
  }

  /** Several steps are done at once only where each would find what they find. */
  private static void requireSeparable(ObjectChoice objects, PixelTarget pixels, WriteMode write) {
    if (write == WriteMode.WHOLE_BOX) {
      throw new IllegalArgumentException(
          "Several steps write the pixels of objects only: whole boxes overlap, so that a step may"
              + " see what another object's step wrote; run the steps one by one");
    }
    if (pixels instanceof PixelTarget.OfLabel label && label.name().equals(objects.labelName())) {
      throw new IllegalArgumentException(
          "Several steps that change the label image "
              + label.name()
              + " would not see the masks that the first of them leaves; run the steps one by one");
    }
  }

  /** Begins to say what is done with the objects of a label image. */
  public static TransformSpecBuilder on(String labelName) {
    return new TransformSpecBuilder(labelName);
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

  /** What happens when no object of an image has a pixel in its region. */
  public enum NoPixels {
    /** The image fails: its table is one of another image, as a rule, or in another unit. */
    FAIL,
    /** Nothing is changed, and the image is done. */
    ALLOW
  }
}
