// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.Arrays;
import java.util.function.LongPredicate;
import org.ngffspark.image.ChannelSelection;
import org.ngffspark.image.Container;
import org.ngffspark.image.Image;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.image.Label;
import org.ngffspark.image.MaskedImage;
import org.ngffspark.image.MaskedLabel;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.image.Masking;
import org.ngffspark.image.MaskingRois;
import org.ngffspark.image.Patch;
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
    double zoom,
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
        transform, Masking.by(label), 0, "", 1, ChannelSelection.all(), Extent.MASK, id -> true);
  }

  public SequentialLoop zoomed(double factor) {
    return new SequentialLoop(transform, masking, level, onLabel, factor, channels, extent, ids);
  }

  /** Transforms the objects and rebuilds the pyramid below the level. */
  public void run(Container before, Container target) {
    runWithoutPyramid(before, target).consolidate();
  }

  /** Transforms the objects of one level only, and returns the level. */
  public ImageLevel runWithoutPyramid(Container before, Container target) {
    if (onLabel.isEmpty()) {
      MaskedImage source = before.maskedImage(masking, level);
      Image image = target.image(level);
      MaskedReader reader = source.reader(channels);
      loop(reader, source.rois(), (roi, object, patch) -> write(image, roi, object, patch));
      return image;
    }
    MaskedLabel source = before.maskedLabel(onLabel, masking, level);
    Label label = target.label(onLabel, level);
    loop(source.reader(), source.rois(), (roi, object, patch) -> write(label, roi, object, patch));
    return label;
  }

  @FunctionalInterface
  private interface Writer {
    void write(Roi roi, MaskedPatch object, Patch result);
  }

  private void loop(MaskedReader reader, MaskingRois rois, Writer writer) {
    for (long id : rois.labels()) {
      if (!ids.test(id)) {
        continue;
      }
      MaskedPatch object = reader.read(id, rois.roi(id), zoom);
      if (extent == Extent.WHOLE_BOX) {
        object = object.unmasked();
      }
      Patch result = object.patch().copy();
      transform.apply(object, result);
      writer.write(rois.roi(id).zoom(zoom), object, result);
    }
  }

  private void write(Image image, Roi roi, MaskedPatch object, Patch result) {
    Patch now = image.getRoi(roi, channels);
    object.written().paste(result.pixels(), now.pixels());
    image.setRoi(roi, channels, now);
  }

  private static void write(Label label, Roi roi, MaskedPatch object, Patch result) {
    Patch now = label.getRoi(roi);
    object.written().paste(result.pixels(), now.pixels());
    label.setRoi(roi, now);
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
