// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.ngffspark.zarr.store.FormatException;

/** A dataframe of an AnnData group: one array or group per column, all of the index's length. */
final class AnnDataFrame {
  private static final String INDEX = "_index";

  private final AnnDataNode node;
  private final Column index;

  private AnnDataFrame(AnnDataNode node, Column index) {
    this.node = node;
    this.index = index;
  }

  /**
   * @throws FormatException if it is not a dataframe or its index is wrong
   */
  static AnnDataFrame open(AnnDataNode node) {
    node.requireEncoding("dataframe");
    AnnDataSeries series = new AnnDataSeries(node, OptionalInt.empty());
    return new AnnDataFrame(node, series.read(node.text(INDEX)));
  }

  Column index() {
    return index;
  }

  int rows() {
    return index.size();
  }

  /**
   * The columns in their order, without the index, which anndata also lists where a column equals
   * it in name and values.
   *
   * @throws FormatException if a column is missing, of another length, or in an encoding that is
   *     not supported
   */
  List<Column> columns() {
    JsonNode order = node.attributes().path("column-order");
    if (!order.isArray()) {
      throw node.problem("the attribute column-order must be an array, got " + order);
    }
    AnnDataSeries series = new AnnDataSeries(node, OptionalInt.of(rows()));
    List<Column> columns = new ArrayList<>();
    for (JsonNode name : order) {
      if (!name.asText().equals(index.name())) {
        columns.add(series.read(name.asText()));
      }
    }
    return columns;
  }
}
