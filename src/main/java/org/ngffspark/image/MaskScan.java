// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.nd.Shape;

/**
 * Finds the pixels of one label id. What is broadcast is scanned once and its runs are repeated.
 */
final class MaskScan {
  private final Elements elements;
  private final byte[] bytes;
  private final long id;
  private final Shape shape;
  private final int[] strides;
  private final int[] labelStrides;
  private final RunList runs = new RunList();

  MaskScan(Patch labels, long id, Axes axes, Shape shape) {
    if (labels.type().isFloat()) {
      throw new IllegalArgumentException("Label ids are integers, got " + labels.type());
    }
    this.elements = labels.elements();
    this.bytes = labels.pixels().bytes();
    this.id = id;
    this.shape = shape;
    this.strides = strides(shape);
    this.labelStrides = labelStrides(labels, axes, shape);
  }

  static int[] strides(Shape shape) {
    int[] strides = new int[shape.rank()];
    int stride = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= (int) shape.get(axis);
    }
    return strides;
  }

  /** Steps in the labels for a step along each axis of the patch; 0 where labels are broadcast. */
  static int[] labelStrides(Patch labels, Axes axes, Shape shape) {
    int[] own = strides(labels.shape());
    int[] steps = new int[axes.rank()];
    for (int axis = 0; axis < labels.axes().rank(); axis++) {
      String name = labels.axes().get(axis).name();
      int target =
          axes.index(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "Labels have an axis '" + name + "', the patch has " + axes.names()));
      long length = labels.shape().get(axis);
      if (length != 1 && length != shape.get(target)) {
        throw new IllegalArgumentException(
            "Labels of shape "
                + labels.shape()
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
      scan(0, 0, 0);
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
        scan(axis + 1, at + i * strides[axis], label + i * labelStrides[axis]);
      }
      return;
    }
    int first = runs.size();
    scanOnce(axis, at, label);
    int last = runs.size();
    for (int i = 1; i < length; i++) {
      runs.repeat(first, last, i * strides[axis]);
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
