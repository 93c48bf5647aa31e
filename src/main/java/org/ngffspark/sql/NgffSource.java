// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.sql;

import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.ngffspark.image.Container;

/**
 * The data source {@code ngff}: a row for each object of a label image, in each image of a plate.
 *
 * <pre>{@code
 * spark.read().format("ngff").option("label", "nuclei").load("plate.zarr")
 * }</pre>
 *
 * <p>Options for reading: {@code label}, {@code tables} (feature tables whose columns are wanted,
 * separated by commas), and for the columns {@code patch} and {@code mask}: {@code channels},
 * {@code level}, {@code zoom}. No pixel is read unless one of these columns is selected.
 *
 * <p>For writing: {@code label}, {@code table} (name of the feature table), {@code backend}. Mode
 * {@code append} adds a table and refuses one that is there; {@code overwrite} replaces it.
 */
public final class NgffSource implements TableProvider, DataSourceRegister {

  @Override
  public String shortName() {
    return "ngff";
  }

  /** The columns; features are those that the tables of the first image have. */
  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    ObjectOptions asked = ObjectOptions.of(options);
    return ObjectSchema.of(asked, Container.open(asked.images().get(0).open()));
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new ObjectTable(schema, new CaseInsensitiveStringMap(properties));
  }
}
