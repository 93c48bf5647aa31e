// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.Arrays;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.PixelSize;

/**
 * Finds objects by a {@link Segmentation} inside one object, in one channel, each time point by
 * itself. Pixels of the object's box around its mask take part in smoothing and in local
 * thresholds; a threshold of all values is found for those of the mask. An object whose box has one
 * plane is taken as a plane, also where the image has more.
 */
public final class ThresholdFinder implements ObjectFinder {
  private static final long serialVersionUID = 1L;

  private final Segmentation how;

  public ThresholdFinder(Segmentation how) {
    this.how = how;
  }

  /** How it finds them. */
  public Segmentation how() {
    return how;
  }

  @Override
  public String name() {
    return "threshold";
  }

  @Override
  public String code() {
    return "";
  }

  /**
   * @throws IllegalArgumentException if the object has several channels, or the method finds no
   *     threshold
   */
  @Override
  public void find(MaskedPatch object, Patch result) {
    Patch patch = object.patch();
    if (patch.length(AxisName.C) > 1) {
      throw new IllegalArgumentException(
          "Objects are found in one channel, got " + object.channelNames());
    }
    int depth = patch.length(AxisName.Z);
    Volume volume =
        new Volume(depth == 1 ? 2 : 3, depth, patch.length(AxisName.Y), patch.length(AxisName.X));
    PatchSegmentation segmentation = new PatchSegmentation(how);
    double[] spacing = spacing(patch.pixelSize());
    int highest = 0;
    for (int from = 0; from < patch.size(); from += volume.size()) {
      double[] values = new double[volume.size()];
      patch.read(from, values.length, values, 0);
      int[] numbers =
          segmentation.objects(
              values, patch.type(), mask(object, from, volume.size()), volume, spacing);
      highest = write(numbers, highest, result, from);
    }
  }

  private static boolean[] mask(MaskedPatch object, int from, int size) {
    boolean[] mask = new boolean[size];
    object
        .mask()
        .forEachRun(
            from,
            from + size,
            (start, length) -> Arrays.fill(mask, start - from, start - from + length, true));
    return mask;
  }

  /** Numbers go on from time point to time point. */
  private static int write(int[] numbers, int before, Patch result, int from) {
    int highest = before;
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] > 0) {
        result.setInteger(from + (long) i, before + (long) numbers[i]);
        highest = Math.max(highest, before + numbers[i]);
      }
    }
    return highest;
  }

  private static double[] spacing(PixelSize size) {
    return new double[] {size.get(AxisName.Z), size.get(AxisName.Y), size.get(AxisName.X)};
  }
}
