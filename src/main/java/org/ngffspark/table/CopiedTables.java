// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.stream.Stream;
import org.ngffspark.roi.Roi;

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

  /**
   * As {@link #copy}, of a part of the image: regions are cut to it and counted from its first
   * pixel on, and rows of regions that have nothing there are left out. Tables of no regions are
   * copied as they are.
   *
   * @param part in the world units of the tables; axes that it does not name are kept whole
   */
  public void copyCut(String from, String to, WritableBackend backend, Roi part) {
    Table table = source.read(from);
    boolean hasRegions =
        Stream.of(TableType.ROI, TableType.MASKING_ROI, TableType.GENERIC_ROI)
            .anyMatch(source.attributes(from)::isType);
    write(from, to, backend, hasRegions ? new RegionCut(part).of(table) : table);
  }

  private void write(String from, String to, WritableBackend backend, Table table) {
    target.write(to, backend, table, WrittenAttributes.copied(source.attributes(from)));
  }
}
