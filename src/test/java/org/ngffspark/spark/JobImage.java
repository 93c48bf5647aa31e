// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ngffspark.image.Container;
import org.ngffspark.image.Label;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.ngff.Channel;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageMetadata;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.Roi;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.MaskingRoiTableBuilder;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.FillValue;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** Makes small images of noise with labels, for jobs. What is not said is a plane of 2 channels. */
final class JobImage {
  static final String NUCLEI = "nuclei";
  static final String CELLS = "cells";
  private static final double PIXEL = 0.325;

  private NgffVersion version = NgffVersion.V0_4;
  private Axes axes = Axes.of("c", "y", "x");
  private Shape shape = Shape.of(2, 64, 80);
  private Shape chunks = Shape.of(1, 16, 20);
  private Optional<Shape> shards = Optional.empty();
  private DataType type = DataType.UINT16;
  private long fill;
  private int levels = 3;
  private final List<LabelImage> labels = new ArrayList<>();

  static JobImage plane() {
    return new JobImage();
  }

  JobImage version(NgffVersion value) {
    version = value;
    return this;
  }

  JobImage axes(String... names) {
    axes = Axes.of(names);
    return this;
  }

  JobImage shape(long... lengths) {
    shape = Shape.of(lengths);
    return this;
  }

  JobImage chunks(long... lengths) {
    chunks = Shape.of(lengths);
    return this;
  }

  JobImage shards(long... lengths) {
    version = NgffVersion.V0_5;
    shards = Optional.of(Shape.of(lengths));
    return this;
  }

  JobImage type(DataType value) {
    type = value;
    return this;
  }

  /** Fill value; the first chunk is missing. */
  JobImage fill(long value) {
    fill = value;
    return this;
  }

  JobImage levels(int count) {
    levels = count;
    return this;
  }

  JobImage label(LabelImage label) {
    labels.add(label);
    return this;
  }

  Container write(Path folder) {
    return write(StorePath.root(LocalStore.at(folder)));
  }

  Container write(StorePath path) {
    NdArray noise = NdArray.zeros(type, shape);
    new SplittableRandom(shape.elements()).nextBytes(noise.bytes());
    tame(noise);
    write(path.child("0"), metadata(shape, chunks, shards, type, axes), fill, noise);
    ImageMetadata image =
        ImageMetadata.create(version, axes, List.of(Dataset.of("0", scale(axes, 1))), channels());
    Container container = Container.open(ImageNode.create(path, image).path());
    container.image().pyramid().withLevels(levels);
    if (labels.isEmpty()) {
      labels.add(LabelImage.discs(NUCLEI, 7, 9));
    }
    labels.forEach(label -> write(path, image, label));
    return Container.open(path);
  }

  /** With a fill value other than 0 the first chunk is missing. */
  private static void write(StorePath path, ArrayMetadata metadata, long fill, NdArray pixels) {
    boolean missing = fill != 0;
    ArrayMetadata filled =
        missing ? metadata.withFill(FillValue.of(metadata.type(), (double) fill)) : metadata;
    ZarrArray array = ZarrArray.create(path, filled);
    array.write(Box.whole(pixels.shape()), pixels);
    if (missing) {
      path.store().delete(array.key(GridPosition.of(new long[pixels.shape().rank()])));
    }
  }

  /** No NaN and no infinity: their payload is not what is tested here. */
  private void tame(NdArray noise) {
    if (type == DataType.FLOAT32) {
      byte[] bytes = noise.bytes();
      for (int i = 3; i < bytes.length; i += 4) {
        bytes[i] = (byte) (0x40 | bytes[i] & 0x81);
      }
    }
  }

  private ArrayMetadata metadata(
      Shape lengths, Shape chunk, Optional<Shape> shard, DataType of, Axes names) {
    ZarrFormat format = version == NgffVersion.V0_4 ? ZarrFormat.V2 : ZarrFormat.V3;
    ArrayMetadata plain = ArrayMetadata.defaults(format, lengths, chunk, of, names.names());
    return shard.map(plain::withShards).orElse(plain);
  }

  private static List<Double> scale(Axes of, double factor) {
    return of.names().stream()
        .map(
            name ->
                name.equals("z") ? 2.0 : List.of("y", "x").contains(name) ? PIXEL * factor : 1.0)
        .toList();
  }

  private List<Channel> channels() {
    int count = axes.index(AxisName.C).stream().map(axis -> (int) shape.get(axis)).sum();
    return IntStream.range(0, count).mapToObj(i -> Channel.of("channel " + i)).toList();
  }

  private void write(StorePath path, ImageMetadata image, LabelImage label) {
    Axes own = label.axes().orElse(axes.without(AxisName.C));
    Shape lengths = lengths(own, label.factor());
    StorePath place = path.child("labels").child(label.name());
    NdArray ids = label.draw(lengths);
    Shape chunk = label.chunks().orElseGet(() -> kept(chunks, own));
    Optional<Shape> shard =
        label.chunks().isPresent()
            ? Optional.empty()
            : shards.map(lengthsOf -> kept(lengthsOf, own));
    write(place.child("0"), metadata(lengths, chunk, shard, ids.type(), own), label.fill(), ids);
    ImageMetadata metadata =
        ImageMetadata.create(
                version, own, List.of(Dataset.of("0", scale(own, label.factor()))), List.of())
            .derivedLabel(label.name());
    ImageNode.create(place, metadata);
    ImageNode.open(path).labels().add(label.name());
    Container container = Container.open(path);
    container.label(label.name()).pyramid().withLevels(Math.max(1, levels - 1));
    if (label.table()) {
      writeTable(container, container.label(label.name()));
    }
  }

  private static void writeTable(Container container, Label label) {
    MaskingRoiTableBuilder table = MaskingRoiTable.builder();
    LabelBoxes boxes = label.boxes();
    for (int i = 0; i < boxes.size(); i++) {
      table.add(boxes.roiAt(i));
    }
    table.add(
        new Roi(
            Optional.empty(),
            Optional.of(7777L),
            Map.of(AxisName.Y, Interval.of(999, 5), AxisName.X, Interval.of(999, 5))));
    container
        .tables()
        .write(label.name() + "_table", table.build(), label.name(), WritableBackend.ANNDATA);
  }

  private Shape lengths(Axes own, double factor) {
    long[] lengths = kept(shape, own).toArray();
    for (int axis = lengths.length - 2; axis < lengths.length; axis++) {
      lengths[axis] = Math.round(lengths[axis] / factor);
    }
    return Shape.of(lengths);
  }

  private Shape kept(Shape lengths, Axes own) {
    return Shape.of(
        IntStream.range(0, axes.rank())
            .filter(axis -> own.has(axes.name(axis)))
            .mapToLong(lengths::get)
            .toArray());
  }
}
