// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns that are as wide as their widest cell. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<String[]> rows = new ArrayList<>();

  /**
   * @param titles the first row
   */
  public TextTable(String... titles) {
    rows.add(titles.clone());
  }

  /**
   * @throws IllegalArgumentException if there are not as many cells as titles
   */
  public void row(String... cells) {
    if (cells.length != rows.get(0).length) {
      throw new IllegalArgumentException(
          "A row needs " + rows.get(0).length + " cells, got " + List.of(cells));
    }
    rows.add(cells.clone());
  }

  /** One line for each row, the titles first. */
  public List<String> lines() {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row[column].length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      line.append(row[column]).append(" ".repeat(widths[column] - row[column].length()));
      line.append(GAP);
    }
    return line.toString().stripTrailing();
  }
}
