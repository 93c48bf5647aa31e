// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.ngffspark.zarr.Json;

/** The attributes of tables that are written, as ngio writes them. */
final class WrittenAttributes {
  private WrittenAttributes() {}

  static ObjectNode of(TableType type) {
    ObjectNode attributes =
        Json.object()
            .put(TableAttributes.TYPE, type.attribute())
            .put(TableAttributes.VERSION, TableAttributes.SUPPORTED_VERSION);
    type.defaultIndex()
        .ifPresent(
            index ->
                attributes
                    .put(TableAttributes.INDEX_KEY, index.key())
                    .put(TableAttributes.INDEX_TYPE, index.type().attribute()));
    return attributes;
  }

  static ObjectNode of(TableType type, String labelName) {
    ObjectNode attributes = of(type).put(TableAttributes.INSTANCE_KEY, MaskingRoiTable.LABEL);
    attributes
        .putObject(TableAttributes.REGION)
        .put(TableAttributes.PATH, "../labels/" + labelName);
    return attributes;
  }
}
