// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.store.FormatException;

class MaskingRoiTableTest {
  private static final List<String> PLACE =
      List.of(
          "x_micrometer",
          "y_micrometer",
          "z_micrometer",
          "len_x_micrometer",
          "len_y_micrometer",
          "len_z_micrometer");

  private static TableAttributes attributes() {
    return new TableAttributes(
        "tables/nuclei",
        ZarrFormat.V3,
        JsonNodeFactory.instance.objectNode().put("instance_key", "cell"));
  }

  private static MaskingRoiTable of(Column labels, Column... others) {
    List<Column> columns = new ArrayList<>(List.of(others));
    for (String name : PLACE) {
      if (columns.stream().noneMatch(column -> column.name().equals(name))) {
        double[] values = new double[labels.size()];
        for (int row = 0; row < values.length; row++) {
          values[row] = row + 1;
        }
        columns.add(DoubleColumn.of(name, values));
      }
    }
    return MaskingRoiTable.of(Table.of(labels, columns), attributes());
  }

  private static Roi roi(long label, double x, double y, double length) {
    return new Roi(
        Optional.of(Long.toString(label)),
        Optional.of(label),
        Map.of(
            AxisName.X, Interval.of(x, length),
            AxisName.Y, Interval.of(y, length),
            AxisName.Z, Interval.of(0, 1)));
  }

  @Test
  void labelsAreSortedWithTheRestOfTheirRows() {
    MaskingRoiTable table =
        of(LongColumn.of("label", 7, 1009, 3), StringColumn.of("kind", "a", "b", "c"));
    assertThat(table.labels()).containsExactly(3, 7, 1009);
    assertThat(table.roi(3).interval(AxisName.X)).isEqualTo(Interval.of(3, 3));
    assertThat(table.roi(3).name()).hasValue("3");
    assertThat(table.roi(1009).label()).hasValue(1009L);
    assertThat(table.extra().column("kind")).isEqualTo(StringColumn.of("kind", "c", "a", "b"));
  }

  @Test
  void ofSeveralRowsOfALabelTheLastCounts() {
    MaskingRoiTable table = of(LongColumn.of("label", 5, 2, 5, 2, 9));
    assertThat(table.labels()).containsExactly(2, 5, 9);
    assertThat(table.roi(2).interval(AxisName.X).start()).hasValue(4);
    assertThat(table.roi(5).interval(AxisName.X).start()).hasValue(3);
  }

  @Test
  void theBackgroundHasNoRegion() {
    MaskingRoiTable table = of(LongColumn.of("label", 0, 4));
    assertThat(table.labels()).containsExactly(4);
    assertThatThrownBy(() -> table.roi(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No ROI of label 0 in tables/nuclei; it has 1 labels from 4 to 4");
  }

  @Test
  void labelsMayBeTextsOrWholeFloatsOrAnotherColumn() {
    assertThat(of(StringColumn.of("label", "12", "5")).labels()).containsExactly(5, 12);
    assertThat(of(DoubleColumn.of("label", 12, 5)).labels()).containsExactly(5, 12);
    assertThat(of(StringColumn.of("FieldIndex", "x", "y"), LongColumn.of("label", 2, 1)).labels())
        .containsExactly(1, 2);
    assertThat(of(StringColumn.of("FieldIndex", "x", "y"), LongColumn.of("cell", 2, 1)).labels())
        .containsExactly(1, 2);
  }

  @Test
  void theInstanceKeySaysWhichColumnHoldsTheLabels() {
    MaskingRoiTable table = of(LongColumn.of("label", 0, 1, 2), LongColumn.of("cell", 1009, 7, 12));
    assertThat(table.labels()).containsExactly(7, 12, 1009);
    assertThat(table.extra().names()).containsExactly("label");
  }

  @Test
  void aRowWithoutALabelIsLeftOutAndNoted() {
    assertLeftOut(StringColumn.of("label", "5", "nucleus"), "row 1, got 'nucleus'");
    assertLeftOut(DoubleColumn.of("label", 5, 1.5), "row 1, got '1.5'");
    assertLeftOut(DoubleColumn.of("label", 5, 1e300), "row 1, got '1.0E300'");
    assertLeftOut(DoubleColumn.of("label", 5, Double.NaN), "row 1, got nothing");
    assertLeftOut(LongColumn.of("label", 5, -2), "row 1, got '-2'");
    assertThatThrownBy(() -> of(LongColumn.of("ident", 1)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("tables/nuclei: a masking ROI table needs a column 'label', or one")
        .hasMessageContaining("it has [ident");
  }

  private static void assertLeftOut(Column labels, String problem) {
    MaskingRoiTable table = of(labels);
    assertThat(table.labels()).containsExactly(5);
    assertThat(table.notes().unlabelled())
        .containsExactly("column 'label' must hold a whole number >= 0 in " + problem);
    assertThat(table.notes().unusable()).isEmpty();
  }

  @Test
  void aRowWithoutARegionFailsItsObjectOnly() {
    assertUnusable(DoubleColumn.of("len_y_micrometer", 1, -0.5), ">= 0, got -0.5");
    assertUnusable(DoubleColumn.of("len_y_micrometer", 1, Double.NaN), ">= 0, got NaN");
    assertUnusable(DoubleColumn.of("x_micrometer", 1, Double.POSITIVE_INFINITY), "got Infinity");
    assertUnusable(StringColumn.of("x_micrometer", "1", "left"), "a finite number, got NaN");
  }

  private static void assertUnusable(Column place, String problem) {
    MaskingRoiTable table = of(LongColumn.of("label", 9, 4), place);
    assertThat(table.labels()).containsExactly(9);
    assertThat(table.unusable()).hasSize(1);
    assertThat(table.unusable().get(0).label()).isEqualTo(4);
    assertThat(table.unusable().get(0).reason())
        .startsWith("its row 1 in tables/nuclei has no region: column '" + place.name() + "' must")
        .endsWith(problem);
    assertThatThrownBy(() -> table.roi(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Label 4: " + table.unusable().get(0).reason());
    assertThat(table.find(4)).isEmpty();
  }

  @Test
  void ofSeveralRowsOfALabelTheLastMayBeUnusable() {
    MaskingRoiTable table =
        of(LongColumn.of("label", 4, 4), DoubleColumn.of("x_micrometer", 1, Double.NaN));
    assertThat(table.size()).isZero();
    assertThat(table.notes().repeated()).containsExactly(4L);
    assertThat(table.unusable()).hasSize(1);
  }

  @Test
  void repeatedLabelsAreNoted() {
    MaskingRoiTable table = of(LongColumn.of("label", 5, 2, 5, 0, 2, 9, 0));
    assertThat(table.notes().repeated()).containsExactly(2L, 5L);
    assertThat(of(LongColumn.of("label", 9, 2, 5)).notes()).isEqualTo(MaskingRowNotes.NONE);
  }

  @Test
  void aTableOfRowsThatCannotBeUsedIsRefused() {
    long[] labels = new long[20_000];
    Arrays.fill(labels, -1);
    assertThatThrownBy(() -> of(LongColumn.of("label", labels)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("more than 10000 of its 20000 rows cannot be used; column 'label'");
  }

  @Test
  void aTableWithoutPlacesIsRefused() {
    Table noZ = Table.of(LongColumn.of("label", 1), List.of(DoubleColumn.of("x_micrometer", 1)));
    assertThatThrownBy(() -> MaskingRoiTable.of(noZ, attributes()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("needs the columns [len_x_micrometer, len_y_micrometer,");
  }

  @Test
  void timeIsReadWhereItIsKnown() {
    MaskingRoiTable table =
        of(
            LongColumn.of("label", 1, 2, 3),
            DoubleColumn.of("t_second", 0.5, Double.NaN, 2),
            DoubleColumn.of("len_t_second", 1, Double.NaN, Double.NaN));
    assertThat(table.roi(1).interval(AxisName.T)).isEqualTo(Interval.of(0.5, 1));
    assertThat(table.roi(2).intervals()).doesNotContainKey(AxisName.T);
    assertThat(table.roi(3).interval(AxisName.T).start()).hasValue(2);
    assertThat(table.roi(3).interval(AxisName.T).length()).isEmpty();
  }

  @Test
  void builtRegionsComeBackAsTheyWere() {
    for (long seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      MaskingRoiTableBuilder builder = MaskingRoiTable.builder();
      Map<Long, Roi> expected = new HashMap<>();
      for (int i = random.nextInt(100); i > 0; i--) {
        Roi roi = roi(1 + random.nextInt(60), random.nextDouble(), random.nextDouble(), i);
        builder.add(roi);
        expected.put(roi.label().orElseThrow(), roi);
      }
      MaskingRoiTable table = builder.build();
      assertThat(table.labels())
          .as("seed %d", seed)
          .containsExactly(
              expected.keySet().stream().sorted().mapToLong(Long::longValue).toArray());
      for (Roi roi : expected.values()) {
        assertThat(table.find(roi.label().orElseThrow())).as("seed %d", seed).hasValue(roi);
      }
      assertThat(MaskingRoiTable.of(table.table(), attributes()))
          .as("seed %d", seed)
          .isEqualTo(table);
    }
  }

  @Test
  void aRegionWithoutZIsSavedAsOnePlane() {
    Roi flat =
        new Roi(
            Optional.empty(),
            Optional.of(4L),
            Map.of(AxisName.X, Interval.of(1, 2), AxisName.Y, Interval.of(3, 4)));
    MaskingRoiTable table = MaskingRoiTable.builder().add(flat).build();
    assertThat(table.roi(4).interval(AxisName.Z)).isEqualTo(Interval.of(0, 1));
  }

  @Test
  void aRegionThatColumnsCannotHoldIsRefused() {
    MaskingRoiTableBuilder builder = MaskingRoiTable.builder();
    Roi open = new Roi(Optional.empty(), Optional.of(4L), Map.of(AxisName.X, Interval.of(1, 2)));
    assertThatThrownBy(() -> builder.add(open))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ROI of label 4 is open on axis");
    assertThatThrownBy(() -> builder.add(new Roi(Optional.of("a"), Optional.empty(), Map.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ROI 'a' must have a label above 0");
  }

  @Test
  void aRegionTakesNoMoreThan56BytesOnTheWayToAnotherMachine() throws Exception {
    MaskingRoiTableBuilder builder = MaskingRoiTable.builder();
    for (int label = 1; label <= 100_000; label++) {
      builder.add(roi(3L * label, label, label, 2));
    }
    MaskingRoiTable table = builder.build();
    byte[] sent = serialized(table);
    assertThat(sent).hasSizeLessThan(100_000 * 56 + 3000);
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(sent))) {
      MaskingRoiTable arrived = (MaskingRoiTable) in.readObject();
      assertThat(arrived).isEqualTo(table);
      assertThat(arrived.roi(36)).isEqualTo(table.roi(36));
      assertThat(arrived.find(64)).isEmpty();
    }
  }

  private static byte[] serialized(MaskingRoiTable table) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(table);
    }
    return bytes.toByteArray();
  }
}
