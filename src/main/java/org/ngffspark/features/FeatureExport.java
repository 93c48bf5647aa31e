// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.features;

import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.ngffspark.job.ImageRef;
import org.ngffspark.table.BooleanColumn;
import org.ngffspark.table.Column;
import org.ngffspark.table.DoubleColumn;
import org.ngffspark.table.FeatureTable;
import org.ngffspark.table.LongColumn;
import org.ngffspark.table.ParquetTableWriter;
import org.ngffspark.table.StringColumn;
import org.ngffspark.table.Table;
import org.ngffspark.tables.ImagePlace;
import org.ngffspark.tables.ImagePlace.WellPlace;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreLocations;

/**
 * Feature tables of many images as one Parquet data set: a file for each image, in folders {@code
 * plate=NAME/well=ROW%2FCOLUMN} as Hive names them, which readers of data sets turn into the
 * columns plate and well. Files have the columns row, column, acquisition and image before those of
 * the table. Numbers that are no ids are all of one type, whatever an image's table holds them in,
 * so that all files have one schema.
 *
 * @param directories where the data set lies; none if nothing is exported
 */
public record FeatureExport(List<URI> directories) implements Serializable {
  public static final FeatureExport NONE = new FeatureExport(List.of());

  /** What Hive writes where a value is missing. */
  private static final String MISSING = "__HIVE_DEFAULT_PARTITION__";

  /** What Hive writes otherwise in names of folders, besides control characters. */
  private static final String ESCAPED = "\"#%'*/:=?\\{[]^";

  private static final String TIME = "time_index";

  public FeatureExport {
    directories = List.copyOf(directories);
  }

  /**
   * A data set in a directory.
   *
   * @throws IllegalArgumentException if two images would have one file
   */
  public static FeatureExport to(URI directory, List<ImageRef> images) {
    Map<String, ImageRef> files = new HashMap<>();
    for (ImageRef image : images) {
      String file = file(ImagePlace.of(image));
      ImageRef other = files.put(file, image);
      if (other != null) {
        throw new IllegalArgumentException(
            "Tables of %s and %s would both be exported to %s; export them into two directories"
                .formatted(other, image, file));
      }
    }
    return new FeatureExport(List.of(directory));
  }

  private static String file(ImagePlace place) {
    String plate = place.well().map(WellPlace::plate).map(FeatureExport::escaped).orElse(MISSING);
    String well = place.well().map(WellPlace::name).map(FeatureExport::escaped).orElse(MISSING);
    return "plate=" + plate + "/well=" + well + "/" + escaped(place.image()) + ".parquet";
  }

  private static String escaped(String name) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char each = name.charAt(i);
      if (each < ' ' || each == 0x7f || ESCAPED.indexOf(each) >= 0) {
        escaped.append("%%%02X".formatted((int) each));
      } else {
        escaped.append(each);
      }
    }
    return escaped.toString();
  }

  /** Writes or replaces the file of an image; removes it if there are no rows. */
  void write(ImageRef image, FeatureTable features) {
    ImagePlace place = ImagePlace.of(image);
    for (URI directory : directories) {
      Store store = StoreLocations.open(directory);
      if (features.table().rows() == 0) {
        store.delete(file(place));
      } else {
        store.write(file(place), ParquetTableWriter.write(table(place, features.table())));
      }
    }
  }

  private static Table table(ImagePlace place, Table features) {
    int rows = features.rows();
    Optional<WellPlace> well = place.well();
    List<Column> columns = new ArrayList<>();
    columns.add(texts("row", well.map(WellPlace::row), rows));
    columns.add(texts("column", well.map(WellPlace::column), rows));
    columns.add(acquisition(place, rows));
    columns.add(texts("image", Optional.of(place.image()), rows));
    features.columns().forEach(column -> columns.add(unified(column)));
    return Table.of(columns);
  }

  private static Column texts(String name, Optional<String> text, int rows) {
    return StringColumn.of(name, text.orElse("")).select(repeated(text.isPresent(), rows));
  }

  private static Column acquisition(ImagePlace place, int rows) {
    return LongColumn.of("acquisition", place.acquisition().orElse(0))
        .select(repeated(place.acquisition().isPresent(), rows));
  }

  private static int[] repeated(boolean isThere, int rows) {
    return IntStream.generate(() -> isThere ? 0 : -1).limit(rows).toArray();
  }

  /** Ids and time points stay integers; other numbers may be some in one image only. */
  private static Column unified(Column column) {
    if (column.name().equals(FeatureTable.LABEL) || column.name().equals(TIME)) {
      return column;
    }
    if (column instanceof LongColumn integers) {
      return numbers(column, integers::value);
    }
    if (column instanceof BooleanColumn flags) {
      return numbers(column, row -> flags.value(row) ? 1 : 0);
    }
    return column;
  }

  private static Column numbers(Column column, IntToDoubleFunction value) {
    double[] numbers =
        IntStream.range(0, column.size())
            .mapToDouble(row -> column.isMissing(row) ? Double.NaN : value.applyAsDouble(row))
            .toArray();
    return DoubleColumn.of(column.name(), numbers);
  }
}
