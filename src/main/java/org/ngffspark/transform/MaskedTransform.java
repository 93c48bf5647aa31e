// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.io.Serializable;
import java.util.List;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.zarr.nd.DataType;

/**
 * A function of one object of an image. It is found by name, by class name, or by {@link
 * java.util.ServiceLoader}; its class is public and has a public constructor without arguments.
 *
 * <p>It is sent to other machines by Java serialization, so its fields are serializable or
 * transient. Objects come in any order, on any machine, and more than once where a task is run
 * again: the result must follow from the arguments alone. Several threads may call {@link #apply}
 * of one instance at once.
 */
public interface MaskedTransform extends Serializable {

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

  /** The name on the command line; the class name always works too. */
  default String name() {
    return getClass().getName();
  }

  /** One line for the list of transforms. */
  default String description() {
    return "";
  }

  /** The parameters it takes. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /**
   * A transform with these values. Called once, before any pixel is read, also if there are no
   * parameters.
   *
   * @param values checked against {@link #parameters}
   * @throws IllegalArgumentException if the values do not go together
   */
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
   * True if each channel's result follows from that channel alone. A run then hands over one
   * channel at a time and needs less memory; the axis of channels stays and is 1 long.
   */
  default boolean channelwise() {
    return false;
  }

  /**
   * Tells versions of its code apart: part of the record of a job, so that a changed transform
   * makes another job. By default a digest of the jar that the class came in.
   *
   * @return empty for the transforms of this program, which its version tells apart
   * @throws IllegalArgumentException if its code cannot be read
   */
  default String code() {
    return ClassCode.digest(getClass());
  }
}
