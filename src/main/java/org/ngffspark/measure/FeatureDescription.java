// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

/**
 * What is said of a feature that comes with the program.
 *
 * @param name as in scikit-image, where it has the feature
 * @param group what it is asked for with
 * @param needs what has to be read for it
 * @param unit unit of the values; {@code unit} stands for the unit of the spatial axes
 * @param definition one line
 */
public record FeatureDescription(
    String name, FeatureGroup group, Needs needs, String unit, String definition) {

  /** What a feature is computed from. */
  public enum Needs {
    /** The mask alone. */
    MASK,
    /** The pixels of each channel, in columns of their own. */
    PIXELS,
    /** All objects of the image. */
    WHOLE_IMAGE
  }
}
