// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.image.Container;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.roi.Roi;
import org.ngffspark.table.DoubleColumn;
import org.ngffspark.table.FeatureTable;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.MaskingRoiTableBuilder;
import org.ngffspark.table.StringColumn;
import org.ngffspark.table.Table;
import org.ngffspark.table.Tables;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

class TablesCommandTest {
  @TempDir private Path folder;
  private Path plate;

  @BeforeEach
  void makePlate() throws IOException {
    plate = TestPlate.write(folder.toRealPath().resolve("plate.zarr"), NgffVersion.V0_4);
  }

  private Tables tables(String image) {
    return Container.open(plate.resolve(image).toString()).tables();
  }

  private CommandRun run(String input, String... more) {
    return CommandRun.of(
        Stream.concat(Stream.of("tables", plate.resolve(input).toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private static FeatureTable features(long... labels) {
    double[] areas = new double[labels.length];
    String[] names = new String[labels.length];
    for (int row = 0; row < areas.length; row++) {
      areas[row] = labels[row] + 0.5;
      names[row] = "n" + labels[row];
    }
    return FeatureTable.of(
        "nuclei",
        labels,
        List.of(DoubleColumn.of("area", areas), StringColumn.of("region", names)));
  }

  @Test
  void tablesAreListedAndPrinted() {
    tables("B/03/0").write("sizes", features(1, 2), WritableBackend.CSV);
    CommandRun listed = run("");
    assertThat(listed.code()).as(listed.err()).isZero();
    assertThat(listed.out())
        .contains("sizes  feature_table  csv  of nuclei  2 rows, 3 columns")
        .contains("C/05/1");
    assertThat(run("B/03/0", "sizes").out())
        .isEqualTo("label  area  region\n    1   1.5  n1\n    2   2.5  n2\n");
    assertThat(run("B/03/0", "sizes", "--csv").out())
        .isEqualTo("\"label\",\"area\",\"region\"\n1,1.5,\"n1\"\n2,2.5,\"n2\"\n");
    assertThat(run("B/03/0", "sizes", "--json").out())
        .isEqualTo("{\"label\":[1,2],\"area\":[1.5,2.5],\"region\":[\"n1\",\"n2\"]}\n");
    assertThat(run("B/03/0", "lengths").err()).contains("'lengths'").contains("sizes");
    assertThat(run("", "sizes").err()).contains("4 images").contains("B/03/0");
  }

  @Test
  void tablesOfThePlateAndOfAWellAreListedAndPrintedToo() {
    for (String group : List.of("", "B/03")) {
      Tables.open(StorePath.root(LocalStore.at(plate.resolve(group))))
          .write("all", features(3), WritableBackend.JSON);
    }
    CommandRun listed = run("");
    assertThat(listed.code()).as(listed.err()).isZero();
    String described = "\n  all  feature_table  json  of nuclei  1 rows, 3 columns\n";
    assertThat(listed.out())
        .startsWith(plate + described)
        .containsOnlyOnce(plate + "/B/03" + described)
        .doesNotContain(plate + "/B\n");
    for (String group : List.of("", "B/03")) {
      assertThat(run(group, "all", "--csv").out())
          .isEqualTo("\"label\",\"area\",\"region\"\n3,3.5,\"n3\"\n");
    }
    assertThat(run("C/05", "all").err()).contains("no table 'all' itself").contains("2");
  }

  @Test
  void aTableIsCopiedIntoEachBackendAndDeleted() {
    Table written = features(1, 2, 7).table();
    for (String image : List.of("B/03/0", "B/03/1")) {
      tables(image).write("sizes", features(1, 2, 7), WritableBackend.ANNDATA);
    }
    for (String backend : List.of("parquet", "csv", "json", "anndata")) {
      CommandRun copied =
          run("", "--well=B/03", "--copy=sizes", "--to=" + backend, "--backend=" + backend);
      assertThat(copied.code()).as(copied.err()).isZero();
      assertThat(tables("B/03/1").read(backend)).isEqualTo(written);
      assertThat(tables("B/03/1").type(backend)).isEqualTo("feature_table");
    }
    CommandRun taken = run("B/03/0", "--copy=sizes", "--to=csv");
    assertThat(taken.code()).isEqualTo(2);
    assertThat(taken.err()).contains("'csv' already").contains("--overwrite");
    assertThat(run("B/03/0", "--copy=sizes", "--backend=csv", "--overwrite").code()).isZero();
    assertThat(tables("B/03/0").backend("sizes")).startsWith("csv");
    assertThat(tables("B/03/0").read("sizes")).isEqualTo(written);
    CommandRun deleted = run("", "--well=B/03", "--delete=sizes");
    assertThat(deleted.code()).as(deleted.err()).isZero();
    assertThat(tables("B/03/0").names()).doesNotContain("sizes").contains("csv");
    assertThat(plate.resolve("B/03/0/tables/sizes")).doesNotExist();
    assertThat(run("B/03/0", "--delete=sizes").err()).contains("'sizes'");
    assertThat(folder).isDirectoryNotContaining("glob:**ngff-spark*");
  }

  @Test
  void whatDisagreesWithTheLabelImageIsReported() {
    LabelBoxes boxes = Container.open(plate.resolve("B/03/0").toString()).label("nuclei").boxes();
    assertThat(run("B/03/0", "--check").code()).isZero();
    long[] labels = boxes.labels();
    labels[1] = 9_999;
    labels[2] = labels[3];
    tables("B/03/0").write("odd", features(labels), WritableBackend.JSON);
    MaskingRoiTableBuilder moved = MaskingRoiTable.builder();
    for (int i = 0; i < boxes.size(); i++) {
      Roi roi = boxes.roiAt(i == 0 ? 1 : i);
      moved.add(new Roi(Optional.empty(), Optional.of(boxes.label(i)), roi.intervals()));
    }
    MaskingRoiTable wrong = moved.build().madeOf("another state");
    tables("B/03/0").write("moved", wrong, "nuclei", WritableBackend.CSV);
    CommandRun checked = run("B/03/0", "--check");
    assertThat(checked.code()).isEqualTo(1);
    assertThat(checked.out())
        .contains("1 ids that the label image lacks: 9999")
        .contains("2 objects without a row: " + boxes.label(1) + ", " + boxes.label(2))
        .contains("1 ids with several rows: " + boxes.label(3))
        .contains("1 label image changed after the table was made: nuclei")
        .contains("1 boxes that do not hold their object: " + boxes.label(0));
  }
}
