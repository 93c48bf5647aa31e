// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.io.Serializable;
import java.util.List;
import org.ngffspark.roi.UnusableRegion;

/**
 * What is to be said of rows of a masking ROI table that give no region to a label.
 *
 * @param unusable labels whose row has no region, ascending
 * @param repeated labels that have several rows, of which the last counts, ascending
 * @param unlabelled rows whose label is none: what is wrong with each
 */
public record MaskingRowNotes(
    List<UnusableRegion> unusable, List<Long> repeated, List<String> unlabelled)
    implements Serializable {
  static final MaskingRowNotes NONE = new MaskingRowNotes(List.of(), List.of(), List.of());

  public MaskingRowNotes {
    unusable = List.copyOf(unusable);
    repeated = List.copyOf(repeated);
    unlabelled = List.copyOf(unlabelled);
  }
}
