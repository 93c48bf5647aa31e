// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.store.FormatException;

class CsvTableTest {

  private static List<Column> read(String text) {
    return new CsvTable("here/table.csv", text).columns();
  }

  @Test
  void everyColumnHasTheNarrowestTypeThatHoldsItsValues() {
    assertThat(read("a,b,c,d,e\n1,1,true,x,\n2,2.5,false,3,\n"))
        .containsExactly(
            LongColumn.of("a", 1, 2),
            DoubleColumn.of("b", 1, 2.5),
            BooleanColumn.of("c", true, false),
            StringColumn.of("d", "x", "3"),
            DoubleColumn.of("e", Double.NaN, Double.NaN));
  }

  @Test
  void nothingIsMissingAndAnEmptyQuotedFieldIsAnEmptyText() {
    assertThat(read("a,b,c,d\n,,,\n1,true,\"\",0.5\n"))
        .containsExactly(
            LongColumn.wrap("a", new long[] {0, 1}, rows(0)),
            BooleanColumn.wrap("b", 2, rows(1), rows(0)),
            StringColumn.wrap("c", new String[] {null, ""}),
            DoubleColumn.of("d", Double.NaN, 0.5));
  }

  private static BitSet rows(int... rows) {
    BitSet set = new BitSet();
    for (int row : rows) {
      set.set(row);
    }
    return set;
  }

  @Test
  void aQuotedNumberIsAText() {
    assertThat(read("id\n\"5\"\n\"6\"\n")).containsExactly(StringColumn.of("id", "5", "6"));
  }

  @Test
  void numbersThatDoNotFitInto64BitsBecomeFloats() {
    assertThat(read("a\n18446744073709551615\n1\n"))
        .containsExactly(DoubleColumn.of("a", 0x1p64, 1));
  }

  @Test
  void quotedFieldsHoldCommasLineEndsAndQuotes() {
    assertThat(read("\"a,\"\"b\"\"\",c\r\n\"1\r\n,2\",\"\"\"\"\r\n\"x\",y\r\n"))
        .containsExactly(
            StringColumn.of("a,\"b\"", "1\r\n,2", "x"), StringColumn.of("c", "\"", "y"));
  }

  @Test
  void aByteOrderMarkBlankLinesAndAMissingLastLineEndAreTaken() {
    assertThat(read("\uFEFFa,b\n\n1,2\n\n3,4"))
        .containsExactly(LongColumn.of("a", 1, 3), LongColumn.of("b", 2, 4));
  }

  @Test
  void aBlankLineIsAMissingValueWhereThereIsOneColumn() {
    assertThat(read("a\n1\n\n3\n"))
        .containsExactly(LongColumn.wrap("a", new long[] {1, 0, 3}, rows(1)));
  }

  @Test
  void otherToolsWordsForMissingNumbersAreTaken() {
    assertThat(read("a\n1.5\nNaN\nNA\nnull\n"))
        .containsExactly(DoubleColumn.of("a", 1.5, Double.NaN, Double.NaN, Double.NaN));
  }

  @Test
  void aTableMayHaveNoRowsOrNothingAtAll() {
    assertThat(read("a,b\n")).containsExactly(DoubleColumn.of("a"), DoubleColumn.of("b"));
    assertThat(read("")).isEmpty();
  }

  @Test
  void aRecordOfAnotherLengthIsRefusedWithItsLine() {
    assertThatThrownBy(() -> read("a,b\n\"x\ny\",1\n1,2,3\n"))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "Cannot read here/table.csv: the record in line 4 has 3 fields, the header has 2");
  }

  @Test
  void anOpenQuoteIsRefusedWithItsLine() {
    assertThatThrownBy(() -> read("a\n1\n\"x\n" + "y".repeat(1_000_000)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("here/table.csv: the quote opened in line 3 is not closed");
  }

  @Test
  void textBehindAQuoteIsRefused() {
    assertThatThrownBy(() -> read("a,b\n\"1\"2,3\n"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("text follows the closing quote of a field in line 2");
  }
}
