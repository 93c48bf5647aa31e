// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.sql;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.ngffspark.inputs.InputResolver;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.job.ImageRef;
import org.ngffspark.n5.DataSetDescription;
import org.ngffspark.ngff.PlateSelection;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.LinkPolicy;

/**
 * What a table of objects was asked for.
 *
 * @param path image, well or plate
 * @param label label image that holds the objects
 * @param tables feature tables whose columns are wanted
 * @param channels channels of patches, by index, label or wavelength; empty for all
 * @param level pyramid level of patches and of boxes in pixels
 * @param zoom factor by which patches grow in y and x
 * @param description of data sets of N5 that do not tell it themselves
 */
record ObjectOptions(
    String path,
    String label,
    List<String> tables,
    List<String> channels,
    int level,
    double zoom,
    DataSetDescription description)
    implements Serializable {
  private static final List<String> KNOWN =
      List.of(
          "path",
          "label",
          "tables",
          "channels",
          "level",
          "zoom",
          "axes",
          "pixelsize",
          "table",
          "backend");

  /** What Spark's catalogs add to the options of a table. */
  private static final List<String> OF_CATALOGS =
      List.of(
          TableCatalog.PROP_COLLATION,
          TableCatalog.PROP_COMMENT,
          TableCatalog.PROP_EXTERNAL,
          TableCatalog.PROP_IS_MANAGED_LOCATION,
          TableCatalog.PROP_LOCATION,
          TableCatalog.PROP_OWNER,
          TableCatalog.PROP_PROVIDER);

  private static final String OF_CATALOG_OPTIONS = TableCatalog.OPTION_PREFIX;

  ObjectOptions {
    tables = List.copyOf(tables);
    channels = List.copyOf(channels);
  }

  /**
   * @throws IllegalArgumentException if an option is missing, unknown or has no usable value
   */
  static ObjectOptions of(CaseInsensitiveStringMap options) {
    TreeSet<String> unknown = new TreeSet<>(options.keySet());
    KNOWN.forEach(unknown::remove);
    OF_CATALOGS.forEach(unknown::remove);
    unknown.removeIf(name -> name.startsWith(OF_CATALOG_OPTIONS));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("No options " + unknown + "; there are " + KNOWN);
    }
    return new ObjectOptions(
        required(options, "path", "an image, a well or a plate, as load(\"plate.zarr\")"),
        required(options, "label", "the label image that holds the objects"),
        list(options, "tables"),
        list(options, "channels"),
        (int) number(options, "level", 0),
        number(options, "zoom", 1),
        DataSetDescription.parse(
            options.getOrDefault("axes", ""), options.getOrDefault("pixelSize", "")));
  }

  /** The same without feature tables. */
  ObjectOptions withoutTables() {
    return new ObjectOptions(path, label, List.of(), channels, level, zoom, description);
  }

  static String required(CaseInsensitiveStringMap options, String name, String what) {
    return Optional.ofNullable(options.get(name))
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () -> new IllegalArgumentException("Option '" + name + "' is missing: " + what));
  }

  private static List<String> list(CaseInsensitiveStringMap options, String name) {
    return Arrays.stream(options.getOrDefault(name, "").split(",", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static double number(CaseInsensitiveStringMap options, String name, double fallback) {
    String text = options.getOrDefault(name, Double.toString(fallback));
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException none) {
      throw new IllegalArgumentException(
          "Option '" + name + "' takes a number, got '" + text + "'", none);
    }
  }

  /**
   * The images that the path means, in the order of wells.
   *
   * @throws IllegalArgumentException if there is none
   * @throws org.ngffspark.zarr.store.FormatException if it is no image, well or plate, or a well
   *     cannot be read
   */
  List<ImageRef> images() {
    Inputs inputs =
        new InputResolver(PlateSelection.ALL, LinkPolicy.INSIDE)
            .describedBy(description)
            .resolve(List.of(path))
            .requireSome();
    inputs
        .unreadable()
        .forEach(
            (well, reason) -> {
              throw new FormatException(well.toString(), reason);
            });
    return inputs.refs();
  }
}
