// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.StorePath;

/**
 * Tables as AnnData groups: numbers in {@code X}, the rest in {@code obs}, whose index identifies
 * the rows. Other parts of the group are not read.
 */
final class AnnDataBackend implements TableReader, TableWriter {
  private static final String X = "X";

  @Override
  public Table read(StorePath group, TableAttributes attributes) {
    AnnDataNode root = new AnnDataNode(group, attributes.format(), attributes.node());
    AnnDataFrame obs = AnnDataFrame.open(root.child("obs"));
    List<Column> columns = new ArrayList<>();
    columns.add(obs.index());
    AnnDataNode.find(group.child(X), root.format())
        .ifPresent(x -> columns.addAll(matrix(x, obs.rows(), root)));
    columns.addAll(obs.columns());
    return attributes.table(columns, Optional.of(obs.index().name()));
  }

  private static List<Column> matrix(AnnDataNode x, int rows, AnnDataNode root) {
    if (!x.encoding().equals("array")) {
      throw x.problem("encoding-type must be \"array\", got \"" + x.encoding() + "\"");
    }
    Column names = AnnDataFrame.open(root.child("var")).index();
    NdArray values = x.numbers(rows, names.size());
    NumberColumns numbers = new NumberColumns(values, x.path().toString());
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      columns.add(numbers.column(i, names.text(i), new BitSet()));
    }
    return columns;
  }

  @Override
  public void write(StorePath group, ZarrFormat format, ObjectNode attributes, Table table) {
    new AnnDataWriter(group, format).write(table, attributes);
  }
}
