// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

/** Copies a box between two arrays in the longest runs that are contiguous in both. */
final class RowCopy {
  private final NdArray source;
  private final NdArray target;
  private final int runAxis;
  private final int width;
  private final int runBytes;
  private final long[] lengths;
  private final long[] sourceStrides;
  private final long[] targetStrides;
  private final long sourceStart;
  private final long targetStart;

  RowCopy(NdArray source, Box from, NdArray target, Box to) {
    this.source = source;
    this.target = target;
    this.width = target.type().bytes();
    this.lengths = to.shape().toArray();
    this.sourceStrides = source.shape().strides();
    this.targetStrides = target.shape().strides();
    int axis = lengths.length;
    long run = width;
    while (axis > 0) {
      axis--;
      run *= lengths[axis];
      if (lengths[axis] != source.shape().get(axis) || lengths[axis] != target.shape().get(axis)) {
        break;
      }
    }
    this.runAxis = axis;
    this.runBytes = (int) run;
    this.sourceStart = offset(from, sourceStrides);
    this.targetStart = offset(to, targetStrides);
  }

  private static long offset(Box box, long[] strides) {
    long offset = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      offset += box.start(axis) * strides[axis];
    }
    return offset;
  }

  void run() {
    copy(0, sourceStart, targetStart);
  }

  private void copy(int axis, long from, long to) {
    if (axis >= runAxis) {
      System.arraycopy(
          source.bytes(), (int) (from * width), target.bytes(), (int) (to * width), runBytes);
      return;
    }
    for (long i = 0; i < lengths[axis]; i++) {
      copy(axis + 1, from + i * sourceStrides[axis], to + i * targetStrides[axis]);
    }
  }
}
