// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.ngffspark.table.BooleanColumn;
import org.ngffspark.table.Column;
import org.ngffspark.table.DoubleColumn;
import org.ngffspark.table.FeatureTable;
import org.ngffspark.table.LongColumn;
import org.ngffspark.zarr.store.FormatException;

/**
 * The feature tables of one image. Rows of several tables belong together by label and, in those
 * that have a column {@code time_index}, time point; a table without it holds for all time points.
 * Of several rows of one object at one time point the first counts.
 */
final class FeatureLookup {
  private final Map<String, Feature> features = new HashMap<>();
  private final Map<Long, SortedSet<Long>> times = new HashMap<>();

  /** An object, at one time point if the table tells them apart. */
  private record Key(long label, OptionalLong time) {}

  /** A column of a feature table, and the row of each object. */
  private record Feature(Column column, boolean isTimed, Map<Key, Integer> rows) {}

  FeatureLookup(List<FeatureTable> tables) {
    tables.forEach(this::add);
  }

  private void add(FeatureTable table) {
    Optional<Column> time =
        table.features().stream()
            .filter(column -> column.name().equals(FeatureTable.TIME))
            .findFirst();
    Map<Key, Integer> rows = new HashMap<>();
    for (int row = 0; row < table.table().rows(); row++) {
      long label = table.labels().value(row);
      OptionalLong at =
          time.isPresent() ? time(table.labelName(), time.get(), row) : OptionalLong.empty();
      at.ifPresent(index -> times.computeIfAbsent(label, none -> new TreeSet<>()).add(index));
      rows.putIfAbsent(new Key(label, at), row);
    }
    for (Column column : table.features()) {
      if (!column.name().equals(FeatureTable.TIME)) {
        features.put(column.name(), new Feature(column, time.isPresent(), rows));
      }
    }
  }

  /** A table may hold whole numbers as floats, as AnnData's matrix does. */
  private static OptionalLong time(String labelName, Column column, int row) {
    if (column.isMissing(row)) {
      return OptionalLong.empty();
    }
    if (column instanceof LongColumn longs) {
      return OptionalLong.of(longs.value(row));
    }
    if (column instanceof DoubleColumn doubles
        && doubles.value(row) == Math.rint(doubles.value(row))) {
      return OptionalLong.of((long) doubles.value(row));
    }
    throw new FormatException(
        "a feature table of '" + labelName + "'",
        "column 'time_index' must hold whole numbers, got " + column.text(row));
  }

  /**
   * The time points at which an object has rows, ascending; one that is empty if there are none.
   */
  List<OptionalLong> times(long label) {
    return times.containsKey(label)
        ? times.get(label).stream().map(OptionalLong::of).toList()
        : List.of(OptionalLong.empty());
  }

  /** A feature of an object at a time point; empty if it is missing. */
  Optional<?> value(String name, long label, OptionalLong time) {
    if (name.equals(FeatureTable.TIME)) {
      return time.isPresent() ? Optional.of(time.getAsLong()) : Optional.empty();
    }
    return Optional.ofNullable(features.get(name)).flatMap(each -> value(each, label, time));
  }

  private static Optional<?> value(Feature feature, long label, OptionalLong time) {
    Integer at = feature.rows.get(new Key(label, feature.isTimed ? time : OptionalLong.empty()));
    Column column = feature.column;
    if (at == null || column.isMissing(at)) {
      return Optional.empty();
    }
    if (column instanceof DoubleColumn doubles) {
      return Optional.of(doubles.value(at));
    }
    if (column instanceof LongColumn longs) {
      return Optional.of(longs.value(at));
    }
    return column instanceof BooleanColumn booleans
        ? Optional.of(booleans.value(at))
        : Optional.of(column.text(at));
  }
}
