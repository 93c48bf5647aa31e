// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * One level of a pyramid.
 *
 * @param path of the array, relative to the image's group; empty if that is the array, a data set
 *     of N5
 * @param scale world units per pixel, per axis in the order on disk; transformations of the
 *     multiscale are multiplied in
 * @param translation world units, per axis in the order on disk; zeros where metadata give none
 */
public record Dataset(String path, List<Double> scale, List<Double> translation) {

  /**
   * @throws IllegalArgumentException if a scale is not above 0, a number is not finite, the lengths
   *     differ, or the path is not one inside a group
   */
  public Dataset {
    scale = List.copyOf(scale);
    translation = List.copyOf(translation);
    if (!path.isEmpty()) {
      Stream.of(path.split("/", -1)).forEach(NodeName::checked);
    }
    if (!scale.stream().allMatch(value -> value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException("Scales must be above 0 and finite, got " + scale);
    }
    if (!translation.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("Translations must be finite, got " + translation);
    }
    if (scale.size() != translation.size()) {
      throw new IllegalArgumentException(
          "Scale and translation must have the same length, got " + scale + " and " + translation);
    }
  }

  /** A level without translation. */
  public static Dataset of(String path, List<Double> scale) {
    return new Dataset(path, scale, Collections.nCopies(scale.size(), 0.0));
  }

  /**
   * A coarser level of the same image.
   *
   * @param factors how many pixels of this level one of the new level covers, per axis: the ratio
   *     of the lengths
   */
  public Dataset coarser(String newPath, List<Double> factors) {
    if (factors.size() != scale.size()) {
      throw new IllegalArgumentException(
          "Needs a factor for each of " + scale.size() + " axes, got " + factors);
    }
    List<Double> scaled = new ArrayList<>();
    for (int axis = 0; axis < scale.size(); axis++) {
      scaled.add(scale.get(axis) * factors.get(axis));
    }
    return new Dataset(newPath, scaled, translation);
  }

  /** Whether some translation is not 0. */
  public boolean isTranslated() {
    return translation.stream().anyMatch(value -> value != 0);
  }

  Dataset without(int axis) {
    List<Double> fewerScales = new ArrayList<>(scale);
    List<Double> fewerTranslations = new ArrayList<>(translation);
    fewerScales.remove(axis);
    fewerTranslations.remove(axis);
    return new Dataset(path, fewerScales, fewerTranslations);
  }
}
