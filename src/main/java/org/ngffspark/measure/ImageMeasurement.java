// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.image.Label;
import org.ngffspark.image.Mask;
import org.ngffspark.image.Masked;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.measure.ObjectScan.Wanted;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Growth;
import org.ngffspark.roi.MaskPlacement;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Measures the objects of a label image on an image, from decoded chunks, tile by tile. Each chunk
 * of the image that holds pixels of an object is asked for once, one after the other, and not used
 * any more when the next is asked for. Not safe for several threads.
 */
public final class ImageMeasurement {
  private final ImageLevel image;
  private final Label label;
  private final MaskedReader reader;
  private final ObjectMeasurement measurement;
  private final int[] channels;

  /**
   * @param masked the level of an image that is measured, its label image and the channels; no
   *     channel is read if no feature needs pixels
   * @throws IllegalArgumentException if a feature is not of such images
   */
  public ImageMeasurement(Masked masked, FeatureSet features) {
    this(masked, features, ObjectWatcher.NONE);
  }

  /**
   * The same; errors are the same.
   *
   * @param watcher is told of each object that is measured
   */
  public ImageMeasurement(Masked masked, FeatureSet features, ObjectWatcher watcher) {
    this.image = masked.level();
    this.label = masked.label();
    MaskedReader selected = masked.reader();
    // Masks are the same in every channel.
    boolean hasChannels = image.axes().has(AxisName.C);
    this.reader = hasChannels ? masked.channels(0).reader() : selected;
    boolean pixels = features.needsPixels();
    this.channels = pixels ? selected.channels() : new int[0];
    List<String> names = pixels ? selected.channelNames() : List.of();
    MeasuredImage measured = MeasuredImage.of(image.grid(), names, image.type());
    this.measurement = new ObjectMeasurement(measured, features, watcher);
  }

  /** The columns, and what objects have in common. */
  public ObjectMeasurement measurement() {
    return measurement;
  }

  /** The label image, whose chunks are asked for by each object in {@link #objects}. */
  public ZarrArray labels() {
    return label.array();
  }

  /**
   * Whether each pixel of the image has one pixel of the label image. Then {@link #whole}, {@link
   * #tile} and {@link #parts} find the objects; else the region of each object is resampled by
   * itself, as {@link #objects} does it.
   */
  public boolean isPixelByPixel() {
    return reader.masksAreApart();
  }

  /** Measures the objects of an image in one piece. */
  public FeatureRows whole(ChunkSource chunks, Wanted wanted) {
    Box all = Box.whole(image.shape());
    return TileFeatures.whole(
            measurement, values(scan(all, chunks, wanted), chunks, object -> false))
        .rows();
  }

  /**
   * Measures the objects of one tile of several; see {@link TileFeatures#of}.
   *
   * @param tile in pixels of the image
   */
  public TileFeatures tile(Box tile, int places, ChunkSource chunks, Wanted wanted) {
    ObjectParts parts = scan(tile, chunks, wanted);
    TileEdges edges = new TileEdges(parts.image(), TileBox.of(image.axes(), tile));
    PartValues values = values(parts, chunks, object -> edges.mayGoOn(parts.mask(object)));
    return TileFeatures.of(measurement, values, image.axes(), tile, places);
  }

  /**
   * The parts of some objects that lie in a tile; see {@link TileFeatures#parts}.
   *
   * @param tile in pixels of the image
   */
  public TileFeatures parts(Box tile, int places, ChunkSource chunks, ObjectKeys objects) {
    PartValues values = values(scan(tile, chunks, objects::contains), chunks, object -> true);
    return TileFeatures.parts(measurement, values, places);
  }

  /**
   * Measures objects whose label image has another resolution, each brought onto the pixels of the
   * image by itself, as transforms do it.
   *
   * @param rois the boxes of the objects in the label image
   */
  public FeatureRows objects(MaskingRois rois, ChunkSource chunks) {
    ObjectScan scan =
        new ObjectScan(
            measurement.image(), image.axes(), Box.whole(image.shape()), (time, id) -> true);
    for (int index = 0; index < rois.size(); index++) {
      MaskPlacement place = reader.place(rois.roiAt(index), Growth.by(1));
      Mask mask = reader.mask(rois.label(index), place, chunks);
      scan.add(rois.label(index), image.axes(), oneChannel(place.imageBox()), mask);
    }
    return TileFeatures.whole(measurement, values(scan.parts(), chunks, object -> false)).rows();
  }

  private Box oneChannel(Box box) {
    OptionalInt axis = image.axes().index(AxisName.C);
    return axis.isPresent() ? box.with(axis.getAsInt(), 0, 1) : box;
  }

  private ObjectParts scan(Box tile, ChunkSource chunks, Wanted wanted) {
    ObjectScan scan = new ObjectScan(measurement.image(), image.axes(), tile, wanted);
    ZarrArray array = label.array();
    long fill = fillLabel(array);
    Box part = onLabel(tile);
    for (GridPosition unit : array.writeUnits().touching(part)) {
      for (GridPosition chunk :
          array.chunks().touching(array.writeUnits().box(unit).intersect(part))) {
        Box place = array.chunks().box(chunk);
        Optional<NdArray> ids = chunks.chunk(array, chunk);
        if (ids.isPresent()) {
          scan.add(label.grid(), ids.get(), place);
        } else {
          scan.addFilled(label.grid(), fill, place);
        }
      }
    }
    return scan.parts();
  }

  /** The pixels of the label image that the tile may have objects from. */
  private Box onLabel(Box tile) {
    Box part = Box.whole(label.shape());
    for (int axis = 0; axis < label.axes().rank(); axis++) {
      int own = image.axes().index(label.axes().name(axis)).orElseThrow();
      boolean broadcasts = label.shape().get(axis) == 1 && axis < label.axes().rank() - 2;
      if (!broadcasts) {
        long stop = Math.min(tile.stop(own), label.shape().get(axis));
        part = part.with(axis, Math.min(tile.start(own), stop), stop);
      }
    }
    return part;
  }

  private static long fillLabel(ZarrArray array) {
    long bits = array.metadata().fill().bits();
    int unused = Long.SIZE - Byte.SIZE * array.type().bytes();
    return array.type().kind() == DataType.Kind.SIGNED ? bits << unused >> unused : bits;
  }

  /**
   * @param kept the objects whose values are needed themselves
   */
  private PartValues values(ObjectParts parts, ChunkSource chunks, IntPredicate kept) {
    ZarrArray array = image.array();
    IntegerSums integers = measurement.tools().sums();
    long fill = array.metadata().fill().bits();
    ObjectsByChunk byChunk = byChunk(parts, kept);
    PartValues values = new PartValues(parts, image.axes(), channels, fill, byChunk, integers);
    if (channels.length > 0) {
      Box part = values.bounds(array.shape());
      for (GridPosition unit : array.writeUnits().touching(part)) {
        for (GridPosition chunk : array.chunks().touching(array.writeUnits().box(unit))) {
          Box place = array.chunks().box(chunk);
          if (values.touches(place)) {
            values.add(chunks.chunk(array, chunk).orElseGet(() -> filled(array)), place);
          }
        }
      }
    }
    return values;
  }

  private ObjectsByChunk byChunk(ObjectParts parts, IntPredicate kept) {
    ZarrArray array = image.array();
    boolean isSummed = IntegerSums.take(array.type()) && !measurement.needsValues();
    if (!isSummed) {
      return ObjectsByChunk.none(parts.size());
    }
    ObjectWatcher watcher = measurement.watcher();
    for (int object = 0; object < parts.size(); object++) {
      if (!kept.test(object)) {
        watcher.found(parts.label(object), parts.time(object), parts.count(object));
      }
    }
    IntPredicate needed =
        kept.or(object -> watcher.needsValues(parts.label(object), parts.time(object)));
    return ObjectsByChunk.of(parts, image.axes(), array.chunks(), needed);
  }

  /** A chunk that is not stored. */
  private static NdArray filled(ZarrArray array) {
    NdArray chunk = NdArray.zeros(array.type(), array.chunks().chunk());
    chunk.fill(array.metadata().fill().bits());
    return chunk;
  }
}
