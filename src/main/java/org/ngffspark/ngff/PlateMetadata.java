// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import java.util.List;
import java.util.Optional;

/**
 * What metadata say about a plate.
 *
 * @param rows names of the rows
 * @param columns names of the columns
 * @param wells paths of the wells that exist, as in {@code B/03}
 * @param acquisitions empty where metadata list none
 */
public record PlateMetadata(
    Optional<String> name,
    List<String> rows,
    List<String> columns,
    List<String> wells,
    List<Acquisition> acquisitions) {

  public PlateMetadata {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    wells = List.copyOf(wells);
    acquisitions = List.copyOf(acquisitions);
  }
}
