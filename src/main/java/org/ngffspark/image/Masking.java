// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.io.Serializable;

/**
 * What masks an image: a label image and the table with the regions of its objects. Immutable.
 *
 * @param label name of the label image
 * @param table name of the masking ROI table; {@code ""} for the one that belongs to the label, or
 *     boxes computed from it where there is none
 * @param grid where the label's pixels lie
 */
public record Masking(String label, String table, LabelGrid grid) implements Serializable {

  public static Masking by(String label) {
    return new Masking(label, "", LabelGrid.WORLD);
  }

  /** The same label with the regions of that table. */
  public Masking withTable(String name) {
    return new Masking(label, name, grid);
  }

  /** The same label and table, with the label's pixels where the grid says. */
  public Masking withGrid(LabelGrid other) {
    return new Masking(label, table, other);
  }
}
