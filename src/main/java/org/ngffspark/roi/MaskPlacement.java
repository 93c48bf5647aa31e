// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import org.ngffspark.resample.IndexGather;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * Where one region lies on an image and on its label image, and how the label's pixels map to those
 * of the patch. Immutable.
 */
public final class MaskPlacement {
  private final Box imageBox;
  private final Box labelBox;
  private final Shape labelShape;
  private final Shape patchShape;
  private final int[][] index;

  /**
   * @param labelShape of the block that is read of the label
   * @param index for each axis of the label and each index along it, the index in the block that is
   *     read of the label, or {@link IndexGather#NONE}
   */
  MaskPlacement(Box imageBox, Box labelBox, Shape labelShape, Shape patchShape, int[][] index) {
    this.imageBox = imageBox;
    this.labelBox = labelBox;
    this.labelShape = labelShape;
    this.patchShape = patchShape;
    this.index = index;
  }

  /** Pixels of the region on the image, cut to it, with all channels; axes of the image. */
  public Box imageBox() {
    return imageBox;
  }

  /** Pixels of the region on the label image, cut to it; axes of the label. */
  public Box labelBox() {
    return labelBox;
  }

  /** Shape of the patch: that of {@link #imageBox}, with the selected channels only. */
  public Shape patchShape() {
    return patchShape;
  }

  /**
   * Brings the label onto the pixels of the patch.
   *
   * @param block the label's pixels in {@link #labelBox}, of several channels the selected ones;
   *     any type, ids are copied and never mixed
   * @return label ids with the axes of the label, each as long as in the patch, or 1 where one
   *     pixel stands for the whole axis; 0 where the label says nothing. It is {@code block} itself
   *     if that fits as it is.
   * @throws IllegalArgumentException if the block does not have the shape of the box
   */
  public NdArray resample(NdArray block) {
    if (!block.shape().equals(labelShape)) {
      throw new IllegalArgumentException(
          "Label pixels of " + labelBox + " cannot have shape " + block.shape());
    }
    long[] lengths = new long[index.length];
    boolean same = true;
    for (int axis = 0; axis < index.length; axis++) {
      lengths[axis] = index[axis].length;
      same &= isIdentity(index[axis], block.shape().get(axis));
    }
    if (same) {
      return block;
    }
    NdArray labels = NdArray.zeros(block.type(), Shape.of(lengths));
    new IndexGather(block, index, labels, Box.whole(labels.shape())).run();
    return labels;
  }

  private static boolean isIdentity(int[] index, long length) {
    boolean same = index.length == length;
    for (int i = 0; same && i < index.length; i++) {
      same = index[i] == i;
    }
    return same;
  }
}
