// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.golden.GoldenZip;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/**
 * Tables that anndata 0.7 to 0.13 wrote, and ngio with the newest of them, against what the same
 * program reads in them.
 */
class AnnDataVersionsTest {

  static Stream<Arguments> everyTable() {
    return Stream.of(
            "anndata-0.7.8/tables-zarr2",
            "anndata-0.8.0/tables-zarr2",
            "anndata-0.10.9/tables-zarr2",
            "anndata-0.13.4/tables-zarr2",
            "anndata-0.13.4/tables-zarr3",
            "ngio-1.1.3/tables-v04",
            "ngio-1.1.3/tables-v05")
        .flatMap(
            container ->
                expected(container).properties().stream()
                    .map(field -> Arguments.of(container, field.getKey())));
  }

  private static StorePath path(String container, String suffix) {
    String[] parts = container.split("/", -1);
    MemoryStore store = GoldenZip.open(parts[0]);
    return StorePath.root(store).child(parts[1] + suffix);
  }

  private static JsonNode expected(String container) {
    return Json.read(path(container, ".json")).orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("everyTable")
  void everyTableHoldsWhatAnnDataReads(String container, String name) {
    ExpectedTable expected = new ExpectedTable(expected(container).path(name));
    Table table = Tables.open(path(container, ".zarr")).read(name);
    assertThat(table.values()).isEqualTo(expected.values());
    if (expected.hasIndex()) {
      assertThat(table.index()).hasValue(expected.index());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ngio-1.1.3/tables-v04", "ngio-1.1.3/tables-v05"})
  void theDefaultTablesOfNgioGiveRegions(String container) {
    Tables tables = Tables.open(path(container, ".zarr"));
    MaskingRoiTable masks = tables.findMasking("nuclei").orElseThrow();
    assertThat(masks.labels()).containsExactly(3, 7, 1009, 4_294_967_296L);
    assertThat(masks.roi(7).interval(AxisName.X)).isEqualTo(Interval.of(0.1 * 7, 3));
    assertThat(tables.roiTable("rois").names()).containsExactly("FOV_1", "FOV_2", "FOV_3");
  }

  @Test
  void allKindsOfTablesAreThere() {
    assertThat(everyTable()).hasSize(5 + 4 * 6 + 2 * 5);
  }
}
