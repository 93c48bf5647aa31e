// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.ngffspark.table.Column;
import org.ngffspark.table.DoubleColumn;
import org.ngffspark.table.FeatureTable;
import org.ngffspark.table.StringColumn;
import org.ngffspark.zarr.store.FormatException;

class FeatureLookupTest {
  private static FeatureTable table(Column... columns) {
    return FeatureTable.of("nuclei", new long[] {4, 4, 5}, List.of(columns));
  }

  private static Column areas() {
    return DoubleColumn.of("area", new double[] {1, 7, 3});
  }

  @Test
  void timePointsMayBeFloatsAndMissing() {
    Column times = DoubleColumn.of("time_index", new double[] {2, 0, Double.NaN});
    FeatureLookup lookup = new FeatureLookup(List.of(table(times, areas())));
    assertThat(lookup.times(4)).containsExactly(OptionalLong.of(0), OptionalLong.of(2));
    assertThat(lookup.times(5)).containsExactly(OptionalLong.empty());
    assertThat(number(lookup, "area", 4, OptionalLong.of(0))).contains(7.0);
    assertThat(number(lookup, "area", 5, OptionalLong.empty())).contains(3.0);
    assertThat(number(lookup, "time_index", 4, OptionalLong.of(2))).contains(2.0);
  }

  private static Optional<Double> number(
      FeatureLookup lookup, String name, long label, OptionalLong time) {
    return lookup.value(name, label, time).map(value -> ((Number) value).doubleValue());
  }

  @Test
  void withoutTimePointsTheFirstRowOfAnObjectCounts() {
    FeatureLookup lookup = new FeatureLookup(List.of(table(areas())));
    assertThat(lookup.times(4)).containsExactly(OptionalLong.empty());
    assertThat(number(lookup, "area", 4, OptionalLong.empty())).contains(1.0);
    assertThat(number(lookup, "area", 9, OptionalLong.empty())).isEmpty();
    assertThat(number(lookup, "length", 4, OptionalLong.empty())).isEmpty();
  }

  @Test
  void timePointsThatAreNoneAreNamed() {
    FeatureTable halves = table(DoubleColumn.of("time_index", new double[] {0, 0.5, 1}));
    assertThatThrownBy(() -> new FeatureLookup(List.of(halves)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("'nuclei'")
        .hasMessageContaining("0.5");
    FeatureTable texts = table(StringColumn.of("time_index", "a", "b", "c"));
    assertThatThrownBy(() -> new FeatureLookup(List.of(texts))).hasMessageContaining("got a");
  }
}
