// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.measure.FeatureRows;
import org.ngffspark.measure.ObjectKeys;
import org.ngffspark.measure.ObjectPieces;

/** What a task of a run that measures returns. */
public sealed interface Measured extends Serializable {

  /** Objects that are measured. */
  record Rows(FeatureRows rows) implements Measured {}

  /**
   * Objects in pieces, put together from all tiles; what tiles have measured of them does not
   * count.
   */
  record Instead(FeatureRows rows, ObjectKeys of) implements Measured {}

  /**
   * Parts of objects that reach the border of a tile.
   *
   * @param place which of the places puts them together
   */
  record Parts(int place, ObjectPieces pieces) implements Measured {}

  /** Boxes of the objects of a label image of another resolution in a part of it. */
  record Boxes(LabelBoxes boxes) implements Measured {}

  /** All rows of objects that tiles and places have measured; those in pieces have several. */
  static FeatureRows rows(int columns, List<Measured> all) {
    List<FeatureRows> batches = new ArrayList<>();
    for (Measured each : all) {
      if (each instanceof Rows rows) {
        batches.add(rows.rows());
      }
    }
    return FeatureRows.merge(columns, batches);
  }

  /** The rows of an image, one for each object and time point. */
  static FeatureRows merged(int columns, List<Measured> all) {
    FeatureRows rows = rows(columns, all);
    for (Measured each : all) {
      if (each instanceof Instead instead) {
        rows = FeatureRows.merge(columns, List.of(rows.without(instead.of()), instead.rows()));
      }
    }
    return rows;
  }
}
