// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final Table TABLE =
      Table.of(
          LongColumn.of("label", 1, 2, 3),
          List.of(
              StringColumn.wrap("kind", new String[] {"a", null, "c"}),
              BooleanColumn.of("kept", true, false, true)));

  @Test
  void theIndexComesFirst() {
    assertThat(TABLE.names()).containsExactly("label", "kind", "kept");
    assertThat(TABLE.index()).hasValue(LongColumn.of("label", 1, 2, 3));
    assertThat(TABLE.values()).hasSize(2);
    assertThat(Table.of(TABLE.columns()).index()).isEmpty();
  }

  @Test
  void rowsAreSelectedWithTheirMissingValues() {
    Table selected = TABLE.select(2, 1, 1);
    assertThat(selected.column("label")).isEqualTo(LongColumn.of("label", 3, 2, 2));
    assertThat(selected.column("kind"))
        .isEqualTo(StringColumn.wrap("kind", new String[] {"c", null, null}));
    assertThat(selected.column("kept")).isEqualTo(BooleanColumn.of("kept", true, false, false));
  }

  @Test
  void anUnknownColumnIsRefusedWithThoseThatAre() {
    assertThatThrownBy(() -> TABLE.column("area"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No column 'area'; the table has [label, kind, kept]");
  }

  @Test
  void columnsOfOneNameOrDifferentLengthsAreRefused() {
    assertThatThrownBy(() -> Table.of(List.of(LongColumn.of("a", 1), LongColumn.of("a", 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Two columns are named 'a'");
    assertThatThrownBy(() -> Table.of(List.of(LongColumn.of("a", 1), LongColumn.of("b"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a' has 1 rows and 'b' has 0");
  }
}
