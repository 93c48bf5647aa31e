// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.ngffspark.roi.UnusableRegion;
import org.ngffspark.zarr.store.FormatException;

/** Finds which rows of a table give regions to labels. */
final class MaskingRows {
  /** So many rows that cannot be used are named; more are a table that cannot be read. */
  private static final int MOST_PROBLEMS = 10_000;

  private static final long NONE = -1;

  private final String location;
  private final Column labels;
  private final RoiColumns regions;
  private final List<Long> repeated = new ArrayList<>();
  private final List<String> unlabelled = new ArrayList<>();
  private final List<UnusableRegion> unusable = new ArrayList<>();

  private MaskingRows(String location, Column labels, RoiColumns regions) {
    this.location = location;
    this.labels = labels;
    this.regions = regions;
  }

  /**
   * The table of those rows: of each label above 0 the last.
   *
   * @param labels of the rows
   * @param extra other columns
   * @throws FormatException if more than 10,000 rows cannot be used
   */
  static MaskingRoiTable table(String location, Column labels, RoiColumns regions, Table extra) {
    MaskingRows rows = new MaskingRows(location, labels, regions);
    long[] ids = new long[labels.size()];
    for (int row = 0; row < ids.length; row++) {
      ids[row] = rows.label(row);
    }
    int[] order =
        IntStream.of(rows.order(ids)).filter(row -> rows.isUsable(ids[row], row)).toArray();
    MaskingRowNotes notes = new MaskingRowNotes(rows.unusable, rows.repeated, rows.unlabelled);
    boolean all = order.length == ids.length && isSorted(ids);
    return new MaskingRoiTable(
        location,
        all ? ids : IntStream.of(order).mapToLong(row -> ids[row]).toArray(),
        all ? regions : regions.select(order),
        all ? extra : extra.select(order),
        notes,
        Optional.empty());
  }

  private long label(int row) {
    OptionalLong label = ColumnConversion.wholeNumber(labels, row);
    if (label.isPresent() && label.getAsLong() >= 0) {
      return label.getAsLong();
    }
    String value = labels.isMissing(row) ? "nothing" : "'" + labels.text(row) + "'";
    unlabelled.add(
        "column '%s' must hold a whole number >= 0 in row %d, got %s"
            .formatted(labels.name(), row, Quote.shorten(value)));
    requireFew();
    return NONE;
  }

  /** The rows to take, by ascending label: of each label above 0 the last. */
  private int[] order(long[] ids) {
    if (isSorted(ids)) {
      return IntStream.range(0, ids.length).toArray();
    }
    int[] rows =
        IntStream.range(0, ids.length)
            .boxed()
            .filter(row -> ids[row] > 0)
            .sorted((a, b) -> Long.compare(ids[a], ids[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] lasts =
        IntStream.range(0, rows.length)
            .filter(i -> i + 1 == rows.length || ids[rows[i + 1]] != ids[rows[i]])
            .toArray();
    for (int i = 0; i < lasts.length; i++) {
      if (lasts[i] - (i == 0 ? -1 : lasts[i - 1]) > 1) {
        repeated.add(ids[rows[lasts[i]]]);
      }
    }
    return IntStream.of(lasts).map(i -> rows[i]).toArray();
  }

  private static boolean isSorted(long[] ids) {
    return IntStream.range(0, ids.length).allMatch(i -> ids[i] > (i == 0 ? 0 : ids[i - 1]));
  }

  private boolean isUsable(long label, int row) {
    Optional<String> problem = regions.problem(row);
    if (problem.isPresent()) {
      unusable.add(
          new UnusableRegion(
              label, "its row " + row + " in " + location + " has no region: " + problem.get()));
      requireFew();
    }
    return problem.isEmpty();
  }

  private void requireFew() {
    if (unlabelled.size() + unusable.size() > MOST_PROBLEMS) {
      throw new FormatException(
          location,
          "more than %d of its %d rows cannot be used; %s"
              .formatted(
                  MOST_PROBLEMS,
                  labels.size(),
                  unlabelled.isEmpty() ? unusable.get(0).reason() : unlabelled.get(0)));
    }
  }
}
