// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.Optional;

/** What the rows of a table are, as the attribute {@code type} names it. */
enum TableType {
  ROI("roi_table"),
  MASKING_ROI("masking_roi_table"),
  GENERIC_ROI("generic_roi_table"),
  FEATURE("feature_table"),
  CONDITION("condition_table"),
  GENERIC("generic_table");

  private final String attribute;

  TableType(String attribute) {
    this.attribute = attribute;
  }

  String attribute() {
    return attribute;
  }

  /** The index of a table that names none; empty for types that need not have one. */
  Optional<DefaultIndex> defaultIndex() {
    return switch (this) {
      case ROI -> Optional.of(new DefaultIndex("FieldIndex", IndexType.STR));
      case MASKING_ROI, FEATURE -> Optional.of(new DefaultIndex("label", IndexType.INT));
      case GENERIC_ROI, CONDITION, GENERIC -> Optional.empty();
    };
  }
}
