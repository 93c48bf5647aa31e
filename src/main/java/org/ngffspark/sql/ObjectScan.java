// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;
import org.ngffspark.image.Container;
import org.ngffspark.image.Image;
import org.ngffspark.image.Masking;
import org.ngffspark.job.ImageRef;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.plan.TileSize;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.spark.StoreSettings;
import org.ngffspark.tables.ImagePlace;
import org.ngffspark.zarr.nd.Shape;

/** A query on the objects of images. Each image is one partition; with pixels, each tile of it. */
final class ObjectScan implements Scan, Batch, SupportsReportStatistics {
  private static final int IMAGES_PER_CORE = 4;
  // What a task may hold of decoded chunks.
  private static final long BYTES_PER_TILE = 128L << 20;

  private final StructType schema;
  private final ObjectOptions options;
  private final KeyFilter filter;
  private final List<ImageRef> images;

  ObjectScan(StructType schema, ObjectOptions options, KeyFilter filter) {
    this.schema = schema;
    this.options = options;
    this.filter = filter;
    KeyFilter ofImage = filter.ofImage();
    this.images =
        options.images().stream()
            .filter(image -> ofImage.matches(new ImageKeys(ImagePlace.of(image))::value))
            .toList();
  }

  @Override
  public StructType readSchema() {
    return schema;
  }

  @Override
  public String description() {
    return "ngff " + options.path() + " " + options.label() + ", " + filter.filters();
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  private boolean needsPixels() {
    Set<String> pixels = ObjectSchema.OF_PIXELS;
    return Arrays.stream(schema.fieldNames()).anyMatch(pixels::contains);
  }

  @Override
  public InputPartition[] planInputPartitions() {
    List<ObjectPartition> partitions = new ArrayList<>();
    if (needsPixels()) {
      for (ImageRef image : images) {
        TileGrid tiles = tiles(Container.open(image.open()).image(options.level()));
        for (int tile = 0; tile < tiles.count(); tile++) {
          partitions.add(new ObjectPartition(List.of(image), List.of(tiles), tile));
        }
      }
    } else {
      int cores = SparkSession.active().sparkContext().defaultParallelism();
      int most = Math.max(1, images.size() / (IMAGES_PER_CORE * cores));
      for (int from = 0; from < images.size(); from += most) {
        List<ImageRef> group = images.subList(from, Math.min(images.size(), from + most));
        partitions.add(new ObjectPartition(List.copyOf(group), List.of(), 0));
      }
    }
    return partitions.toArray(InputPartition[]::new);
  }

  /** Tiles span all channels, so that each chunk is read by one task, but for those at borders. */
  private static TileGrid tiles(Image image) {
    Shape unit = image.array().writeUnits().chunk();
    long bytes = Math.max(1, unit.elements() * image.type().bytes());
    Set<Integer> whole =
        image.axes().has(AxisName.C) ? Set.of(image.axes().index(AxisName.C).getAsInt()) : Set.of();
    return new TileSize(bytes, BYTES_PER_TILE, 1).choose(image.array().writeUnits(), whole);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    StoreSettings stores = StoreSettings.of(SparkSession.active().sparkContext().conf());
    return new ObjectReaderFactory(schema, options, filter, stores);
  }

  /** As many objects in each image as the table of the first one has rows; unknown without one. */
  @Override
  public Statistics estimateStatistics() {
    OptionalLong rows = images.isEmpty() ? OptionalLong.of(0) : rowsOf(images.get(0));
    int width = schema.defaultSize();
    return new Statistics() {
      @Override
      public OptionalLong sizeInBytes() {
        return rows.isPresent() ? OptionalLong.of(rows.getAsLong() * width) : rows;
      }

      @Override
      public OptionalLong numRows() {
        return rows;
      }
    };
  }

  private OptionalLong rowsOf(ImageRef image) {
    return Container.open(image.open()).maskingTable(Masking.by(options.label())).stream()
        .mapToLong(MaskingRois::size)
        .map(size -> size * images.size())
        .findFirst();
  }
}
