// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.List;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.zarr.nd.DataType;

/** A function of one object of an image. */
public interface MaskedTransform extends Extension<MaskedTransform> {

  /**
   * Computes the pixels of one object. What this method throws ends the image's run, or leaves the
   * object as it was, as the run was told.
   *
   * @param object the image as it was before the run; must not be changed
   * @param result of the same shape, type and place, a copy of the object's patch at first; of what
   *     is written here only {@link MaskedPatch#written} reaches the image
   */
  void apply(MaskedPatch object, Patch result);

  /**
   * A transform that changes each pixel to what a function makes of its value, as {@code ofValues(x
   * -> x / 2)}; for programs, since it has no name on the command line. Rounding and speed are
   * those of {@link ValueTransform}.
   */
  static MaskedTransform ofValues(ValueFunction function) {
    return new FunctionTransform(function);
  }

  /**
   * How many objects {@link #applyAll} takes at once, as networks do; 1 if each is applied by
   * itself.
   */
  default int objectsAtOnce() {
    return 1;
  }

  /**
   * How many calls of {@link #apply} {@link #applyAll} does at once where they are quick; more than
   * 1 where to reach the code costs more than to run it, as in a program of its own. Unlike {@link
   * #objectsAtOnce} it is a matter of speed alone.
   */
  default int callsAtOnce() {
    return 1;
  }

  /**
   * Computes the pixels of several objects of one image, each as {@link #apply} does. What comes of
   * an object must not depend on the others: which ones are together follows from how the image is
   * cut into tiles. If this method throws, each object is applied by itself, to find the one that
   * fails.
   *
   * @param objects at most {@link #objectsAtOnce} or {@link #callsAtOnce}, whichever is more, with
   *     the same axes, channels and type
   * @param results one for each object, in the same order
   */
  default void applyAll(List<MaskedPatch> objects, List<Patch> results) {
    for (int i = 0; i < objects.size(); i++) {
      apply(objects.get(i), results.get(i));
    }
  }

  @Override
  default MaskedTransform configure(Parameters values) {
    return this;
  }

  /** Whether it works on pixels of images or on ids of label images. */
  default TransformTarget target() {
    return TransformTarget.IMAGES;
  }

  /**
   * Refuses pixels that it cannot work on. Called on the configured transform, before any pixel is
   * read.
   *
   * @throws IllegalArgumentException if it cannot work on pixels of that type
   */
  default void checkType(DataType type) {}

  /**
   * Makes ready on this machine what {@link #apply} needs. Called before it where the time for an
   * object is limited; what this takes does not count.
   */
  default void prepare() {}

  /**
   * Whether it asks for ids of new objects, by {@link MaskedPatch#newLabel}. Then the label image
   * is read once more, before the run, to find the largest id there is.
   */
  default boolean makesLabels() {
    return false;
  }

  /**
   * True if each channel's result follows from that channel alone. A run then hands over one
   * channel at a time and needs less memory; the axis of channels stays and is 1 long.
   */
  default boolean channelwise() {
    return false;
  }
}
