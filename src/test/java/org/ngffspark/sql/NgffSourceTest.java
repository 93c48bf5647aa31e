// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.ngffspark.features.FeatureExport;
import org.ngffspark.features.MeasureTask;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Masking;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunResult;
import org.ngffspark.job.RunSettings;
import org.ngffspark.measure.FeatureSet;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.spark.ObjectRun;
import org.ngffspark.table.DoubleColumn;
import org.ngffspark.table.FeatureTable;
import org.ngffspark.table.LongColumn;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.NamedStores;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.StoreOperation;

class NgffSourceTest extends PlateInSpark {
  @Test
  void eachObjectOfEachImageIsARow() {
    Dataset<Row> objects = objects();
    long all = 0;
    for (String image : List.of("B/03/0", "B/03/1", "C/05/0", "C/05/1")) {
      all += boxes(image).size();
    }
    assertThat(objects.count()).isEqualTo(all);
    LabelBoxes boxes = boxes("C/05/1");
    List<Row> rows =
        objects
            .where("well = 'C/05' and image = '1'")
            .select(
                "plate", "row", "column", "label", "y_start", "x_stop", "len_y_micrometer", "area")
            .orderBy("label")
            .collectAsList();
    assertThat(rows).hasSize(boxes.size());
    for (int i = 0; i < rows.size(); i++) {
      int y = container("C/05/1").label("nuclei").axes().rank() - 2;
      Row row = rows.get(i);
      assertThat(row.getString(0)).isEqualTo("plate.zarr");
      assertThat(row.getString(1) + row.getString(2)).isEqualTo("C05");
      assertThat(row.getLong(3)).isEqualTo(boxes.label(i));
      assertThat(row.getLong(4)).isEqualTo(boxes.boxAt(i).start(y));
      assertThat(row.getLong(5)).isEqualTo(boxes.boxAt(i).stop(y + 1));
      assertThat(row.getDouble(7)).isEqualTo(2.0 * boxes.label(i));
    }
  }

  @Test
  void noPixelIsReadUnlessAPatchIsSelected() throws IOException {
    for (String image : List.of("B/03/0", "B/03/1", "C/05/0", "C/05/1")) {
      Path chunks = plate.resolve(image).resolve(container(image).image().path()).resolve("c");
      try (Stream<Path> files = Files.walk(chunks)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.writeString(file, "no chunk");
        }
      }
    }
    Map<String, Long> counts = new TreeMap<>();
    objects()
        .groupBy("well")
        .agg(functions.count("label"), functions.avg("area"))
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    assertThat(counts)
        .containsEntry("B/03", (long) boxes("B/03/0").size() + boxes("B/03/1").size())
        .hasSize(2);
    assertThatThrownBy(() -> objects().select("patch").collectAsList())
        .hasStackTraceContaining("/c/0");
  }

  /** What is asked of a store while it is queried, key by key. */
  private Map<String, Long> reads(UnaryOperator<Dataset<Row>> query) {
    ObservedStore watched = ObservedStore.of(LocalStore.at(plate));
    URI named = NamedStores.add(watched);
    try {
      Dataset<Row> all = reader().option("tables", "sizes").load(named.toString());
      watched.log().clear();
      assertThat(query.apply(all).collectAsList()).isNotEmpty();
      return watched.log().operations().stream()
          .collect(Collectors.groupingBy(StoreOperation::key, TreeMap::new, Collectors.counting()));
    } finally {
      NamedStores.remove(named);
    }
  }

  @Test
  void imagesTablesAndPixelsThatAQueryDoesNotNeedAreNotRead() {
    Map<String, Long> labels =
        reads(all -> all.where("well = 'B/03' and image = '0'").select("label", "x_start"));
    assertThat(labels.keySet())
        .anyMatch(key -> key.startsWith("B/03/0/"))
        .noneMatch(key -> key.matches("(B/03/1|C/05/[01])/.*"))
        .noneMatch(key -> key.contains("/tables/sizes/"))
        .noneMatch(key -> key.matches("B/03/0/[0-9]+/c/.*"));
    Map<String, Long> areas = reads(all -> all.groupBy("well").agg(functions.avg("area")));
    assertThat(areas.keySet())
        .contains("C/05/1/tables/sizes/table.parquet")
        .noneMatch(key -> key.matches("./../[0-9]/[0-9]+/c/.*"));
    Map<String, Long> patches =
        reads(all -> all.where("well = 'C/05' and image = '1'").select("label", "patch", "mask"));
    patches.keySet().removeIf(key -> !key.matches("C/05/1/(labels/nuclei/)?[0-9]+/c/.*"));
    assertThat(patches.keySet()).anyMatch(key -> !key.contains("labels"));
    assertThat(patches.values()).containsOnly(1L);
  }

  @Test
  void filtersOnPlaceIdAndBoxAreDecidedByTheSource() {
    Dataset<Row> some =
        objects()
            .where(
                "well = 'B/03' and image in ('0', '1') and label between 2 and 5 and x_start >= 3");
    String plan = some.queryExecution().executedPlan().toString();
    assertThat(plan).contains("EqualTo(well,B/03)").contains("GreaterThanOrEqual(x_start,3)");
    assertThat(plan).doesNotContain("Filter (");
    long expected = 0;
    for (String image : List.of("B/03/0", "B/03/1")) {
      LabelBoxes boxes = boxes(image);
      for (int i = 0; i < boxes.size(); i++) {
        long label = boxes.label(i);
        int x = boxes.boxAt(i).rank() - 1;
        expected += label >= 2 && label <= 5 && boxes.boxAt(i).start(x) >= 3 ? 1 : 0;
      }
    }
    assertThat(some.count()).isEqualTo(expected).isPositive();
    assertThat(objects().where("area > 4 and well = 'D/01'").count()).isZero();
    assertThat(objects().where("area > 4 or well = 'D/01'").count()).isPositive();
    assertThat(objects().where("acquisition is null or acquisition >= 0").count()).isPositive();
  }

  @Test
  void patchesAndMasksAreThoseOfTheMaskedImage() {
    List<Row> rows =
        reader()
            .option("channels", "1")
            .option("zoom", "1.5")
            .load(plate.resolve("B/03/0").toString())
            .select("label", "patch", "mask", "patch_shape", "patch_dtype", "well")
            .collectAsList();
    assertThat(rows).hasSize(boxes("B/03/0").size());
    for (Row row : rows) {
      MaskedPatch object =
          container("B/03/0")
              .maskedImage(Masking.by("nuclei"), 0)
              .channels(1)
              .zoom(1.5)
              .read(row.getLong(0));
      assertThat((byte[]) row.get(1)).isEqualTo(object.patch().pixels().bytes());
      int inside = 0;
      for (byte flag : (byte[]) row.get(2)) {
        inside += flag;
      }
      assertThat(inside).isEqualTo((int) object.mask().count());
      long size =
          row.<Integer>getList(3).stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
      assertThat(size).isEqualTo(object.patch().size());
      assertThat(row.getString(4)).isEqualTo("uint16");
      assertThat(row.getString(5)).isEqualTo("B/03");
    }
  }

  @Test
  void aDataFrameIsWrittenBackAsFeatureTables() {
    Dataset<Row> doubled =
        objects().selectExpr("well", "image", "label", "area * 2 as twice", "label > 3 as late");
    doubled
        .write()
        .format("ngff")
        .option("label", "nuclei")
        .option("table", "derived")
        .mode("append")
        .save(plate.toString());
    FeatureTable written = container("B/03/1").tables().featureTable("derived");
    assertThat(written.labels().toArray()).isEqualTo(boxes("B/03/1").labels());
    assertThat(((DoubleColumn) written.table().column("twice")).value(1))
        .isEqualTo(4.0 * written.labels().value(1));
    assertThatThrownBy(
            () ->
                doubled
                    .write()
                    .format("ngff")
                    .option("label", "nuclei")
                    .option("table", "derived")
                    .mode("append")
                    .save(plate.toString()))
        .hasStackTraceContaining("there is a table 'derived' already; mode overwrite replaces it");
    doubled
        .where("well = 'B/03'")
        .drop("late")
        .write()
        .format("ngff")
        .option("label", "nuclei")
        .option("table", "derived")
        .option("backend", "csv")
        .mode("overwrite")
        .save(plate.toString());
    assertThat(container("B/03/1").tables().backend("derived")).startsWith("csv");
    assertThat(container("C/05/1").tables().backend("derived")).startsWith("anndata");
    assertThat(folder).isDirectoryNotContaining("glob:**ngff-spark*");
  }

  @Test
  void anObjectHasARowForEachTimePointOfItsFeatures() {
    container("B/03/0")
        .tables()
        .write(
            "moves",
            FeatureTable.of(
                "nuclei",
                new long[] {1, 2, 1},
                List.of(
                    LongColumn.of("time_index", new long[] {0, 0, 3}),
                    DoubleColumn.of("speed", new double[] {1, 2, 4}))),
            WritableBackend.CSV);
    Dataset<Row> objects =
        reader().option("tables", "sizes,moves").load(plate.resolve("B/03/0").toString());
    assertThat(objects.count()).isEqualTo(boxes("B/03/0").size() + 1);
    List<Row> first =
        objects.where("label = 1").select("time_index", "area", "speed").collectAsList();
    assertThat(first)
        .containsExactly(RowFactory.create(0L, 2.0, 1.0), RowFactory.create(3L, 2.0, 4.0));
    assertThat(objects.where("time_index is null and speed is null").count())
        .isEqualTo(boxes("B/03/0").size() - 2);
    objects
        .where("speed > 0")
        .select("label", "time_index", "speed")
        .write()
        .format("ngff")
        .option("label", "nuclei")
        .option("table", "again")
        .mode("append")
        .save(plate.resolve("B/03/0").toString());
    assertThat(container("B/03/0").tables().featureTable("again").labels().toArray())
        .containsExactly(1, 2, 1);
  }

  @Test
  void theSourceIsThereInSql() {
    spark.sql(
        "CREATE TABLE objects USING ngff OPTIONS (path '%s', label 'nuclei', tables 'sizes')"
            .formatted(plate));
    Row row =
        spark
            .sql("SELECT count(*), max(area) FROM objects WHERE well = 'B/03' AND image = '0'")
            .collectAsList()
            .get(0);
    assertThat(row.getLong(0)).isEqualTo(boxes("B/03/0").size());
    spark.sql("DROP TABLE objects");
  }

  @Test
  void theStatementsOfTheDocumentRun() throws IOException {
    String document = Files.readString(Path.of("docs/measurements.md"));
    List<String> statements =
        Pattern.compile("(?m)^    ((?:CREATE|SELECT) .*);$")
            .matcher(document)
            .results()
            .map(found -> found.group(1).replace("/data/plate.zarr", plate.toString()))
            .map(statement -> statement.replace("nuclei_features", "sizes"))
            .toList();
    assertThat(statements).hasSize(2);
    spark.sql(statements.get(0));
    assertThat(spark.sql(statements.get(1)).collectAsList()).hasSize(2);
    spark.sql("DROP TABLE nuclei");
  }

  @Test
  void theExportedDataSetIsReadAtOnce() {
    List<ImageRef> images =
        reader().load(plate.toString()).select("well", "image").distinct().collectAsList().stream()
            .map(row -> new ImageRef(plate.toUri(), row.getString(0) + "/" + row.getString(1)))
            .toList();
    Path export = folder.resolve("export");
    MeasureTask task =
        new MeasureTask(
            "nuclei",
            new PixelTarget.OfImage(List.of(), 0),
            FeatureSet.of(List.of("num_pixels", "intensity")),
            LabelSelection.all(),
            "measured",
            WritableBackend.ANNDATA,
            Existing.REFUSE,
            FeatureExport.to(export.toUri(), images));
    RunResult run =
        new ObjectRun<>(
                JavaSparkContext.fromSparkContext(spark.sparkContext()),
                task,
                RunSettings.of("measure"))
            .execute(images, new RunListener() {});
    assertThat(run.done()).isEqualTo(4);
    Dataset<Row> exported = spark.read().parquet(export.toString());
    Dataset<Row> tables = reader().option("tables", "measured").load(plate.toString());
    String columns = "plate,well,row,column,image,label,num_pixels,`intensity_mean-DAPI`";
    assertThat(exported.selectExpr(columns.split(",")).collectAsList())
        .containsExactlyInAnyOrderElementsOf(
            tables
                .withColumn("num_pixels", tables.col("num_pixels").cast("double"))
                .selectExpr(columns.split(","))
                .collectAsList());
  }

  @Test
  void mistakesAreSaid() {
    assertThatThrownBy(() -> spark.read().format("ngff").load(plate.toString()))
        .hasStackTraceContaining("Option 'label' is missing");
    assertThatThrownBy(() -> reader().option("colour", "red").load(plate.toString()))
        .hasStackTraceContaining("[colour]");
    assertThatThrownBy(() -> reader().option("tables", "weights").load(plate.toString()))
        .hasStackTraceContaining("'weights'")
        .hasStackTraceContaining("sizes");
    assertThatThrownBy(() -> reader().option("zoom", "big").load(plate.toString()))
        .hasStackTraceContaining("'big'");
    assertThatThrownBy(
            () ->
                objects()
                    .select("area")
                    .write()
                    .format("ngff")
                    .option("label", "nuclei")
                    .option("table", "x")
                    .mode("append")
                    .save(plate.toString()))
        .hasStackTraceContaining("needs a column 'label'");
  }
}
