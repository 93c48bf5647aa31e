// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.Elements;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * Finds the pixels of one label id. What is broadcast is scanned once and its runs are repeated.
 */
final class MaskScan {
  private final Elements elements;
  private final byte[] bytes;
  private final long id;
  private final Shape shape;
  private final long[] strides;
  private final long[] labelStrides;
  private final int first;
  private final RunList runs = new RunList();

  MaskScan(Patch labels, long id, Axes axes, Shape shape) {
    this(labels.pixels(), Box.whole(labels.shape()), labels.axes(), id, axes, shape);
  }

  /**
   * @param labels label ids, some of which belong to the patch
   * @param part those that do, in pixels of {@code labels}
   */
  MaskScan(NdArray labels, Box part, Axes labelAxes, long id, Axes axes, Shape shape) {
    if (labels.type().isFloat()) {
      throw new IllegalArgumentException("Label ids are integers, got " + labels.type());
    }
    this.elements = Elements.of(labels.type());
    this.bytes = labels.bytes();
    this.id = id;
    this.shape = shape;
    this.strides = shape.strides();
    long[] own = labels.shape().strides();
    this.labelStrides = labelStrides(own, part.shape(), labelAxes, axes, shape);
    long start = 0;
    for (int axis = 0; axis < own.length; axis++) {
      start += part.start(axis) * own[axis];
    }
    this.first = (int) start;
  }

  /** Steps in the labels for a step along each axis of the patch; 0 where labels are broadcast. */
  static long[] labelStrides(Patch labels, Axes axes, Shape shape) {
    return labelStrides(labels.shape().strides(), labels.shape(), labels.axes(), axes, shape);
  }

  private static long[] labelStrides(
      long[] own, Shape lengths, Axes labelAxes, Axes axes, Shape shape) {
    long[] steps = new long[axes.rank()];
    for (int axis = 0; axis < own.length; axis++) {
      AxisName name = labelAxes.name(axis);
      int target =
          axes.index(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "Labels have an axis '" + name + "', the patch has " + axes.names()));
      long length = lengths.get(axis);
      if (length != 1 && length != shape.get(target)) {
        throw new IllegalArgumentException(
            "Labels of shape "
                + lengths
                + " do not fit a patch of shape "
                + shape
                + " along axis '"
                + name
                + "'");
      }
      steps[target] = length == 1 ? 0 : own[axis];
    }
    return steps;
  }

  Mask mask() {
    if (elements.holds(id) && shape.elements() > 0) {
      scan(0, 0, first);
    }
    return new Mask(shape, runs.toArray());
  }

  private void scan(int axis, int at, int label) {
    int length = (int) shape.get(axis);
    if (axis == strides.length - 1 && labelStrides[axis] != 0) {
      scanRow(at, label, length);
      return;
    }
    if (labelStrides[axis] != 0) {
      for (int i = 0; i < length; i++) {
        scan(axis + 1, at + i * (int) strides[axis], label + i * (int) labelStrides[axis]);
      }
      return;
    }
    int first = runs.size();
    scanOnce(axis, at, label);
    int last = runs.size();
    for (int i = 1; i < length; i++) {
      runs.repeat(first, last, i * (int) strides[axis]);
    }
  }

  private void scanOnce(int axis, int at, int label) {
    if (axis < strides.length - 1) {
      scan(axis + 1, at, label);
    } else if (elements.first(bytes, label, label + 1, id) == label) {
      runs.add(at, 1);
    }
  }

  private void scanRow(int at, int label, int length) {
    int end = label + length;
    int index = elements.first(bytes, label, end, id);
    while (index < end) {
      int stop = elements.firstOther(bytes, index, end, id);
      runs.add(at + index - label, stop - index);
      index = elements.first(bytes, stop, end, id);
    }
  }
}
