// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import java.util.ArrayList;
import java.util.List;
import org.ngffspark.table.Column;
import org.ngffspark.table.StringColumn;
import org.ngffspark.table.Table;

/** Tables for people: columns side by side, numbers to the right. */
public final class TableText {
  private TableText() {}

  /** A line of names, then one for each row. */
  public static List<String> lines(Table table) {
    List<List<String>> cells = new ArrayList<>();
    List<Integer> widths = new ArrayList<>();
    for (Column column : table.columns()) {
      List<String> texts = new ArrayList<>(List.of(column.name()));
      for (int row = 0; row < table.rows(); row++) {
        texts.add(column.isMissing(row) ? "-" : column.text(row));
      }
      cells.add(texts);
      widths.add(texts.stream().mapToInt(String::length).max().orElse(0));
    }
    List<String> lines = new ArrayList<>();
    for (int line = 0; line <= table.rows(); line++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < cells.size(); i++) {
        boolean left = table.columns().get(i) instanceof StringColumn;
        String cell = cells.get(i).get(line);
        String gap = " ".repeat(widths.get(i) - cell.length());
        text.append(i == 0 ? "" : "  ").append(left ? cell + gap : gap + cell);
      }
      lines.add(text.toString().stripTrailing());
    }
    return lines;
  }
}
