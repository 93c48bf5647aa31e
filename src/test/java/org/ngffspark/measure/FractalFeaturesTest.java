// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.golden.Golden;
import org.ngffspark.image.Container;
import org.ngffspark.image.Masked;
import org.ngffspark.roi.AxisName;
import org.ngffspark.table.Column;
import org.ngffspark.table.DoubleColumn;
import org.ngffspark.table.FeatureTable;
import org.ngffspark.table.LongColumn;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** Feature tables against those that Fractal's task {@code measure_features} has written. */
class FractalFeaturesTest {
  private static final ChunkSource STORE =
      (array, chunk) -> array.readChunk(chunk, NdArray.zeros(array.type(), array.chunks().chunk()));

  private static Container container(String name) {
    return Container.open(StorePath.root(LocalStore.at(Golden.path("fractal/" + name + ".zarr"))));
  }

  private static FeatureTable measured(Container container) {
    Masked masked = container.maskedImage("nuclei");
    FeatureSet features = FeatureSet.of(List.of("shape", "convex", "intensity"));
    ImageMeasurement measurement = new ImageMeasurement(masked, features);
    FeatureRows rows =
        measurement.isPixelByPixel()
            ? measurement.whole(STORE, (time, label) -> true)
            : measurement.objects(masked.label().boxes(), STORE);
    return rows.table("nuclei", measurement.measurement());
  }

  static Stream<String> containers() {
    return Stream.of("plane-v04", "plane-v05", "stack-v05", "movie-v04", "lowres-v04");
  }

  @ParameterizedTest
  @MethodSource("containers")
  void everyColumnOfFractalIsThereWithItsValues(String name) {
    Container container = container(name);
    FeatureTable expected = container.tables().featureTable("features");
    FeatureTable ours = measured(container);
    assertThat(ours.labelName()).isEqualTo(expected.labelName());
    assertThat(ours.labels()).isEqualTo(expected.labels());
    assertThat(ours.labels().size()).isGreaterThan(3);
    for (Column column : expected.features()) {
      // Fractal writes a time for images that have none.
      if (container.image().axes().has(AxisName.T) || !column.name().equals("time_index")) {
        assertSame(name, ours.table().column(column.name()), column, expected);
      }
    }
  }

  private static void assertSame(String name, Column ours, Column theirs, FeatureTable all) {
    for (int row = 0; row < theirs.size(); row++) {
      String what = "%s: %s in row %d".formatted(name, theirs.name(), row);
      double expected = number(theirs, row);
      if (isOfHull(theirs) && number(all.table().column("area_convex"), row) == 0) {
        continue;
      }
      if (!theirs.name().equals("orientation")) {
        double scale = Math.max(1, Math.abs(expected));
        assertThat(number(ours, row)).as(what).isCloseTo(expected, within(1e-7 * scale));
      } else if (number(all.table().column("eccentricity"), row) > 1e-3) {
        double turn = Math.abs(number(ours, row) - expected) % Math.PI;
        assertThat(Math.min(turn, Math.PI - turn)).as(what).isLessThan(1e-6);
      }
    }
  }

  /** scikit-image gives up on the hull of a flat object in 3D and calls it 0. */
  private static boolean isOfHull(Column column) {
    return column.name().equals("area_convex") || column.name().equals("solidity");
  }

  private static double number(Column column, int row) {
    return column instanceof LongColumn longs
        ? longs.value(row)
        : ((DoubleColumn) column).value(row);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plane-v04", "stack-v05"})
  void columnsStandInTheOrderOfFractal(String name) {
    Container container = container(name);
    List<String> ours = measured(container).features().stream().map(Column::name).toList();
    // AnnData keeps integers apart, so that their place in Fractal's order is lost.
    List<String> theirs =
        container.tables().featureTable("features").features().stream()
            .filter(DoubleColumn.class::isInstance)
            .map(Column::name)
            .filter(column -> !column.equals("time_index"))
            .toList();
    assertThat(ours.stream().filter(theirs::contains)).containsExactlyElementsOf(theirs);
  }
}
