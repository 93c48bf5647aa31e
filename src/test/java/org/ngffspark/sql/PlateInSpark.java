// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.demo.CellParameters;
import org.ngffspark.demo.SampleLayout;
import org.ngffspark.demo.SamplePlate;
import org.ngffspark.golden.Folders;
import org.ngffspark.image.Container;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.table.DoubleColumn;
import org.ngffspark.table.FeatureTable;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** A Spark, and a plate whose images have a feature table {@code sizes}, anew for each test. */
abstract class PlateInSpark {
  static SparkSession spark;

  @TempDir static Path drawn;
  @TempDir Path folder;
  Path plate;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("test")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.warehouse.dir", drawn.resolve("warehouse").toString())
            .getOrCreate();
    SampleLayout layout =
        new SampleLayout(NgffVersion.V0_5, 2, 2, Shape.of(64, 64), Optional.empty());
    SamplePlate.write(
        StorePath.root(LocalStore.at(drawn.resolve("plate.zarr"))),
        layout,
        List.of("B/03", "C/05"),
        2,
        new CellParameters(7, 128, 160, 12, 128, 160));
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @BeforeEach
  void copy() throws IOException {
    plate = folder.toRealPath().resolve("plate.zarr");
    Folders.copy(drawn.resolve("plate.zarr"), plate);
    for (String image : List.of("B/03/0", "B/03/1", "C/05/0", "C/05/1")) {
      long[] labels = boxes(image).labels();
      double[] areas = new double[labels.length];
      for (int i = 0; i < areas.length; i++) {
        areas[i] = labels[i] * 2.0;
      }
      container(image)
          .tables()
          .write(
              "sizes",
              FeatureTable.of("nuclei", labels, List.of(DoubleColumn.of("area", areas))),
              WritableBackend.PARQUET);
    }
  }

  final Container container(String image) {
    return Container.open(plate.resolve(image).toString());
  }

  final LabelBoxes boxes(String image) {
    return container(image).label("nuclei").boxes();
  }

  final DataFrameReader reader() {
    return spark.read().format("ngff").option("label", "nuclei");
  }

  final Dataset<Row> objects() {
    return reader().option("tables", "sizes").load(plate.toString());
  }
}
