// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Features that are asked for together. */
public enum FeatureGroup {
  /** Size and form of the mask, as Fractal measures them by default. */
  SHAPE,
  /** The values inside the mask, for each channel, as Fractal measures them by default. */
  INTENSITY,
  /** The convex hull and holes. */
  CONVEX,
  /** Where the object lies. */
  POSITION,
  /** Moments that do not depend on place, size and direction. */
  MOMENTS,
  /** Haralick's texture, for each channel. */
  TEXTURE,
  /** Other objects around it. */
  NEIGHBOURS;

  /** What is measured where nothing is said: what Fractal's {@code measure_features} does. */
  public static final List<FeatureGroup> DEFAULT = List.of(SHAPE, INTENSITY);

  /** The name on the command line. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<FeatureGroup> find(String title) {
    return Arrays.stream(values()).filter(group -> group.title().equals(title)).findFirst();
  }
}
