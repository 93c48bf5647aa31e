// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.resample;

import org.ngffspark.zarr.nd.Shape;

/** Elements to skip per step along each axis of an array in C order. */
final class RowOffsets {
  private final long[] strides;

  RowOffsets(Shape shape) {
    strides = new long[shape.rank()];
    long stride = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape.get(axis);
    }
  }

  int offset(int axis, long index) {
    return (int) (strides[axis] * index);
  }
}
