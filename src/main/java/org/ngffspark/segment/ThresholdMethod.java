// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Ways to find the value above which pixels belong to an object. */
public enum ThresholdMethod {
  /** The value between two classes whose means lie farthest apart for their sizes. */
  OTSU,
  /** The value of least cross entropy. */
  LI,
  /** The value farthest from the line between the peak of the histogram and its end. */
  TRIANGLE,
  /** The value of the largest correlation. */
  YEN,
  /** The value midway between the means below and above it. */
  ISODATA,
  /** The least frequent value between the two peaks of a histogram. */
  MINIMUM,
  /** The mean of all values. */
  MEAN,
  /** A given value. */
  VALUE,
  /** For each pixel the mean around it, weighted with a Gaussian. */
  LOCAL,
  /** For each pixel the mean around it. */
  LOCAL_MEAN,
  /** None: all pixels of the mask. To split objects, say. */
  MASK;

  /** The name on the command line. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The method of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that are
   */
  public static ThresholdMethod of(String title) {
    return Arrays.stream(values())
        .filter(method -> method.title().equals(title))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("No method '" + title + "'; there are " + titles()));
  }

  private static List<String> titles() {
    return Arrays.stream(values()).map(ThresholdMethod::title).toList();
  }

  /** Whether each pixel has a threshold of its own, which follows from the pixels around it. */
  public boolean isLocal() {
    return this == LOCAL || this == LOCAL_MEAN;
  }

  /** Whether one threshold follows from all values. */
  public boolean isGlobal() {
    return !isLocal() && this != VALUE && this != MASK;
  }

  /**
   * The threshold of these values.
   *
   * @param values at least one, without NaN and infinite ones
   * @throws IllegalArgumentException if the method finds none
   */
  double of(Values values) {
    boolean numbers = !values.areIntegers();
    if (numbers && this == LI) {
      return LiThreshold.of(values.all());
    }
    return numbers && this == MEAN ? values.mean() : of(values.histogram());
  }

  /**
   * The threshold of values that were counted one by one, or, but for {@link #LI} and {@link
   * #MEAN}, in bins.
   *
   * @throws IllegalArgumentException if the method finds none
   */
  double of(Histogram histogram) {
    return switch (this) {
      case LI -> LiThreshold.of(histogram);
      case MEAN -> histogram.mean();
      case OTSU -> new HistogramThreshold(histogram).otsu();
      case TRIANGLE -> new HistogramThreshold(histogram).triangle();
      case YEN -> new HistogramThreshold(histogram).yen();
      case ISODATA -> new HistogramThreshold(histogram).isodata();
      case MINIMUM -> new HistogramThreshold(histogram).minimum();
      default -> throw new IllegalStateException(this + " is no threshold of all values");
    };
  }
}
