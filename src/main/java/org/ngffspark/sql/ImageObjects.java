// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
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
  private final FeatureLookup features;
  private final Optional<Pixels> pixels;
  private int next;
  private Placed object;
  // Of the object, those that have had no row yet.
  private final Deque<OptionalLong> times = new ArrayDeque<>();
  private InternalRow row = InternalRow.empty();

  /** Decoded chunks, and what reads patches from them. */
  private record Pixels(MaskedReader reader, TaskChunks source, TaskChunks labels) {}

  /** The object whose rows are made. */
  private record Placed(long label, Roi roi, Box box, Optional<MaskedPatch> patch) {}

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
    this.features =
        new FeatureLookup(options.tables().stream().map(container.tables()::featureTable).toList());
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

  /** Goes to the next row: an object, or an object at the next of its time points. */
  boolean next() {
    if (times.isEmpty() && !nextObject()) {
      return false;
    }
    row = row(times.remove());
    return true;
  }

  private boolean nextObject() {
    while (next < rois.size()) {
      int index = next++;
      long label = rois.label(index);
      Roi roi = rois.roiAt(index);
      Box box = roi.toBox(level.grid());
      if (isOfTile(box) && query.filter().matches(name -> key(name, label, roi, box))) {
        object = new Placed(label, roi, box, pixels.map(all -> read(all, label, roi)));
        times.addAll(features.times(label));
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

  private InternalRow row(OptionalLong time) {
    List<Object> values = new ArrayList<>();
    for (StructField field : query.schema().fields()) {
      String name = field.name();
      Optional<?> value =
          ObjectSchema.OF_PIXELS.contains(name)
              ? object.patch.map(patch -> ofPatch(name, patch))
              : ObjectSchema.isKey(name)
                  ? key(name, object.label, object.roi, object.box)
                  : features.value(name, object.label, time);
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

  @Override
  public void close() {
    pixels.ifPresent(
        all -> {
          all.source().close();
          all.labels().close();
        });
  }
}
