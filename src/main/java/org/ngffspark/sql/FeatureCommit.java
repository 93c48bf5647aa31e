// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunSettings;
import org.ngffspark.spark.ObjectRun;
import org.ngffspark.table.FeatureTable;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.tables.NewTablesTask;

/**
 * Writes the feature tables of images, each image as a whole or not at all.
 *
 * @param options of the data source
 * @param columns of the data frame
 * @param table name of the tables
 * @param existing what happens to tables of that name that are there already
 */
record FeatureCommit(
    ObjectOptions options,
    FeatureColumns columns,
    String table,
    WritableBackend backend,
    Existing existing) {

  /**
   * @param rows by image, as {@code B/03/0}; {@code ""} where rows do not say
   * @throws IllegalArgumentException if an image is not there, or some could not be written; the
   *     message names them
   */
  void write(SortedMap<String, List<Object[]>> rows) {
    Map<ImageRef, FeatureTable> tables = tables(rows);
    if (tables.isEmpty()) {
      return;
    }
    List<String> failures = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void ended(ImageOutcome outcome) {
            if (outcome.state() == State.FAILED) {
              failures.add(outcome.explained());
            }
          }
        };
    JavaSparkContext spark =
        JavaSparkContext.fromSparkContext(SparkSession.active().sparkContext());
    RunSettings settings = RunSettings.of("write feature tables " + table);
    NewTablesTask task = new NewTablesTask(table, tables, backend, existing);
    new ObjectRun<>(spark, task, settings).execute(List.copyOf(tables.keySet()), listener);
    if (!failures.isEmpty()) {
      throw new IllegalArgumentException(
          "%d of %d tables could not be written: %s"
              .formatted(failures.size(), tables.size(), String.join("; ", failures)));
    }
  }

  private Map<ImageRef, FeatureTable> tables(SortedMap<String, List<Object[]>> rows) {
    List<ImageRef> images = options.images();
    Map<String, ImageRef> known = new HashMap<>();
    images.forEach(image -> known.put(image.path(), image));
    Map<ImageRef, FeatureTable> tables = new LinkedHashMap<>();
    rows.forEach(
        (name, values) ->
            tables.put(image(name, images, known), columns.table(options.label(), values)));
    return tables;
  }

  private ImageRef image(String name, List<ImageRef> images, Map<String, ImageRef> known) {
    if (name.isEmpty() && images.size() == 1) {
      return images.get(0);
    }
    if (!known.containsKey(name)) {
      throw new IllegalArgumentException(
          name.isEmpty()
              ? "Rows for one of several images need the columns 'well' and 'image'"
              : "No image " + name + " in " + options.path() + "; it has " + known.keySet());
    }
    return known.get(name);
  }
}
