// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.store.StorePath;

/** One way to write a table into a group. */
interface TableWriter {

  /**
   * Writes a group and the table in it; nothing lies there yet.
   *
   * @param attributes of the group, to which the writer may add its own
   */
  void write(StorePath group, ZarrFormat format, ObjectNode attributes, Table table);
}
