// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ngffspark.image.Container;
import org.ngffspark.image.Label;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.PixelGrid;
import org.ngffspark.roi.Roi;
import org.ngffspark.roi.UnusableRegion;
import org.ngffspark.table.FeatureTable;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.Tables;

/** Compares tables with the label images they are of. Reads the label image, chunk by chunk. */
public final class TableAgreement {
  private static final int EXAMPLES = 5;
  private static final String MASKING = "masking_roi_table";
  private static final String FEATURES = "feature_table";
  private static final String TIME = "time_index";

  private final Container container;
  private final Tables tables;

  public TableAgreement(Container container) {
    this.container = container;
    this.tables = container.tables();
  }

  /**
   * Something in which a table and its label image disagree.
   *
   * @param what is wrong
   * @param count of rows or objects
   * @param examples the first of them
   */
  public record Problem(String what, long count, List<String> examples) {
    public Problem {
      examples = List.copyOf(examples);
    }

    @Override
    public String toString() {
      String more = count > examples.size() ? ", …" : "";
      return count + " " + what + ": " + String.join(", ", examples) + more;
    }
  }

  /**
   * The problems of a table; none of one that is of no label image, or no masking ROI or feature
   * table.
   *
   * @throws IllegalArgumentException if there is no such table
   * @throws org.ngffspark.zarr.store.FormatException if it cannot be read
   */
  public List<Problem> of(String name) {
    String type = tables.type(name);
    Optional<String> labelName = tables.labelName(name);
    if (labelName.isEmpty() || !(type.equals(MASKING) || type.equals(FEATURES))) {
      return List.of();
    }
    if (!container.labels().contains(labelName.get())) {
      return List.of(new Problem("label image missing", 1, List.of(labelName.get())));
    }
    Label label = container.label(labelName.get());
    return type.equals(MASKING)
        ? regions(tables.maskingRoiTable(name), label)
        : features(tables.featureTable(name), label);
  }

  private static List<Problem> regions(MaskingRoiTable table, Label label) {
    LabelBoxes boxes = label.boxes();
    List<Problem> problems = new ArrayList<>(ids(new TreeSet<>(boxed(table.labels())), boxes));
    if (table.fingerprint().filter(made -> !made.equals(label.fingerprint())).isPresent()) {
      add(problems, "label image changed after the table was made", List.of(label.name()));
    }
    add(problems, "ids with several rows", table.notes().repeated());
    add(
        problems,
        "ids whose row gives no region",
        table.notes().unusable().stream().map(UnusableRegion::label).toList());
    add(problems, "rows without an id", table.notes().unlabelled());
    List<Long> outside = new ArrayList<>();
    List<Long> apart = new ArrayList<>();
    Map<Long, Integer> places = places(boxes);
    for (int i = 0; i < table.size(); i++) {
      Roi roi = table.roiAt(i);
      if (!isInside(roi, label.grid())) {
        outside.add(table.label(i));
      }
      Integer place = places.get(table.label(i));
      if (place != null && !roi.toBox(label.grid()).contains(boxes.boxAt(place))) {
        apart.add(table.label(i));
      }
    }
    add(problems, "boxes that reach out of the image", outside);
    add(problems, "boxes that do not hold their object", apart);
    return problems;
  }

  private static Map<Long, Integer> places(LabelBoxes boxes) {
    Map<Long, Integer> places = new HashMap<>();
    for (int i = 0; i < boxes.size(); i++) {
      places.put(boxes.label(i), i);
    }
    return places;
  }

  /** Up to half a pixel may be rounding. */
  private static boolean isInside(Roi roi, PixelGrid grid) {
    for (int axis = 0; axis < grid.axes().rank(); axis++) {
      AxisName name = grid.axes().name(axis);
      Interval interval = roi.interval(name);
      double half = grid.pixelSize(axis) / 2;
      double start = interval.start().orElse(0);
      double stop = start + interval.length().orElse(0);
      if (start < -half || stop > grid.extent(axis) + half) {
        return false;
      }
    }
    return true;
  }

  private static List<Problem> features(FeatureTable table, Label label) {
    LabelBoxes boxes = label.boxes();
    Set<Long> seen = new TreeSet<>();
    Set<Long> repeated = new TreeSet<>();
    for (long id : table.labels().toArray()) {
      if (!seen.add(id)) {
        repeated.add(id);
      }
    }
    List<Problem> problems = new ArrayList<>(ids(seen, boxes));
    // One row for each time point is as it should be.
    if (table.table().find(TIME).isEmpty()) {
      add(problems, "ids with several rows", repeated);
    }
    return problems;
  }

  private static List<Problem> ids(Set<Long> inTable, LabelBoxes boxes) {
    List<Long> inImage = boxed(boxes.labels());
    Set<Long> known = new HashSet<>(inImage);
    List<Problem> problems = new ArrayList<>();
    add(
        problems,
        "ids that the label image lacks",
        inTable.stream().filter(id -> !known.contains(id)).toList());
    add(
        problems,
        "objects without a row",
        inImage.stream().filter(id -> !inTable.contains(id)).toList());
    return problems;
  }

  private static List<Long> boxed(long[] ids) {
    return Arrays.stream(ids).boxed().toList();
  }

  private static void add(List<Problem> problems, String what, Collection<?> examples) {
    if (!examples.isEmpty()) {
      problems.add(
          new Problem(
              what,
              examples.size(),
              examples.stream().limit(EXAMPLES).map(Object::toString).toList()));
    }
  }
}
