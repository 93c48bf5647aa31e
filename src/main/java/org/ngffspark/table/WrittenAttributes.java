// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
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

  /** Those of a table of no particular type; they name its index, for not every backend does. */
  static ObjectNode generic(Table table) {
    ObjectNode attributes = Json.object();
    table
        .index()
        .ifPresent(
            index ->
                attributes
                    .put(TableAttributes.INDEX_KEY, index.name())
                    .put(TableAttributes.INDEX_TYPE, IndexType.of(index).attribute()));
    return attributes;
  }

  /** Those of another table, without what only its backend needs. */
  static ObjectNode copied(TableAttributes attributes) {
    ObjectNode copy = attributes.node().deepCopy();
    copy.remove(TableAttributes.BACKEND);
    copy.remove(List.of("encoding-type", "encoding-version"));
    return copy;
  }
}
