// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.PixelGrid;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/** Features have the same bits however an image is cut into chunks and tiles. */
class AnyTilingTest {
  private static final int ROUNDS = 8;
  private static final int PLACES = 3;

  private final long seed = System.nanoTime();
  private final SplittableRandom random = new SplittableRandom(seed);

  static Stream<FeatureCase> cases() {
    return FeatureCase.all().stream();
  }

  private static FeatureSet features(FeatureCase test) {
    return FeatureSet.of(
        Stream.of(FeatureGroup.values())
            .map(FeatureGroup::title)
            .filter(title -> !title.equals("neighbours"))
            .filter(title -> !title.equals("texture") || test.name().equals("truth"))
            .toList());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anyCutGivesTheSameBits(FeatureCase test) {
    check(test, features(test));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anyCutGivesTheSameBitsWhereNoValuesAreKept(FeatureCase test) {
    check(test, FeatureSet.of(List.of("area", "intensity", "position")));
  }

  private void check(FeatureCase test, FeatureSet features) {
    FeatureRows whole = test.measure(features);
    for (int round = 0; round < ROUNDS; round++) {
      assertThat(inTiles(test, features))
          .as("%s, seed %d, round %d", test, seed, round)
          .isEqualTo(whole);
    }
  }

  private FeatureRows inTiles(FeatureCase test, FeatureSet features) {
    ObjectMeasurement measurement = new ObjectMeasurement(test.image(), features);
    Shape imageChunk = cut(test.grid().shape(), 30);
    Shape labelChunk = cut(test.labelGrid().shape(), 30);
    List<Box> tiles = boxes(test.grid().shape(), tileOf(test.grid()));
    List<TileFeatures> results = new ArrayList<>();
    for (Box tile : tiles) {
      PartValues values = values(measurement, test, tile, imageChunk, labelChunk, ObjectKeys.NONE);
      results.add(TileFeatures.of(measurement, values, test.grid().axes(), tile, PLACES));
    }
    FeatureRows rows = rows(measurement, results);
    ObjectKeys scattered = rows.repeated();
    List<TileFeatures> again = new ArrayList<>();
    if (!scattered.isEmpty()) {
      for (Box tile : tiles) {
        PartValues values = values(measurement, test, tile, imageChunk, labelChunk, scattered);
        again.add(TileFeatures.parts(measurement, values, PLACES));
      }
    }
    return FeatureRows.merge(
        whole(measurement), List.of(rows.without(scattered), rows(measurement, again)));
  }

  private static int whole(ObjectMeasurement measurement) {
    return measurement.columns().size();
  }

  private static FeatureRows rows(ObjectMeasurement measurement, List<TileFeatures> results) {
    List<FeatureRows> batches = new ArrayList<>();
    results.forEach(result -> batches.add(result.rows()));
    for (int place = 0; place < PLACES; place++) {
      List<ObjectPieces> pieces = new ArrayList<>();
      for (TileFeatures result : results) {
        if (result.pieces().containsKey(place)) {
          pieces.add(result.pieces().get(place));
        }
      }
      batches.add(FeatureRows.ofPieces(measurement, pieces));
    }
    return FeatureRows.merge(whole(measurement), batches);
  }

  private static PartValues values(
      ObjectMeasurement measurement,
      FeatureCase test,
      Box tile,
      Shape imageChunk,
      Shape labelChunk,
      ObjectKeys only) {
    ObjectScan scan =
        new ObjectScan(
            test.image(),
            test.grid().axes(),
            tile,
            (time, label) -> only.isEmpty() || only.contains(time, label));
    for (Box place : boxes(test.labelGrid().shape(), labelChunk)) {
      scan.add(test.labelGrid(), chunk(test.labels(), place, labelChunk), place);
    }
    ObjectParts parts = scan.parts();
    TileEdges edges = new TileEdges(parts.image(), TileBox.of(test.grid().axes(), tile));
    ObjectsByChunk byChunk =
        IntegerSums.take(test.image().type()) && !measurement.needsValues()
            ? ObjectsByChunk.of(
                parts,
                test.grid().axes(),
                new ChunkGrid(test.grid().shape(), imageChunk),
                object -> !only.isEmpty() || edges.mayGoOn(parts.mask(object)))
            : ObjectsByChunk.none(parts.size());
    PartValues values =
        new PartValues(
            parts,
            test.grid().axes(),
            test.channelIndices(),
            0,
            byChunk,
            measurement.tools().sums());
    for (Box place : boxes(test.grid().shape(), imageChunk)) {
      values.add(chunk(test.pixels(), place, imageChunk), place);
    }
    return values;
  }

  /** A chunk of full size, as they are stored. */
  private static NdArray chunk(NdArray array, Box place, Shape shape) {
    NdArray chunk = NdArray.zeros(array.type(), shape);
    chunk.paste(array, place, Box.whole(place.shape()));
    return chunk;
  }

  private Shape cut(Shape shape, int longest) {
    return Shape.of(
        Arrays.stream(shape.toArray())
            .map(n -> 1 + random.nextLong(Math.min(n, longest)))
            .toArray());
  }

  /** Tiles span all channels. */
  private Shape tileOf(PixelGrid grid) {
    Shape tile = cut(grid.shape(), 40);
    int channels = grid.axes().index(AxisName.C).orElse(-1);
    return channels < 0 ? tile : tile.with(channels, grid.shape().get(channels));
  }

  private static List<Box> boxes(Shape shape, Shape chunk) {
    ChunkGrid grid = new ChunkGrid(shape, chunk);
    return grid.all().stream().map(grid::box).toList();
  }
}
