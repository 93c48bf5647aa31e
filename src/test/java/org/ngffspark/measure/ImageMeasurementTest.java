// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.image.Container;
import org.ngffspark.image.Label;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.TestContainer;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageMetadata;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.table.Column;
import org.ngffspark.table.DoubleColumn;
import org.ngffspark.table.FeatureTable;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.StorePath;

class ImageMeasurementTest {
  private static final FeatureSet FEATURES =
      FeatureSet.of(List.of("shape", "intensity", "position"));

  /** Reads chunks from the store and counts how often each is asked for. */
  private static final class CountedChunks implements ChunkSource {
    private final Map<String, Integer> asked = new HashMap<>();

    @Override
    public Optional<NdArray> chunk(ZarrArray array, GridPosition chunk) {
      asked.merge(array.path() + " " + chunk, 1, Integer::sum);
      return array.readChunk(chunk, NdArray.zeros(array.type(), array.chunks().chunk()));
    }
  }

  static Stream<TestContainer> containers() {
    TestContainer plane = TestContainer.plane();
    return Stream.of(
        plane,
        plane.withShards(Shape.of(2, 32, 40)),
        plane.withAxes(Axes.of("y", "x"), Shape.of(40, 50), Shape.of(7, 50)),
        plane.withAxes(
            Axes.of("t", "c", "z", "y", "x"), Shape.of(2, 2, 4, 20, 22), Shape.of(1, 2, 2, 9, 22)));
  }

  private static ImageMeasurement measurement(Container container, String label) {
    return new ImageMeasurement(container.maskedImage(label), FEATURES);
  }

  private static FeatureRows whole(ImageMeasurement measurement) {
    return measurement.whole(new CountedChunks(), (time, label) -> true);
  }

  @ParameterizedTest
  @MethodSource("containers")
  void numbersAreThoseOfThePatchesOfEachObject(TestContainer test) {
    Container container = test.create();
    ImageMeasurement measurement = measurement(container, "nuclei");
    FeatureRows rows = whole(measurement);
    List<String> names =
        measurement.measurement().columns().stream().map(FeatureColumn::name).toList();
    int area = names.indexOf("num_pixels");
    assertThat(rows.size()).isGreaterThan(3);
    for (int row = 0; row < rows.size(); row++) {
      if (container.image().axes().has(AxisName.T)) {
        continue;
      }
      MaskedPatch object = container.maskedImage("nuclei").read(rows.label(row));
      int channels = measurement.measurement().image().channels().size();
      assertThat(rows.number(row, area)).isEqualTo(object.mask().count() / (double) channels);
      double max = 0;
      for (int i = 0; i < object.patch().size() / channels; i++) {
        max = Math.max(max, object.mask().at(i) ? object.patch().value(i) : 0);
      }
      String first = measurement.measurement().image().channels().get(0);
      assertThat(rows.number(row, names.indexOf("intensity_max-" + first))).isEqualTo(max);
    }
  }

  @ParameterizedTest
  @MethodSource("containers")
  void tilesGiveTheSameBitsAndReadNoChunkTwice(TestContainer test) {
    Container container = test.create();
    ImageMeasurement measurement = measurement(container, "cells");
    FeatureRows whole = whole(measurement);
    CountedChunks chunks = new CountedChunks();
    List<FeatureRows> batches = new ArrayList<>();
    List<ObjectPieces> pieces = new ArrayList<>();
    ChunkGrid tiles = tiles(container);
    for (GridPosition position : tiles.all()) {
      TileFeatures features =
          measurement.tile(tiles.box(position), 1, chunks, (time, label) -> true);
      batches.add(features.rows());
      pieces.addAll(features.pieces().values());
    }
    int columns = measurement.measurement().columns().size();
    batches.add(FeatureRows.ofPieces(measurement.measurement(), pieces));
    FeatureRows rows = FeatureRows.merge(columns, batches);
    assertThat(rows.repeated().isEmpty()).isTrue();
    assertThat(rows).isEqualTo(whole);
    assertThat(chunks.asked.values()).containsOnly(1);
  }

  /** A tile for each write unit, over all channels. */
  private static ChunkGrid tiles(Container container) {
    Shape shape = container.image().shape();
    Shape tile = container.image().array().writeUnits().chunk();
    int channels = container.image().axes().index(AxisName.C).orElse(-1);
    return new ChunkGrid(shape, channels < 0 ? tile : tile.with(channels, shape.get(channels)));
  }

  /**
   * Puts a label image of half the resolution in place of cells, with objects of 2 x 2 pixels and
   * more.
   */
  private static Label half(Container container) {
    Axes axes = Axes.of("y", "x");
    Shape shape = Shape.of(25, 31);
    StorePath path = container.path().child("labels").child("cells");
    path.store().deleteTree(path.path());
    ArrayMetadata metadata =
        ArrayMetadata.defaults(
            NgffVersion.V0_4.format(), shape, Shape.of(9, 31), DataType.UINT16, List.of());
    NdArray ids = NdArray.zeros(DataType.UINT16, shape);
    ids.fill(Box.of(new long[] {2, 3}, new long[] {12, 9}), 7);
    ids.fill(Box.of(new long[] {8, 6}, new long[] {15, 20}), 300);
    ids.fill(Box.of(new long[] {24, 30}, new long[] {25, 31}), 5);
    ZarrArray.create(path.child("0"), metadata).write(Box.whole(shape), ids);
    Dataset dataset = Dataset.of("0", List.of(0.65, 0.65));
    ImageNode.create(
        path, ImageMetadata.create(NgffVersion.V0_4, axes, List.of(dataset), List.of()));
    return container.label("cells");
  }

  @Test
  void anObjectOfAnotherResolutionIsBroughtOntoTheImage() {
    Container container = TestContainer.plane().create();
    Label half = half(container);
    ImageMeasurement measurement = new ImageMeasurement(container.maskedImage("cells"), FEATURES);
    assertThat(measurement.isPixelByPixel()).isFalse();
    FeatureRows rows = measurement.objects(half.boxes(), new CountedChunks());
    List<String> names =
        measurement.measurement().columns().stream().map(FeatureColumn::name).toList();
    int pixels = names.indexOf("num_pixels");
    assertThat(rows.size()).isEqualTo(3);
    for (int row = 0; row < rows.size(); row++) {
      MaskedPatch object = container.maskedImage("cells").read(rows.label(row));
      assertThat(2 * rows.number(row, pixels)).isEqualTo(object.mask().count());
    }
    assertThat(rows.number(0, names.indexOf("bbox-0"))).isEqualTo(48);
  }

  @Test
  void noChunkOfTheImageIsReadForFeaturesOfMasks() {
    Container container = TestContainer.plane().create();
    CountedChunks chunks = new CountedChunks();
    ImageMeasurement measurement =
        new ImageMeasurement(container.maskedImage("nuclei"), FeatureSet.of(List.of("shape")));
    assertThat(measurement.whole(chunks, (time, label) -> true).size()).isGreaterThan(3);
    assertThat(chunks.asked.keySet()).allMatch(key -> key.contains("labels/nuclei"));
  }

  @Test
  void chunksWithoutObjectsAreNotRead() {
    Container container = TestContainer.plane().create();
    CountedChunks chunks = new CountedChunks();
    ImageMeasurement measurement = measurement(container, "nuclei");
    FeatureRows rows = measurement.whole(chunks, (time, label) -> label == 1);
    assertThat(rows.size()).isEqualTo(1);
    long image = container.image().array().chunks().count();
    long read = chunks.asked.keySet().stream().filter(key -> !key.contains("labels")).count();
    assertThat(read).isPositive().isLessThan(image);
  }

  @Test
  void pixelsThatAreNotStoredAreFillValues() {
    Container container = TestContainer.plane().create();
    ImageMeasurement measurement = measurement(container, "nuclei");
    Label label = container.label("nuclei");
    ChunkSource without =
        (array, chunk) ->
            array.path().equals(label.array().path())
                ? new CountedChunks().chunk(array, chunk)
                : Optional.empty();
    FeatureTable table =
        measurement.whole(without, (time, id) -> true).table("nuclei", measurement.measurement());
    DoubleColumn max = (DoubleColumn) table.table().column("intensity_max-channel B");
    assertThat(max.toArray()).containsOnly(0);
  }

  @Test
  void theTableHasTypedColumnsTheTimeAndTheRegion() {
    Container container =
        TestContainer.plane()
            .withAxes(Axes.of("t", "y", "x"), Shape.of(2, 20, 22), Shape.of(1, 20, 22))
            .create();
    ImageMeasurement measurement =
        new ImageMeasurement(
            container.maskedImage("cells"),
            FeatureSet.of(List.of("area", "num_pixels", "touches_border", "nearest_label")));
    FeatureRows rows = whole(measurement);
    FeatureTable table = rows.table("cells", measurement.measurement());
    assertThat(table.labelName()).isEqualTo("cells");
    assertThat(table.features().stream().map(Column::name))
        .containsExactly(
            "area", "num_pixels", "touches_border", "nearest_label", "time_index", "region");
    assertThat(table.features().stream().map(column -> column.getClass().getSimpleName()))
        .containsExactly(
            "DoubleColumn",
            "LongColumn",
            "BooleanColumn",
            "LongColumn",
            "LongColumn",
            "StringColumn");
    assertThat(table.labels().value(0)).isEqualTo(rows.label(0));
  }
}
