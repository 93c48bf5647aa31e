// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.List;
import java.util.Objects;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.PixelSize;

/**
 * One object as a transform sees it. The patch is the image as it was before the run and must not
 * be changed.
 *
 * @param patch all pixels of the object's box, grown by the zoom; axes as on disk
 * @param labels label ids of the same box on the grid of the patch; axes that the label image lacks
 *     are missing, an axis of length 1 holds for the whole axis of the patch
 * @param mask the pixels of the object, over the shape of {@code patch}
 * @param written the pixels of the result that are kept: {@code mask}, or all if the run writes
 *     whole boxes; what a transform writes elsewhere is thrown away
 * @param label id of the object; of a uint64 label image its 64 bits
 * @param channelNames label of each channel of the patch, in its order; one where it has no channel
 *     axis, none in label images. Channels without a name in the metadata are {@code channel_0}, …
 * @param notes takes what is to be counted in the run's manifest
 */
public record MaskedPatch(
    Patch patch,
    Patch labels,
    Mask mask,
    Mask written,
    long label,
    List<String> channelNames,
    Notes notes) {

  /**
   * @throws IllegalArgumentException if mask or labels do not fit the patch
   */
  public MaskedPatch {
    Objects.requireNonNull(notes, "notes");
    channelNames = List.copyOf(channelNames);
    requireShape(mask, patch);
    requireShape(written, patch);
    MaskScan.labelStrides(labels, patch.axes(), patch.shape());
  }

  /** The object {@code label} of {@code labels}, with the mask that follows from them. */
  public static MaskedPatch of(Patch patch, Patch labels, long label, List<String> channelNames) {
    Mask mask = Mask.of(labels, label, patch.axes(), patch.shape());
    return new MaskedPatch(patch, labels, mask, mask, label, channelNames, new Notes());
  }

  /** The same object, all pixels of whose box are written. */
  public MaskedPatch unmasked() {
    Mask all = Mask.full(patch.shape());
    return new MaskedPatch(patch, labels, mask, all, label, channelNames, notes);
  }

  private static void requireShape(Mask mask, Patch patch) {
    if (!mask.shape().equals(patch.shape())) {
      throw new IllegalArgumentException(
          "A mask over " + mask.shape() + " does not fit a patch of shape " + patch.shape());
    }
  }

  public Axes axes() {
    return patch.axes();
  }

  public PixelSize pixelSize() {
    return patch.pixelSize();
  }

  /** The pixels of the box with that label id; 0 gives the background around the object. */
  public Mask maskOf(long id) {
    return Mask.of(labels, id, patch.axes(), patch.shape());
  }

  /**
   * The label id at a pixel of the patch; of a uint64 label image its 64 bits.
   *
   * @throws IndexOutOfBoundsException if there is no such pixel
   */
  public long labelAt(long flatIndex) {
    long rest = Objects.checkIndex(flatIndex, (long) patch.size());
    int[] steps = MaskScan.labelStrides(labels, patch.axes(), patch.shape());
    long index = 0;
    for (int axis = steps.length - 1; axis >= 0; axis--) {
      long length = patch.shape().get(axis);
      index += rest % length * steps[axis];
      rest /= length;
    }
    return labels.integer(index);
  }
}
