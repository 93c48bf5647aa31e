// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.json.MetadataProblem;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreFault;
import org.ngffspark.zarr.store.StoreOperation.Kind;
import org.ngffspark.zarr.store.StorePath;

class TablesTest {
  private static final MaskingRoiTable NUCLEI =
      MaskingRoiTable.builder().add(roi(7, 0.5)).add(roi(3, 1.25)).build();
  private static final MaskingRoiTable CELLS = MaskingRoiTable.builder().add(roi(1, 2)).build();

  private final ObservedStore store = ObservedStore.of(new MemoryStore());
  private final StorePath container = StorePath.root(store).child("plate/B/03/0");

  private static Roi roi(long label, double x) {
    return new Roi(
        Optional.of(Long.toString(label)),
        Optional.of(label),
        Map.of(
            AxisName.X, Interval.of(x, 3),
            AxisName.Y, Interval.of(0.1625, 2.5),
            AxisName.Z, Interval.of(0, 1)));
  }

  private Tables empty(ZarrFormat format) {
    Group.create(container, format);
    return Tables.open(container);
  }

  private void change(String table, Consumer<ObjectNode> change) {
    Group group = Group.open(container.child("tables/" + table)).orElseThrow();
    ObjectNode attributes = group.attributes();
    change.accept(attributes);
    group.writeAttributes(attributes);
  }

  @ParameterizedTest
  @EnumSource(value = ZarrFormat.class, names = "N5", mode = EnumSource.Mode.EXCLUDE)
  void whatIsWrittenIsReadBack(ZarrFormat format) {
    Tables tables = empty(format);
    assertThat(tables.names()).isEmpty();
    RoiTable fields = RoiTable.of(List.of(roi(7, 1), roi(9, 2)));
    for (WritableBackend backend : WritableBackend.values()) {
      tables.write("nuclei " + backend, NUCLEI, "nuclei", backend);
      tables.write("fields " + backend, fields, backend);
      assertThat(tables.maskingRoiTable("nuclei " + backend)).isEqualTo(NUCLEI);
      assertThat(tables.roiTable("fields " + backend)).isEqualTo(fields);
      assertThat(tables.type("fields " + backend)).isEqualTo("roi_table");
    }
    assertThat(tables.names())
        .containsExactly(
            "nuclei ANNDATA",
            "fields ANNDATA",
            "nuclei CSV",
            "fields CSV",
            "nuclei JSON",
            "fields JSON",
            "nuclei PARQUET",
            "fields PARQUET");
  }

  @ParameterizedTest
  @EnumSource(value = ZarrFormat.class, names = "N5", mode = EnumSource.Mode.EXCLUDE)
  void furtherColumnsSurviveTheRoundTripThroughAnnData(ZarrFormat format) {
    Tables tables = empty(format);
    for (long seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Table further = new RandomTables(random).next(random.nextInt(12));
      List<Roi> rois = new ArrayList<>();
      for (int row = 0; row < further.rows(); row++) {
        rois.add(roi(row + 1, row));
      }
      List<Column> columns = new ArrayList<>(RoiTable.of(rois).table().values());
      columns.addAll(further.values());
      Table table = Table.of(StringColumn.rowNumbers("FieldIndex", rois.size()), columns);
      RoiTable written = RoiTable.of(table, "here");
      tables.write("table " + seed, written, WritableBackend.ANNDATA);
      RoiTable read = tables.roiTable("table " + seed);
      assertThat(read.rois()).as("seed %d", seed).isEqualTo(written.rois());
      assertThat(read.extra().columns())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(written.extra().columns());
    }
  }

  @Test
  void attributesAreThoseThatNgioWrites() {
    Tables tables = empty(ZarrFormat.V3);
    tables.write("nuclei_ROI_table", NUCLEI, "nuclei", WritableBackend.CSV);
    Group group = Group.open(container.child("tables/nuclei_ROI_table")).orElseThrow();
    assertThat(group.attributes())
        .hasToString(
            "{\"type\":\"masking_roi_table\",\"table_version\":\"1\",\"index_key\":\"label\","
                + "\"index_type\":\"int\",\"instance_key\":\"label\","
                + "\"region\":{\"path\":\"../labels/nuclei\"},\"backend\":\"csv\"}");
  }

  @ParameterizedTest
  @EnumSource(value = ZarrFormat.class, names = "N5", mode = EnumSource.Mode.EXCLUDE)
  void theListComesLastSoThatAnUnfinishedTableIsNone(ZarrFormat format) {
    Tables tables = empty(format);
    tables.write("first", NUCLEI, "nuclei", WritableBackend.ANNDATA);
    List<String> written = store.log().keys(Kind.WRITE);
    assertThat(written.get(written.size() - 1)).matches("plate/B/03/0/tables/[a-z.]+");
    boolean done = false;
    for (int n = 1; !done; n++) {
      store.log().clear();
      store.log().failAt(n, StoreFault.REFUSED);
      try {
        tables.write("second", CELLS, "nuclei", WritableBackend.ANNDATA);
        done = true;
      } catch (StoreException interrupted) {
        store.log().clear();
        assertThat(tables.names()).as("stopped at operation %d", n).containsExactly("first");
      }
    }
    store.log().clear();
    assertThat(tables.names()).containsExactly("first", "second");
    assertThat(tables.maskingRoiTable("second")).isEqualTo(CELLS);
  }

  @Test
  void anotherTableOfTheSameNameIsRefusedUntilItIsDeleted() {
    Tables tables = empty(ZarrFormat.V2);
    tables.write("nuclei", NUCLEI, "nuclei", WritableBackend.ANNDATA);
    assertThatThrownBy(() -> tables.write("nuclei", CELLS, "nuclei", WritableBackend.CSV))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There is a table 'nuclei' in");
    tables.delete("nuclei");
    assertThat(tables.names()).isEmpty();
    assertThat(store.list("plate/B/03/0/tables/nuclei")).isEmpty();
    tables.write("nuclei", CELLS, "nuclei", WritableBackend.CSV);
    assertThat(tables.maskingRoiTable("nuclei")).isEqualTo(CELLS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "a\\b", ".zattrs", "zarr.json", "../x"})
  void whatIsNotANameIsRefused(String name) {
    Tables tables = empty(ZarrFormat.V3);
    assertThatThrownBy(() -> tables.write(name, NUCLEI, "nuclei", WritableBackend.CSV))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a name");
  }

  @Test
  void anUnknownTableIsRefusedWithThoseThatAre() {
    Tables tables = empty(ZarrFormat.V3);
    tables.write("nuclei", NUCLEI, "nuclei", WritableBackend.CSV);
    assertThatThrownBy(() -> tables.read("cells"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No table 'cells' in memory:")
        .hasMessageContaining("it has [nuclei]");
  }

  @ParameterizedTest
  @EnumSource(value = ZarrFormat.class, names = "N5", mode = EnumSource.Mode.EXCLUDE)
  void theFirstMaskingTableOfTheLabelIsFound(ZarrFormat format) {
    Tables tables = empty(format);
    tables.write("fields", RoiTable.of(List.of()), WritableBackend.CSV);
    tables.write("other", CELLS, "cells", WritableBackend.CSV);
    tables.write("first", NUCLEI, "nuclei", WritableBackend.CSV);
    tables.write("second", CELLS, "nuclei", WritableBackend.CSV);
    assertThat(tables.findMasking("nuclei")).hasValue(NUCLEI);
    assertThat(tables.findMasking("cells")).hasValue(CELLS);
    assertThat(tables.findMasking("dots")).isEmpty();
    change("first", attributes -> attributes.putObject("region").put("path", "nuclei"));
    change("other", attributes -> attributes.remove("region"));
    assertThat(tables.findMasking("nuclei")).hasValue(NUCLEI);
    assertThat(tables.findMasking("cells")).isEmpty();
    change("first", attributes -> attributes.put("type", "roi_table"));
    assertThat(tables.findMasking("nuclei")).hasValue(CELLS);
  }

  @Test
  void findingATableReadsTheAttributesUpToItAndNothingElse() {
    Tables tables = empty(ZarrFormat.V3);
    tables.write("other", CELLS, "cells", WritableBackend.ANNDATA);
    tables.write("first", NUCLEI, "nuclei", WritableBackend.CSV);
    tables.write("second", CELLS, "nuclei", WritableBackend.CSV);
    store.log().clear();
    assertThat(Tables.open(container, ZarrFormat.V3).findMasking("nuclei")).isPresent();
    assertThat(store.log().operations())
        .extracting(operation -> operation.toString().replace("plate/B/03/0/tables/", ""))
        .containsExactly(
            "READ zarr.json",
            "READ other/zarr.json",
            "READ first/zarr.json",
            "READ first/table.csv");
  }

  @Test
  void aTableThatCannotBeReadIsInNobodysWay() {
    Tables tables = empty(ZarrFormat.V2);
    tables.write("newer", NUCLEI, "nuclei", WritableBackend.CSV);
    tables.write("foreign", NUCLEI, "dots", WritableBackend.CSV);
    tables.write("outside", NUCLEI, "spots", WritableBackend.CSV);
    tables.write("cells", CELLS, "cells", WritableBackend.CSV);
    change("newer", attributes -> attributes.put("table_version", "2"));
    change("foreign", attributes -> attributes.put("backend", "arrow_v9"));
    change("outside", a -> a.putObject("region").put("path", "../../../../../x/labels/spots"));
    assertThat(tables.findMasking("cells")).hasValue(CELLS);
    assertThatThrownBy(() -> tables.findMasking("nuclei"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("tables/newer: table_version must be \"1\", got \"2\"");
    assertThatThrownBy(() -> tables.read("foreign"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("backend \"arrow_v9\" is not supported; supported are [anndata_v1,");
    assertThat(tables.findMasking("spots")).hasValue(NUCLEI);
  }

  @ParameterizedTest
  @CsvSource({
    "../labels/nuclei, nuclei",
    "../labels/nuclei/, nuclei",
    "labels/nuclei, nuclei",
    "nuclei, nuclei",
    "/a/b/nuclei, nuclei",
    "/a/plate.zarr/B/03/0/labels/nuclei, nuclei",
    "../../1/labels/nuclei, nuclei",
    "../labels/original/0, original/0",
    "../labels/labels, labels",
    "'', ''",
  })
  void aRegionNamesTheLabelImageByItsLastComponents(String path, String label) {
    Tables tables = empty(ZarrFormat.V2);
    tables.write("nuclei", NUCLEI, "nuclei", WritableBackend.CSV);
    change("nuclei", attributes -> attributes.putObject("region").put("path", path));
    assertThat(tables.findMasking(label)).hasValue(NUCLEI);
    assertThat(tables.findMasking("0")).isEmpty();
  }

  @Test
  void aTableWhoseTypeCannotBeToldIsInTheWayOnlyIfItMayBeTheOne() {
    Tables tables = empty(ZarrFormat.V3);
    tables.write("first", CELLS, "cells", WritableBackend.CSV);
    tables.write("nuclei", NUCLEI, "nuclei", WritableBackend.CSV);
    store.write(container.key("tables/first/zarr.json"), ByteBuffer.wrap(new byte[] {'{'}));
    assertThat(tables.findMasking("nuclei")).hasValue(NUCLEI);
    assertThatThrownBy(() -> tables.findMasking("cells"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("tables/first/zarr.json: not valid JSON");
    assertThat(tables.problems()).hasSize(1);
    assertThat(tables.problems().get(0).file()).endsWith("tables/first/zarr.json");
    assertThat(tables.problems().get(0).text()).endsWith("; the table cannot be used");
  }

  @Test
  void aListThatNamesWhatIsNotThereOrOutsideIsRefusedWhereItIsUsed() {
    Tables tables = empty(ZarrFormat.V2);
    tables.write("nuclei", NUCLEI, "nuclei", WritableBackend.CSV);
    Group group = Group.open(container.child("tables")).orElseThrow();
    ObjectNode attributes = group.attributes();
    attributes.putArray("tables").add("gone").add("nuclei").add("../../1/tables/nuclei");
    group.writeAttributes(attributes);
    assertThat(tables.findMasking("nuclei")).hasValue(NUCLEI);
    assertThatThrownBy(() -> tables.read("gone"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("tables/gone: the list of tables names it, but it is missing");
    assertThat(tables.names()).containsExactly("gone", "nuclei");
    assertThatThrownBy(() -> tables.read("../../1/tables/nuclei"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("leads out of");
    assertThat(tables.problems())
        .extracting(MetadataProblem::text)
        .containsExactly(
            "path '../../1/tables/nuclei' leads out of "
                + container.child("tables")
                + "; it cannot be used",
            "the list of tables names it, but it is missing; the table cannot be used");
    tables.delete("nuclei");
    assertThat(Group.open(container.child("tables")).orElseThrow().attributes().path("tables"))
        .hasToString("[\"gone\",\"../../1/tables/nuclei\"]");
    attributes.put("tables", "nuclei");
    group.writeAttributes(attributes);
    assertThat(tables.names()).isEmpty();
    assertThat(tables.problems())
        .extracting(MetadataProblem::text)
        .containsExactly("tables must be an array, got \"nuclei\"; it lists nothing");
  }

  @Test
  void readingAnAnnDataTableAsksForNoChunkTwice() {
    Tables tables = empty(ZarrFormat.V3);
    tables.write("nuclei", NUCLEI, "nuclei", WritableBackend.ANNDATA);
    store.log().clear();
    assertThat(Tables.open(container, ZarrFormat.V3).findMasking("nuclei")).isPresent();
    assertThat(store.log().count(Kind.LIST)).isZero();
    assertThat(store.log().keys(Kind.READ))
        .filteredOn(key -> !key.endsWith("zarr.json"))
        .containsExactlyInAnyOrder(
            "plate/B/03/0/tables/nuclei/obs/label/c/0",
            "plate/B/03/0/tables/nuclei/X/c/0/0",
            "plate/B/03/0/tables/nuclei/var/_index/c/0");
    assertThat(store.log().operations()).as("each array's metadata is read twice").hasSize(13);
  }
}
