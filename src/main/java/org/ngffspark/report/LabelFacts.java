// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ngffspark.image.Container;
import org.ngffspark.image.Label;
import org.ngffspark.roi.UnusableRegion;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.MaskingRowNotes;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.StorePath;

/**
 * What is known of a label image without its pixels.
 *
 * @param bytes of all its files; empty where they cannot be listed
 * @param objects rows of its masking ROI table; empty if it has none that can be read
 * @param disagreements where the table and the label image do not go together
 */
record LabelFacts(OptionalLong bytes, OptionalLong objects, List<String> disagreements) {
  static final String BYTES = "bytes";
  static final String OBJECTS = "objects";
  static final String DISAGREEMENTS = "disagreements";

  LabelFacts {
    disagreements = List.copyOf(disagreements);
  }

  static LabelFacts of(Container container, Label label) {
    StorePath path = label.node().path();
    OptionalLong bytes = path.store().isListed() ? bytes(path) : OptionalLong.empty();
    try {
      Optional<MaskingRoiTable> table = container.tables().findMasking(label.name());
      return table
          .map(
              rows ->
                  new LabelFacts(bytes, OptionalLong.of(rows.size()), disagreements(label, rows)))
          .orElseGet(() -> new LabelFacts(bytes, OptionalLong.empty(), List.of()));
    } catch (FormatException damaged) {
      return new LabelFacts(
          bytes, OptionalLong.empty(), List.of("its table: " + damaged.getMessage()));
    }
  }

  private static OptionalLong bytes(StorePath path) {
    return OptionalLong.of(
        path.store().statuses(path.path()).values().stream().mapToLong(KeyStatus::length).sum());
  }

  private static List<String> disagreements(Label label, MaskingRoiTable table) {
    List<String> found = new ArrayList<>();
    MaskingRowNotes notes = table.notes();
    add(found, notes.unusable().size(), "without a region", notes.unusable());
    add(found, notes.unlabelled().size(), "without a label", notes.unlabelled());
    add(found, notes.repeated().size(), "repeated", notes.repeated());
    List<Long> outside = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      if (table.roiAt(i).toBox(label.grid()).isEmpty()) {
        outside.add(table.label(i));
      }
    }
    add(found, outside.size(), "outside the label image", outside);
    if (table.fingerprint().filter(made -> !made.equals(label.fingerprint())).isPresent()) {
      found.add("the label image was changed after its table was made");
    }
    return found;
  }

  private static void add(List<String> found, int count, String what, List<?> rows) {
    if (count > 0) {
      Object first = rows.get(0) instanceof UnusableRegion region ? region.label() : rows.get(0);
      String more = count > 1 ? ", …" : "";
      found.add("%s %s: %s%s".formatted(Counted.of(count, "row"), what, first, more));
    }
  }

  void addTo(ObjectNode label) {
    bytes.ifPresent(sum -> label.put(BYTES, sum));
    objects.ifPresent(count -> label.put(OBJECTS, count));
    if (!disagreements.isEmpty()) {
      disagreements.forEach(label.putArray(DISAGREEMENTS)::add);
    }
  }
}
