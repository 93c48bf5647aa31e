// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import java.util.List;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.Shape;

/**
 * Where one region lies on an image and on its label image, and how the label's pixels map to the
 * patch's.
 *
 * @param imageBox pixels of the region on the image, cut to it, with all channels
 * @param labelBox pixels of the region on the label image, cut to it
 * @param patchShape shape of the patch: that of {@code imageBox}, with the selected channels only
 * @param index for every axis of the image, the label block's index along the same axis; constant 0
 *     on an axis that the label lacks
 */
public record MaskPlacement(Box imageBox, Box labelBox, Shape patchShape, List<AxisIndex> index) {
  public MaskPlacement {
    index = List.copyOf(index);
  }
}
