// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.ArrayList;
import java.util.List;

/**
 * Thresholds that follow from a histogram, operation by operation as scikit-image 0.26 computes
 * them, in single precision where it does.
 */
final class HistogramThreshold {
  private static final int MOST_SMOOTHINGS = 10_000;

  private final Histogram histogram;
  private final int bins;

  HistogramThreshold(Histogram histogram) {
    this.histogram = histogram;
    this.bins = histogram.bins();
  }

  /** N. Otsu, "A Threshold Selection Method from Gray-Level Histograms" (1979). */
  double otsu() {
    if (histogram.isConstant()) {
      return histogram.smallest();
    }
    float[] below = new float[bins];
    double[] meanBelow = new double[bins];
    float weight = 0;
    double sum = 0;
    for (int bin = 0; bin < bins; bin++) {
      weight += histogram.weight(bin);
      sum += histogram.weight(bin) * histogram.center(bin);
      below[bin] = weight;
      meanBelow[bin] = sum / weight;
    }
    double[] variance = new double[bins];
    weight = 0;
    sum = 0;
    for (int bin = bins - 1; bin > 0; bin--) {
      weight += histogram.weight(bin);
      sum += histogram.weight(bin) * histogram.center(bin);
      double difference = meanBelow[bin - 1] - sum / weight;
      variance[bin - 1] = below[bin - 1] * weight * (difference * difference);
    }
    return histogram.center(largest(variance, bins - 1));
  }

  /** J. C. Yen, F. J. Chang, S. Chang, "A New Criterion for Automatic Multilevel Thresholding". */
  double yen() {
    if (bins == 1) {
      return histogram.center(0);
    }
    float total = 0;
    for (int bin = 0; bin < bins; bin++) {
      total += histogram.weight(bin);
    }
    float[] squaresAbove = new float[bins];
    float squares = 0;
    for (int bin = bins - 1; bin > 0; bin--) {
      float share = histogram.weight(bin) / total;
      squares += share * share;
      squaresAbove[bin - 1] = squares;
    }
    double[] criterion = new double[bins];
    float below = 0;
    squares = 0;
    for (int bin = 0; bin < bins - 1; bin++) {
      float share = histogram.weight(bin) / total;
      below += share;
      squares += share * share;
      float spread = below * (1 - below);
      criterion[bin] = (float) Math.log(1 / (squares * squaresAbove[bin]) * (spread * spread));
    }
    return histogram.center(largest(criterion, bins - 1));
  }

  /**
   * T. W. Ridler, S. Calvard, "Picture Thresholding Using an Iterative Selection Method" (1978).
   */
  double isodata() {
    if (bins == 1) {
      return histogram.center(0);
    }
    float[] below = new float[bins];
    double[] sums = new double[bins];
    float weight = 0;
    double sum = 0;
    for (int bin = 0; bin < bins; bin++) {
      weight += histogram.weight(bin);
      sum += histogram.weight(bin) * histogram.center(bin);
      below[bin] = weight;
      sums[bin] = sum;
    }
    double width = histogram.center(1) - histogram.center(0);
    for (int bin = 0; bin < bins - 1; bin++) {
      double lower = sums[bin] / below[bin];
      double higher = (sums[bins - 1] - sums[bin]) / (below[bins - 1] - below[bin]);
      double distance = (lower + higher) / 2.0 - histogram.center(bin);
      if (distance >= 0 && distance < width) {
        return histogram.center(bin);
      }
    }
    throw new IllegalArgumentException("The method isodata finds no threshold for these values");
  }

  /** G. W. Zack, W. E. Rogers, S. A. Latt, "Automatic Measurement of Sister Chromatid Exchange". */
  double triangle() {
    int peak = 0;
    int low = -1;
    int high = 0;
    for (int bin = 0; bin < bins; bin++) {
      peak = histogram.count(bin) > histogram.count(peak) ? bin : peak;
      if (histogram.count(bin) > 0) {
        low = low < 0 ? bin : low;
        high = bin;
      }
    }
    if (low == high) {
      return histogram.smallest();
    }
    // The longer tail is looked at from its end.
    boolean flipped = peak - low < high - peak;
    int from = flipped ? high : low;
    int step = flipped ? -1 : 1;
    int width = Math.abs(peak - from);
    double norm =
        Math.sqrt((double) histogram.count(peak) * histogram.count(peak) + (double) width * width);
    double rise = histogram.count(peak) / norm;
    double run = width / norm;
    double[] lengths = new double[width];
    for (int x = 0; x < width; x++) {
      lengths[x] = rise * x - run * histogram.count(from + step * x);
    }
    return histogram.center(from + step * largest(lengths, width));
  }

  /**
   * Between the two maxima that are left when the histogram is smoothed often enough. J. M. S.
   * Prewitt, M. L. Mendelsohn, "The Analysis of Cell Images" (1966).
   *
   * @throws IllegalArgumentException if there are never two
   */
  double minimum() {
    float[] smooth = new float[bins];
    for (int bin = 0; bin < bins; bin++) {
      smooth[bin] = histogram.weight(bin);
    }
    List<Integer> maxima = List.of();
    for (int round = 0; round < MOST_SMOOTHINGS; round++) {
      smooth = smoothed(smooth);
      maxima = maxima(smooth);
      if (maxima.size() < 3) {
        break;
      }
    }
    if (maxima.size() != 2) {
      throw new IllegalArgumentException(
          "The method minimum needs a histogram of two maxima; these values have " + maxima.size());
    }
    int lowest = maxima.get(0);
    for (int bin = lowest; bin <= maxima.get(1); bin++) {
      lowest = smooth[bin] < smooth[lowest] ? bin : lowest;
    }
    return histogram.center(lowest);
  }

  /** The mean of three bins, with the rounding of {@code scipy.ndimage.uniform_filter1d}. */
  private static float[] smoothed(float[] values) {
    int last = values.length - 1;
    float[] result = new float[values.length];
    double mean = ((double) values[0] + values[0] + values[Math.min(1, last)]) / 3;
    result[0] = (float) mean;
    for (int i = 1; i <= last; i++) {
      double leaving = values[Math.max(0, i - 2)];
      mean += (values[Math.min(i + 1, last)] - leaving) / 3;
      result[i] = (float) mean;
    }
    return result;
  }

  private static List<Integer> maxima(float[] values) {
    List<Integer> maxima = new ArrayList<>();
    boolean rising = true;
    for (int i = 0; i + 1 < values.length; i++) {
      if (rising && values[i + 1] < values[i]) {
        rising = false;
        maxima.add(i);
      } else if (!rising && values[i + 1] > values[i]) {
        rising = true;
      }
    }
    return maxima;
  }

  /** Index of the first of the largest values; NaN counts as largest, as in numpy. */
  private static int largest(double[] values, int count) {
    int best = 0;
    for (int i = 0; i < count; i++) {
      if (Double.isNaN(values[i])) {
        return i;
      }
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }
}
