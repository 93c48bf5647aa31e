// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.resample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Linear interpolation in double, one target row at a time. Corners are added in C order and each
 * is multiplied by its weights axis by axis, since another order rounds differently.
 */
final class LinearRows {
  private final List<AxisSampling> axes;
  private final ElementRow block;
  private final Box place;
  private final ElementRow result;
  private final Box target;
  private final Box inResult;
  private final long[] strides;
  private final long[] targetStrides;
  private final int x;
  private final int sourceStart;
  private final int sourceLength;
  private final int[] left;
  private final int[] right;
  private final double[] leftWeight;
  private final double[] rightWeight;
  private final double[] row;
  private final double[] sum;

  /**
   * @param inResult where the pixels of {@code target} go, within {@code result}
   */
  LinearRows(
      List<AxisSampling> axes, NdArray block, Box place, NdArray result, Box inResult, Box target) {
    this.axes = axes;
    this.block = new ElementRow(block);
    this.place = place;
    this.result = new ElementRow(result);
    this.target = target;
    this.inResult = inResult;
    this.strides = block.shape().strides();
    this.targetStrides = result.shape().strides();
    this.x = axes.size() - 1;
    long first = axes.get(x).first(target.start(x));
    this.sourceStart = (int) (first - place.start(x));
    this.sourceLength = (int) (axes.get(x).last(target.stop(x) - 1) + 1 - first);
    int columns = (int) target.length(x);
    this.left = new int[columns];
    this.right = new int[columns];
    this.leftWeight = new double[columns];
    this.rightWeight = new double[columns];
    this.sum = new double[columns];
    // One more than the row: what lies outside reads 0.
    this.row = new double[sourceLength + 1];
    for (int i = 0; !axes.get(x).isSame() && i < columns; i++) {
      column((LinearAxis) axes.get(x), target.start(x) + i, i, first);
    }
  }

  private void column(LinearAxis axis, long index, int i, long first) {
    long source = axis.left(index);
    left[i] = source < axis.first(index) ? sourceLength : (int) (source - first);
    right[i] = source + 1 > axis.last(index) ? sourceLength : (int) (source + 1 - first);
    rightWeight[i] = axis.rightWeight(index);
    leftWeight[i] = 1.0 - rightWeight[i];
  }

  void run() {
    fill(0, List.of(new Corner(sourceStart)), 0);
  }

  /** A source row and its weights, in the order of the axes. */
  private static final class Corner {
    private final int offset;
    private final double[] weights;

    Corner(int offset, double... weights) {
      this.offset = offset;
      this.weights = weights;
    }

    Corner step(int by) {
      return new Corner(offset + by, weights);
    }

    Corner step(int by, double weight) {
      double[] more = Arrays.copyOf(weights, weights.length + 1);
      more[weights.length] = weight;
      return new Corner(offset + by, more);
    }
  }

  private void fill(int axis, List<Corner> corners, int to) {
    int made = to + (int) (targetStrides[axis] * inResult.start(axis));
    if (axis == x) {
      row(corners, made);
      return;
    }
    for (int i = 0; i < target.length(axis); i++) {
      fill(
          axis + 1,
          corners(axis, target.start(axis) + i, corners),
          made + (int) (targetStrides[axis] * i));
    }
  }

  private List<Corner> corners(int axis, long index, List<Corner> outer) {
    AxisSampling sampling = axes.get(axis);
    List<Corner> corners = new ArrayList<>();
    for (Corner corner : outer) {
      for (long i = sampling.first(index); i <= sampling.last(index); i++) {
        int by = (int) (strides[axis] * (i - place.start(axis)));
        corners.add(
            sampling.isSame()
                ? corner.step(by)
                : corner.step(by, weight((LinearAxis) sampling, index, i)));
      }
    }
    return corners;
  }

  private static double weight(LinearAxis axis, long target, long source) {
    double right = axis.rightWeight(target);
    return source == axis.left(target) ? 1.0 - right : right;
  }

  private void row(List<Corner> corners, int offset) {
    Arrays.fill(sum, 0);
    for (Corner corner : corners) {
      block.read(corner.offset, sourceLength, row);
      for (double weight : corner.weights) {
        for (int i = 0; i < sourceLength; i++) {
          row[i] *= weight;
        }
      }
      addColumns();
    }
    result.write(sum, sum.length, offset);
  }

  private void addColumns() {
    if (axes.get(x).isSame()) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += row[i];
      }
      return;
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] += row[left[i]] * leftWeight[i];
      sum[i] += row[right[i]] * rightWeight[i];
    }
  }
}
