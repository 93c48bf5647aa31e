// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
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
    List<Column> others = obs.columns();
    columns.addAll(matrix(root, obs, others));
    others.stream().filter(column -> !names(columns).contains(column.name())).forEach(columns::add);
    return attributes.table(columns, Optional.of(obs.index().name()));
  }

  /** The columns of the matrix; one of the dataframe's takes the place of that of its name. */
  private static List<Column> matrix(AnnDataNode root, AnnDataFrame obs, List<Column> others) {
    Optional<AnnDataNode> x = root.find(X).filter(node -> !node.encoding().equals("null"));
    if (x.isEmpty()) {
      return List.of();
    }
    Column names = AnnDataFrame.open(root.child("var")).index();
    NdArray values = new AnnDataMatrix(x.get(), obs.rows(), names.size()).values();
    NumberColumns numbers = new NumberColumns(values, x.get().path().toString());
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Optional<Column> other = find(others, names.text(i));
      columns.add(other.isPresent() ? other.get() : numbers.column(i, names.text(i)));
    }
    columns.removeIf(column -> column.name().equals(obs.index().name()));
    return columns;
  }

  private static Optional<Column> find(List<Column> columns, String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  @Override
  public void write(StorePath group, ZarrFormat format, ObjectNode attributes, Table table) {
    new AnnDataWriter(group, format).write(table, attributes);
  }
}
