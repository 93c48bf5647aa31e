// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CsvWriterTest {

  @Test
  void textsAreQuotedNumbersAreShortAndMissingValuesAreNothing() {
    Table table =
        Table.of(
            StringColumn.of("id", "a\"b", "5"),
            List.of(
                DoubleColumn.of("x", 3.0, Double.NaN),
                BooleanColumn.of("ok", true, false),
                StringColumn.wrap("note", new String[] {null, ""})));
    assertThat(CsvWriter.write(table))
        .isEqualTo("\"id\",\"x\",\"ok\",\"note\"\n\"a\"\"b\",3,true,\n\"5\",,false,\"\"\n");
  }

  @Test
  void everyTableReadsBackAsItself() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Table table = new RandomTables(random).next(1 + random.nextInt(20));
      List<Column> columns = new CsvTable("table.csv", CsvWriter.write(table)).columns();
      assertThat(columns).as("seed %d", seed).isEqualTo(table.columns());
    }
  }
}
