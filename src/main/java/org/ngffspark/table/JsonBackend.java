// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/** Tables in the attributes of the subgroup {@code table}. */
final class JsonBackend implements TableReader, TableWriter {
  private static final String GROUP = "table";

  @Override
  public Table read(StorePath group, TableAttributes attributes) {
    StorePath path = group.child(GROUP);
    Group table =
        Group.open(path)
            .orElseThrow(() -> new FormatException(path.toString(), "the group is missing"));
    JsonColumns columns = new JsonColumns(path.toString());
    return attributes.at(path).table(columns.read(table.attributes()), Optional.empty());
  }

  /**
   * @throws IllegalArgumentException if the table has more values than a metadata file may hold
   */
  @Override
  public void write(StorePath group, ZarrFormat format, ObjectNode attributes, Table table) {
    ObjectNode columns = JsonColumns.write(table);
    Group.create(group.child(GROUP), format, columns);
    Group.create(group, format, attributes);
  }
}
