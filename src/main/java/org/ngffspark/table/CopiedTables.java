// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.stream.Stream;

/**
 * Tables that are written once more, in the same container or another one. Their attributes, index
 * and columns stay, those that we do not know too.
 */
public record CopiedTables(Tables source, Tables target) {

  /** Gives the list of tables the attributes that the other list has besides its names. */
  public void carryAttributes() {
    target.list().carryAttributes(source.list());
  }

  /**
   * Copies a table, and adds it to the end of the list.
   *
   * @param from its name among the source's tables
   * @param to its name among the target's
   * @throws IllegalArgumentException if there is no table of the first name, there is one of the
   *     second, or it is not a name
   * @throws org.ngffspark.zarr.store.FormatException as {@link Tables#read}
   */
  public void copy(String from, String to, WritableBackend backend) {
    write(from, to, backend, source.read(from));
  }

  /** As {@link #copy}, with other regions; tables of no regions are copied as they are. */
  public void copyEdited(String from, String to, WritableBackend backend, RegionEdit edit) {
    Table table = source.read(from);
    boolean hasRegions =
        Stream.of(TableType.ROI, TableType.MASKING_ROI, TableType.GENERIC_ROI)
            .anyMatch(source.attributes(from)::isType);
    write(from, to, backend, hasRegions ? edit.of(table) : table);
  }

  private void write(String from, String to, WritableBackend backend, Table table) {
    target.write(to, backend, table, WrittenAttributes.copied(source.attributes(from)));
  }
}
