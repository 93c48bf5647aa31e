// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/** One way to store a table in a group. */
@FunctionalInterface
interface TableReader {

  /**
   * @param group of the table
   * @throws FormatException if what lies there is not a table of this kind
   */
  Table read(StorePath group, TableAttributes attributes);
}
