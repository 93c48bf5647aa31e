// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.golden.Golden;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** Tables that ngio, anndata and pandas wrote, against what ngio reads in them. */
class GoldenTablesTest {
  private static final List<String> CONTAINERS = List.of("tables-v04", "tables-v05");

  private static Tables tables(String container) {
    LocalStore store = LocalStore.at(Golden.path("tables/" + container + ".zarr"));
    return Tables.open(StorePath.root(store));
  }

  static Stream<Arguments> everyTable() {
    return CONTAINERS.stream()
        .flatMap(
            container ->
                Golden.json("tables/" + container + ".json").properties().stream()
                    .map(field -> Arguments.of(container, field.getKey())));
  }

  @ParameterizedTest
  @MethodSource("everyTable")
  void everyTableHoldsWhatNgioReads(String container, String tableName) {
    JsonNode json = Golden.json("tables/" + container + ".json").path(tableName);
    Table table = tables(container).read(tableName);
    boolean csv = tableName.contains("csv") || tableName.equals("conditions");
    ExpectedTable expected = new ExpectedTable(csv ? withMissingTexts(json) : json);
    assertThat(table.values()).isEqualTo(expected.values());
    if (expected.hasIndex()) {
      assertThat(table.index()).hasValue(expected.index());
    }
  }

  /** ngio reads a missing text of a CSV file as an empty one; no fixture has one of those. */
  private static JsonNode withMissingTexts(JsonNode table) {
    ObjectNode copy = table.deepCopy();
    JsonNode values = copy.path("columns").path("drug").path("values");
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).equals(TextNode.valueOf(""))) {
        ((ArrayNode) values).setNull(i);
      }
    }
    return copy;
  }

  @ParameterizedTest
  @ValueSource(strings = {"tables-v04", "tables-v05"})
  void maskingTablesAreTheSameInEveryBackend(String container) {
    Tables tables = tables(container);
    List<String> names =
        tables.names().stream()
            .filter(n -> n.startsWith("masks_") || n.startsWith("old_"))
            .toList();
    assertThat(names).hasSize(8);
    MaskingRoiTable first = tables.maskingRoiTable(names.get(0));
    assertThat(first.labels()).containsExactly(3, 7, 1009, 4_294_967_296L);
    assertThat(first.roi(3).interval(AxisName.X)).isEqualTo(Interval.of(0.1 * 3, 3));
    for (String name : names) {
      assertThat(tables.type(name)).isEqualTo("masking_roi_table");
      assertThat(tables.maskingRoiTable(name)).as(name).isEqualTo(first);
    }
    assertThat(tables.findMasking("nuclei")).hasValue(first);
    assertThat(tables.findMasking("cells")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tables-v04", "tables-v05"})
  void regionsAreTheSameInEveryBackend(String container) {
    Tables tables = tables(container);
    RoiTable first = tables.roiTable("rois_anndata_v1");
    assertThat(first.names()).containsExactly("FOV_1", "FOV_2", "FOV_3");
    assertThat(first.roi("FOV_2").interval(AxisName.T)).isEqualTo(Interval.of(0.5, 2));
    for (String backend : List.of("csv", "json", "parquet")) {
      assertThat(tables.roiTable("rois_" + backend).rois()).as(backend).isEqualTo(first.rois());
    }
    assertThat(tables.roiTable("empty").size()).isZero();
    assertThatThrownBy(() -> tables.roiTable("features_csv"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("got \"feature_table\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tables-v04", "tables-v05"})
  void labelsOfForeignAnnDataAreFound(String container) {
    Tables tables = tables(container);
    assertThat(tables.maskingRoiTable("odd").labels()).containsExactly(2, 5, 9);
    assertThat(tables.maskingRoiTable("odd").roi(5).interval(AxisName.X))
        .isEqualTo(Interval.of(4, 5));
    assertThat(tables.maskingRoiTable("unnamed").labels()).containsExactly(2, 3, 4, 12);
  }

  private static List<Column> parquet(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(Golden.path("tables/parquet/" + name + ".parquet"));
    return new ParquetTable(name, ByteBuffer.wrap(bytes)).columns();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "gzip", "none", "pages", "plain", "unnamed"})
  void parquetIsReadHoweverItIsPacked(String name) throws IOException {
    ExpectedTable expected = new ExpectedTable(Golden.json("tables/parquet/expected.json"));
    List<Column> columns = new ArrayList<>(expected.values());
    columns.add(
        name.equals("unnamed") ? LongColumn.of("__index_level_0__", 0, 1, 2, 3) : expected.index());
    assertThat(parquet(name)).containsExactlyInAnyOrderElementsOf(columns);
  }

  @Test
  void aParquetColumnThatTablesDoNotHaveIsNamed() {
    assertThatThrownBy(() -> parquet("dates"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("Cannot read dates: column day is 'optional int64 day (TIMESTAMP");
  }

  @Test
  void anIndexThatOnlyPandasNamesIsFound() throws IOException {
    Table table =
        new TableAttributes(
                "here",
                ZarrFormat.V3,
                JsonNodeFactory.instance.objectNode().put("type", "feature_table"))
            .table(parquet("zstd"), Optional.empty());
    assertThat(table.index()).hasValue(LongColumn.of("label", 3, 1, 2, 10));
  }
}
