// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Roi;

/** What becomes of the regions of a table that is copied into an image with other pixels. */
public sealed interface RegionEdit permits RegionCut, RegionFlattening {

  /**
   * Of a part of the image: regions are cut to it and counted from its first pixel on, and rows of
   * regions that have nothing there are left out.
   *
   * @param part in the world units of the tables; axes that it does not name are kept whole
   */
  static RegionEdit cutTo(Roi part) {
    return new RegionCut(part);
  }

  /** Of an image with one pixel on an axis: regions have all of it. */
  static RegionEdit flatOn(AxisName axis) {
    return new RegionFlattening(axis);
  }

  /** The table with its regions changed; its other columns stay. */
  Table of(Table table);
}
