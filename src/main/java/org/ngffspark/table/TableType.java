// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.Optional;

/** What the rows of a table are, as the attribute {@code type} names it. */
enum TableType {
  ROI("roi_table", new DefaultIndex("FieldIndex", IndexType.STR)),
  MASKING_ROI("masking_roi_table", new DefaultIndex("label", IndexType.INT)),
  GENERIC_ROI("generic_roi_table"),
  FEATURE("feature_table", new DefaultIndex("label", IndexType.INT)),
  CONDITION("condition_table"),
  GENERIC("generic_table");

  private final String attribute;
  private final Optional<DefaultIndex> index;

  TableType(String attribute) {
    this.attribute = attribute;
    this.index = Optional.empty();
  }

  TableType(String attribute, DefaultIndex index) {
    this.attribute = attribute;
    this.index = Optional.of(index);
  }

  String attribute() {
    return attribute;
  }

  /** The index of a table that names none; generic and condition tables need not have one. */
  Optional<DefaultIndex> defaultIndex() {
    return index;
  }
}
