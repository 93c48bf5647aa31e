// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import org.ngffspark.image.LabelGrid;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.roi.Growth;

/**
 * The objects that a run takes of each image.
 *
 * @param labelName label image that holds the objects
 * @param table where their ROIs come from
 * @param growth how boxes grow before their pixels are taken
 * @param labels the ids that are taken
 * @param grid where the pixels of the label image lie
 */
public record ObjectChoice(
    String labelName, TableChoice table, Growth growth, LabelSelection labels, LabelGrid grid)
    implements Serializable {

  /** All objects of a label image, their boxes as they are. */
  public static ObjectChoice all(String labelName, TableChoice table) {
    return new ObjectChoice(labelName, table, Growth.by(1), LabelSelection.all(), LabelGrid.WORLD);
  }

  /** The same of another label image. */
  public ObjectChoice of(String otherLabel) {
    return new ObjectChoice(otherLabel, table, growth, labels, grid);
  }

  /** The same with ROIs from there. */
  public ObjectChoice from(TableChoice choice) {
    return new ObjectChoice(labelName, choice, growth, labels, grid);
  }

  /**
   * The same with boxes grown in y and x.
   *
   * @throws IllegalArgumentException if the factor is not positive and finite
   */
  public ObjectChoice zoomed(double factor) {
    return grown(Growth.by(factor));
  }

  /** The same with boxes grown otherwise. */
  public ObjectChoice grown(Growth how) {
    return new ObjectChoice(labelName, table, how, labels, grid);
  }

  /** The same with these ids only. */
  public ObjectChoice only(LabelSelection ids) {
    return new ObjectChoice(labelName, table, growth, ids, grid);
  }

  /** The same with the pixels of the label image lying there. */
  public ObjectChoice lying(LabelGrid where) {
    return new ObjectChoice(labelName, table, growth, labels, where);
  }

  /** Where the ROIs of the labels come from. */
  public sealed interface TableChoice extends Serializable {
    /** A table of that name. */
    record Named(String name) implements TableChoice {}

    /** The first masking ROI table of the label image; without one, the label image itself. */
    record Automatic() implements TableChoice {}

    /** The label image itself, whatever tables there are. */
    record LabelImage() implements TableChoice {}
  }
}
