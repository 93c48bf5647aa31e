// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;

/** An object of a sheet: its id and its picture. */
record SheetCell(long label, Picture picture) implements Serializable {
  /** Objects of a sheet. */
  static final int MOST = 100;

  private static final int LARGEST = 256;
  private static final int GAP = 4;
  private static final int DIGITS = 2;
  private static final int CAPTION = 5 * DIGITS + 2 * GAP;

  /** The objects of the least ids, side by side, each with its id below. */
  static Picture sheet(List<SheetCell> cells) {
    List<SheetCell> shown =
        cells.stream()
            .sorted(Comparator.comparing(SheetCell::label, Long::compareUnsigned))
            .limit(MOST)
            .toList();
    int width =
        GAP
            + Math.min(
                LARGEST, shown.stream().mapToInt(cell -> cell.picture.width()).max().orElse(1));
    int height =
        Math.min(LARGEST, shown.stream().mapToInt(cell -> cell.picture.height()).max().orElse(1));
    int columns = (int) Math.ceil(Math.sqrt(shown.size()));
    int rows = (shown.size() + columns - 1) / columns;
    Picture sheet = Picture.black(columns * width + GAP, rows * (height + CAPTION) + GAP);
    for (int i = 0; i < shown.size(); i++) {
      int left = GAP + i % columns * width;
      int top = GAP + i / columns * (height + CAPTION);
      sheet.paste(shown.get(i).picture.framed(width - GAP, height), left, top);
      sheet.write(Long.toUnsignedString(shown.get(i).label), left, top + height + GAP, DIGITS);
    }
    return sheet;
  }
}
