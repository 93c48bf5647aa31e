// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.Arrays;
import java.util.function.LongPredicate;
import org.ngffspark.image.ChannelSelection;
import org.ngffspark.image.Container;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.image.Masked;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Masking;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.Growth;
import org.ngffspark.roi.Roi;

/**
 * What a run must give, in the plainest way: one object after the other by ascending id, read from
 * the image as it was, written to another one with the same metadata. The reference for jobs.
 *
 * @param level of the image, or of {@code onLabel}
 * @param onLabel the label image to transform; {@code ""} for the image
 * @param ids which objects
 */
public record SequentialLoop(
    MaskedTransform transform,
    Masking masking,
    int level,
    String onLabel,
    Growth growth,
    ChannelSelection channels,
    Extent extent,
    LongPredicate ids) {

  /** Which pixels of an object's box are written. */
  public enum Extent {
    MASK,
    WHOLE_BOX
  }

  /** All objects of the finest level, as large as they are, all channels. */
  public static SequentialLoop of(MaskedTransform transform, String label) {
    return new SequentialLoop(
        transform,
        Masking.by(label),
        0,
        "",
        Growth.by(1),
        ChannelSelection.all(),
        Extent.MASK,
        id -> true);
  }

  public SequentialLoop zoomed(double factor) {
    return new SequentialLoop(
        transform, masking, level, onLabel, Growth.by(factor), channels, extent, ids);
  }

  /** Transforms the objects and rebuilds the pyramid below the level. */
  public void run(Container before, Container target) {
    runWithoutPyramid(before, target).consolidate();
  }

  /** Transforms the objects of one level only, and returns the level. */
  public ImageLevel runWithoutPyramid(Container before, Container target) {
    boolean image = onLabel.isEmpty();
    Masked source =
        image ? before.maskedImage(masking, level) : before.maskedLabel(onLabel, masking, level);
    ImageLevel result = image ? target.image(level) : target.label(onLabel, level);
    loop(source.grow(growth).channels(channels), result);
    return result;
  }

  private void loop(Masked source, ImageLevel target) {
    for (long id : source.rois().labels()) {
      if (!ids.test(id)) {
        continue;
      }
      MaskedPatch object = source.read(id);
      if (extent == Extent.WHOLE_BOX) {
        object = object.unmasked();
      }
      Patch result = object.patch().copy();
      transform.apply(object, result);
      write(target, source.rois().roi(id).grow(growth, source.level().pixelSize()), object, result);
    }
  }

  private void write(ImageLevel image, Roi roi, MaskedPatch object, Patch result) {
    Patch now = image.getRoi(roi, channels);
    object.written().paste(result.pixels(), now.pixels());
    image.setRoi(roi, channels, now);
  }

  /** Pixels of two levels that differ. */
  public static long differences(ImageLevel one, ImageLevel other) {
    byte[] left = one.read().pixels().bytes();
    byte[] right = other.read().pixels().bytes();
    int width = one.type().bytes();
    long found = 0;
    for (int at = 0; at < left.length; at += width) {
      found += Arrays.equals(left, at, at + width, right, at, at + width) ? 0 : 1;
    }
    return found;
  }
}
