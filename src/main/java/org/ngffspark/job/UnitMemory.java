// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import org.ngffspark.zarr.ZarrArray;

/**
 * Bytes of decoded pixels that belong to one write unit.
 *
 * @param pixels of the level whose pixels are taken
 * @param labels of the part of the label image that masks them; 0 if the run takes no objects
 */
public record UnitMemory(double pixels, double labels) {

  /** Of the units of an image. */
  public static UnitMemory of(OpenedImage image) {
    ZarrArray array = image.level().array();
    double pixels = array.writeUnits().chunk().elements();
    double labels = 0;
    if (image.hasObjects()) {
      ZarrArray ids = image.label().array();
      double share = pixels / Math.max(1, array.shape().elements());
      labels = share * ids.shape().elements() * ids.type().bytes();
    }
    return new UnitMemory(pixels * array.type().bytes(), labels);
  }

  /**
   * What a task holds that keeps the labels once and the pixels in so many copies, at least 1 byte.
   */
  public long bytes(double copies) {
    return (long) Math.max(1, pixels * copies + labels);
  }
}
