// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.ngffspark.image.Container;
import org.ngffspark.roi.AxisName;
import org.ngffspark.table.BooleanColumn;
import org.ngffspark.table.Column;
import org.ngffspark.table.DoubleColumn;
import org.ngffspark.table.FeatureTable;
import org.ngffspark.table.LongColumn;

/**
 * The columns of a table of objects: where the object is, its box in pixels and in world units, the
 * features that were asked for, and its pixels.
 */
final class ObjectSchema {
  static final String PLATE = "plate";
  static final String ROW = "row";
  static final String COLUMN = "column";
  static final String WELL = "well";
  static final String ACQUISITION = "acquisition";
  static final String IMAGE = "image";
  static final String LABEL = FeatureTable.LABEL;
  static final String TIME = FeatureTable.TIME;
  static final String PATCH = "patch";
  static final String MASK = "mask";
  static final String SHAPE = "patch_shape";
  static final String TYPE = "patch_dtype";

  /** Columns whose values follow from the image alone. */
  static final Set<String> OF_IMAGE = Set.of(PLATE, ROW, COLUMN, WELL, ACQUISITION, IMAGE);

  /** Columns for which pixels are read. */
  static final Set<String> OF_PIXELS = Set.of(PATCH, MASK, SHAPE, TYPE);

  private static final List<AxisName> AXES =
      List.of(AxisName.T, AxisName.Z, AxisName.Y, AxisName.X);

  private ObjectSchema() {}

  /** All columns; those of features are those of the tables of one image. */
  static StructType of(ObjectOptions options, Container container) {
    List<StructField> fields = new ArrayList<>();
    for (String name : List.of(PLATE, ROW, COLUMN, WELL)) {
      fields.add(field(name, DataTypes.StringType));
    }
    fields.add(field(ACQUISITION, DataTypes.IntegerType));
    fields.add(field(IMAGE, DataTypes.StringType));
    fields.add(new StructField(LABEL, DataTypes.LongType, false, metadata()));
    for (AxisName axis : AXES) {
      fields.add(field(start(axis), DataTypes.LongType));
      fields.add(field(stop(axis), DataTypes.LongType));
    }
    for (AxisName axis : AXES) {
      fields.add(field(world(axis), DataTypes.DoubleType));
      fields.add(field(length(axis), DataTypes.DoubleType));
    }
    fields.addAll(features(options, container));
    fields.add(field(PATCH, DataTypes.BinaryType));
    fields.add(field(MASK, DataTypes.BinaryType));
    fields.add(field(SHAPE, DataTypes.createArrayType(DataTypes.IntegerType, false)));
    fields.add(field(TYPE, DataTypes.StringType));
    requireApart(fields);
    return new StructType(fields.toArray(StructField[]::new));
  }

  /** Whether the values of a column are those of a feature table. */
  static boolean isOfTables(String column) {
    return !OF_IMAGE.contains(column)
        && !column.equals(LABEL)
        && !OF_PIXELS.contains(column)
        && box(column).isEmpty();
  }

  private static void requireApart(List<StructField> fields) {
    Set<String> names = new HashSet<>();
    for (StructField field : fields) {
      if (!names.add(field.name())) {
        throw new IllegalArgumentException(
            "Two columns are named '"
                + field.name()
                + "'; ask for the tables that have them in two data frames");
      }
    }
  }

  private static List<StructField> features(ObjectOptions options, Container container) {
    List<StructField> fields = new ArrayList<>();
    for (String table : options.tables()) {
      for (Column column : container.tables().featureTable(table).features()) {
        StructField field = field(column.name(), type(column));
        // Rows of several tables are brought together by label and time point.
        if (!column.name().equals(TIME) || !fields.contains(field)) {
          fields.add(field);
        }
      }
    }
    return fields;
  }

  private static StructField field(String name, DataType type) {
    return new StructField(name, type, true, metadata());
  }

  private static Metadata metadata() {
    return Metadata.empty();
  }

  private static DataType type(Column column) {
    if (column instanceof DoubleColumn) {
      return DataTypes.DoubleType;
    }
    if (column instanceof LongColumn) {
      return DataTypes.LongType;
    }
    return column instanceof BooleanColumn ? DataTypes.BooleanType : DataTypes.StringType;
  }

  private static String letter(AxisName axis) {
    return axis.name().toLowerCase(Locale.ROOT);
  }

  /** First pixel of the box. */
  private static String start(AxisName axis) {
    return letter(axis) + "_start";
  }

  /** The pixel after the last one of the box. */
  private static String stop(AxisName axis) {
    return letter(axis) + "_stop";
  }

  /** Start in world units, as ROI tables name it. */
  private static String world(AxisName axis) {
    return axis == AxisName.T ? "t_second" : letter(axis) + "_micrometer";
  }

  /** Length in world units, as ROI tables name it. */
  private static String length(AxisName axis) {
    return "len_" + world(axis);
  }

  /** What a column says of a box; empty if it is none of those. */
  static Optional<BoxColumn> box(String name) {
    for (AxisName axis : AXES) {
      for (BoxColumn.Part part : BoxColumn.Part.values()) {
        String column =
            switch (part) {
              case START -> start(axis);
              case STOP -> stop(axis);
              case WORLD_START -> world(axis);
              case WORLD_LENGTH -> length(axis);
            };
        if (column.equals(name)) {
          return Optional.of(new BoxColumn(axis, part));
        }
      }
    }
    return Optional.empty();
  }

  /** A number of a box. */
  record BoxColumn(AxisName axis, Part part) {
    /** Which number along the axis. */
    enum Part {
      START,
      STOP,
      WORLD_START,
      WORLD_LENGTH
    }
  }

  /** Whether a filter on that column is decided before features or pixels are read. */
  static boolean isKey(String name) {
    return OF_IMAGE.contains(name) || name.equals(LABEL) || box(name).isPresent();
  }
}
