// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.Optional;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/** Tables in the attributes of the subgroup {@code table}. */
final class JsonBackend implements TableReader {
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
}
