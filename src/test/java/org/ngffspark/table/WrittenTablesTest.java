// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/** Tables of all types in all backends. */
class WrittenTablesTest {
  private final StorePath container = StorePath.root(new MemoryStore()).child("image");

  private Tables empty(ZarrFormat format) {
    Group.create(container, format);
    return Tables.open(container);
  }

  private static final FeatureTable FEATURES =
      FeatureTable.of(
          "nuclei",
          new long[] {3, 1L << 40, 3},
          List.of(
              DoubleColumn.of("area", 1.5, Double.NaN, Double.POSITIVE_INFINITY),
              LongColumn.of("num_pixels", 5, 6, -7),
              BooleanColumn.of("touches_border", true, false, true),
              StringColumn.of("region", "image", "image", "image"),
              LongColumn.of(
                  "nearest_label", new long[] {1, 0, 2}, BitSet.valueOf(new long[] {2}))));

  /** AnnData keeps floats apart from the rest, so that columns come in another order. */
  private static Set<Column> set(List<Column> columns) {
    return new HashSet<>(columns);
  }

  /** In CSV a column of whole numbers is one of integers, whatever it was. */
  private static Set<Column> numbers(Table table) {
    Set<Column> columns = new HashSet<>();
    for (Column column : table.values()) {
      columns.add(column instanceof LongColumn ? ColumnConversion.numbers(column) : column);
    }
    return columns;
  }

  @ParameterizedTest
  @EnumSource(value = ZarrFormat.class, names = "N5", mode = EnumSource.Mode.EXCLUDE)
  void featureTablesAreReadBackFromEveryBackend(ZarrFormat format) {
    Tables tables = empty(format);
    for (WritableBackend backend : WritableBackend.values()) {
      String name = "features " + backend;
      tables.write(name, FEATURES, backend);
      FeatureTable read = tables.featureTable(name);
      assertThat(read.labelName()).isEqualTo("nuclei");
      assertThat(read.labels()).as(name).isEqualTo(FEATURES.labels());
      assertThat(set(read.features())).as(name).isEqualTo(set(FEATURES.features()));
      assertThat(tables.type(name)).isEqualTo("feature_table");
      assertThat(tables.labelName(name)).contains("nuclei");
    }
  }

  @ParameterizedTest
  @EnumSource(value = ZarrFormat.class, names = "N5", mode = EnumSource.Mode.EXCLUDE)
  void conditionsAndOtherTablesAreReadBackFromEveryBackend(ZarrFormat format) {
    Tables tables = empty(format);
    for (WritableBackend backend : WritableBackend.values()) {
      for (long seed = 0; seed < 12; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        Table table = new RandomTables(random).next(1 + random.nextInt(12));
        Table rows = Table.of(table.columns());
        String what = backend + ", seed " + seed;
        tables.writeConditions("c" + what, rows, backend);
        tables.writeGeneric("g" + what, table, backend);
        Table conditions = tables.read("c" + what);
        Table generic = tables.read("g" + what);
        assertThat(set(generic.values())).as(what).isEqualTo(set(table.values()));
        assertThat(generic.index()).as(what).isEqualTo(table.index());
        assertThat(set(conditions.columns())).as(what).containsAll(rows.columns());
        assertThat(tables.type("c" + what)).isEqualTo("condition_table");
        assertThat(tables.type("g" + what)).isEqualTo("generic_table");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = ZarrFormat.class, names = "N5", mode = EnumSource.Mode.EXCLUDE)
  void copiesOfAllTablesOfNgioHoldWhatTheyHold(ZarrFormat format) {
    GoldenCopy copies = new GoldenCopy(format == ZarrFormat.V2 ? "tables-v04" : "tables-v05");
    Tables tables = copies.tables();
    List<String> names = tables.names();
    int copied = 0;
    for (String name : names) {
      for (WritableBackend backend : WritableBackend.values()) {
        String copy = name + " as " + backend;
        tables.copy(name, copy, backend);
        Table before = tables.read(name);
        Table after = tables.read(copy);
        // An AnnData group always has an index, the numbers of the rows if there is none.
        Column rows = StringColumn.rowNumbers("_index", before.rows());
        Column none = before.index().or(() -> after.index().map(index -> rows)).orElse(rows);
        assertThat(after.index().orElse(none)).as(copy).isEqualTo(none);
        if (backend == WritableBackend.CSV) {
          assertThat(numbers(after)).as(copy).isEqualTo(numbers(before));
        } else {
          assertThat(set(after.values())).as(copy).isEqualTo(set(before.values()));
        }
        assertThat(tables.type(copy)).isEqualTo(tables.type(name));
        assertThat(tables.labelName(copy)).isEqualTo(tables.labelName(name));
        copied++;
      }
    }
    assertThat(copied).isGreaterThan(60);
  }

  @Test
  void aCopyKeepsAttributesThatWeDoNotKnow() {
    Tables tables = empty(ZarrFormat.V3);
    tables.write("features", FEATURES, WritableBackend.ANNDATA);
    Group group = Group.open(container.child("tables/features")).orElseThrow();
    group.writeAttributes(group.attributes().put("made_by", "us"));
    tables.copy("features", "copy", WritableBackend.PARQUET);
    assertThat(Group.open(container.child("tables/copy")).orElseThrow().attributes())
        .hasToString(
            "{\"type\":\"feature_table\",\"table_version\":\"1\",\"index_key\":\"label\","
                + "\"index_type\":\"int\",\"instance_key\":\"label\","
                + "\"region\":{\"path\":\"../labels/nuclei\"},\"made_by\":\"us\","
                + "\"backend\":\"parquet\"}");
  }

  @Test
  void aTableOfOtherRowsIsNoFeatureTable() {
    Table unlabelled = Table.of(List.of(DoubleColumn.of("area", 1)));
    assertThatThrownBy(() -> new FeatureTable("nuclei", unlabelled))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("index 'label'");
    Tables tables = empty(ZarrFormat.V2);
    tables.writeConditions("conditions", unlabelled, WritableBackend.CSV);
    assertThatThrownBy(() -> tables.featureTable("conditions"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("feature_table");
  }

  @Test
  void equalTablesAreEqualParquetFiles() {
    assertThat(ParquetTableWriter.write(FEATURES.table()))
        .isEqualTo(ParquetTableWriter.write(FEATURES.table()));
  }
}
