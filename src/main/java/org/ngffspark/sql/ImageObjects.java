// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;
import org.ngffspark.chunks.ChunkPool;
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.image.ChannelSelection;
import org.ngffspark.image.Container;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.image.Masked;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.image.Masking;
import org.ngffspark.job.ImageRef;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Growth;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.roi.Roi;
import org.ngffspark.sql.ObjectSchema.BoxColumn;
import org.ngffspark.table.BooleanColumn;
import org.ngffspark.table.Column;
import org.ngffspark.table.DoubleColumn;
import org.ngffspark.table.FeatureTable;
import org.ngffspark.table.LongColumn;
import org.ngffspark.tables.ImagePlace;
import org.ngffspark.zarr.nd.Box;

/** The rows of the objects of one image. Not safe for several threads. */
final class ImageObjects implements AutoCloseable {
  private static final long POOL = 64L << 20;

  private final ObjectReaderFactory query;
  private final ImageKeys keys;
  private final ImageLevel level;
  private final MaskingRois rois;
  private final Optional<TileGrid> tiles;
  private final int tile;
  private final Map<String, Feature> features = new HashMap<>();
  private final Optional<Pixels> pixels;
  private int next;
  private InternalRow row = InternalRow.empty();

  /** Decoded chunks, and what reads patches from them. */
  private record Pixels(MaskedReader reader, TaskChunks source, TaskChunks labels) {}

  /** A column of a feature table, and the row of each object. */
  private record Feature(Column column, Map<Long, Integer> rows) {}

  ImageObjects(ObjectReaderFactory query, ImageRef image, ObjectPartition partition) {
    this.query = query;
    this.keys = new ImageKeys(ImagePlace.of(image));
    Container container = Container.open(image.open());
    ObjectOptions options = query.options();
    this.level = container.image(options.level());
    this.rois =
        container
            .maskingTable(Masking.by(options.label()))
            .orElseGet(() -> container.label(options.label()).boxes());
    this.tiles = partition.tiles().stream().findFirst();
    this.tile = partition.tile();
    this.pixels = tiles.map(any -> pixels(container, options));
    options.tables().forEach(table -> addFeatures(container.tables().featureTable(table)));
  }

  private static Pixels pixels(Container container, ObjectOptions options) {
    Masked masked = container.maskedImage(Masking.by(options.label()), options.level());
    Masked selected =
        options.channels().isEmpty()
            ? masked
            : masked.channels(ChannelSelection.named(options.channels()));
    ChunkPool pool = new ChunkPool(POOL);
    LongAdder reads = new LongAdder();
    return new Pixels(
        selected.reader(),
        new TaskChunks(masked.level().array(), pool, reads),
        new TaskChunks(masked.label().array(), pool, reads));
  }

  /** Of several rows of an object, one for each time point, the first counts. */
  private void addFeatures(FeatureTable table) {
    Map<Long, Integer> rows = new HashMap<>();
    for (int each = 0; each < table.table().rows(); each++) {
      rows.putIfAbsent(table.labels().value(each), each);
    }
    table.features().forEach(column -> features.put(column.name(), new Feature(column, rows)));
  }

  /** Goes to the next row. */
  boolean next() {
    while (next < rois.size()) {
      int index = next++;
      long label = rois.label(index);
      Roi roi = rois.roiAt(index);
      Box box = roi.toBox(level.grid());
      if (isOfTile(box) && query.filter().matches(name -> key(name, label, roi, box))) {
        row = row(label, roi, box);
        return true;
      }
    }
    return false;
  }

  private boolean isOfTile(Box box) {
    if (tiles.isEmpty()) {
      return true;
    }
    List<Integer> touched = tiles.get().touching(box);
    return (touched.isEmpty() ? 0 : touched.get(0)) == tile;
  }

  InternalRow row() {
    return row;
  }

  private Optional<?> key(String name, long label, Roi roi, Box box) {
    if (name.equals(ObjectSchema.LABEL)) {
      return Optional.of(label);
    }
    Optional<BoxColumn> column = ObjectSchema.box(name);
    return column.isPresent() ? number(column.get(), roi, box) : keys.value(name);
  }

  private Optional<?> number(BoxColumn column, Roi roi, Box box) {
    AxisName axis = column.axis();
    int index = level.axes().index(axis).orElse(-1);
    return switch (column.part()) {
      case START -> index < 0 ? Optional.empty() : Optional.of(box.start(index));
      case STOP -> index < 0 ? Optional.empty() : Optional.of(box.stop(index));
      case WORLD_START -> optional(roi.interval(axis).start());
      case WORLD_LENGTH -> optional(roi.interval(axis).length());
    };
  }

  private static Optional<Double> optional(OptionalDouble number) {
    return number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
  }

  private InternalRow row(long label, Roi roi, Box box) {
    Optional<MaskedPatch> object = pixels.map(all -> read(all, label, roi));
    List<Object> values = new ArrayList<>();
    for (StructField field : query.schema().fields()) {
      String name = field.name();
      Optional<?> value =
          ObjectSchema.OF_PIXELS.contains(name)
              ? object.map(patch -> ofPatch(name, patch))
              : ObjectSchema.isKey(name)
                  ? key(name, label, roi, box)
                  : Optional.ofNullable(features.get(name)).flatMap(each -> feature(each, label));
      values.add(value.map(each -> internal(each, field)).orElse(null));
    }
    return new GenericInternalRow(values.toArray());
  }

  private MaskedPatch read(Pixels all, long label, Roi roi) {
    return all.reader()
        .read(
            label,
            all.reader().place(roi, Growth.by(query.options().zoom())),
            TaskChunks.both(all.source(), all.labels()));
  }

  /** As Spark holds it; numbers of one column may be integers in one image's table only. */
  private static Object internal(Object value, StructField field) {
    boolean isText = DataTypes.StringType.equals(field.dataType());
    if (isText) {
      return UTF8String.fromString(value.toString());
    }
    if (DataTypes.DoubleType.equals(field.dataType())) {
      return value instanceof Number number ? number.doubleValue() : mismatch(value, field);
    }
    boolean whole = !(value instanceof Double) && !(value instanceof String);
    boolean isFlag = DataTypes.BooleanType.equals(field.dataType());
    return whole && isFlag == value instanceof Boolean ? value : mismatch(value, field);
  }

  private static Object mismatch(Object value, StructField field) {
    throw new IllegalArgumentException(
        "Column '%s' is %s in the first image, but has %s in another one"
            .formatted(field.name(), field.dataType().simpleString(), value));
  }

  private static Object ofPatch(String name, MaskedPatch object) {
    return switch (name) {
      case ObjectSchema.PATCH -> object.patch().pixels().bytes().clone();
      case ObjectSchema.MASK -> mask(object);
      case ObjectSchema.SHAPE -> shape(object);
      default -> object.patch().type().zarrName();
    };
  }

  /** A byte for each pixel of the patch, 1 inside. */
  private static byte[] mask(MaskedPatch object) {
    byte[] mask = new byte[object.patch().size()];
    object.mask().forEachRun((start, length) -> Arrays.fill(mask, start, start + length, (byte) 1));
    return mask;
  }

  private static GenericArrayData shape(MaskedPatch object) {
    long[] lengths = object.patch().shape().toArray();
    return new GenericArrayData(Arrays.stream(lengths).mapToInt(Math::toIntExact).toArray());
  }

  private static Optional<?> feature(Feature feature, long label) {
    Integer at = feature.rows.get(label);
    Column column = feature.column;
    if (at == null || column.isMissing(at)) {
      return Optional.empty();
    }
    if (column instanceof DoubleColumn doubles) {
      return Optional.of(doubles.value(at));
    }
    if (column instanceof LongColumn longs) {
      return Optional.of(longs.value(at));
    }
    return column instanceof BooleanColumn booleans
        ? Optional.of(booleans.value(at))
        : Optional.of(column.text(at));
  }

  @Override
  public void close() {
    pixels.ifPresent(
        all -> {
          all.source().close();
          all.labels().close();
        });
  }
}
