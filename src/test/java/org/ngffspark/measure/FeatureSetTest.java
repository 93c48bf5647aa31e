// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.DataType;

class FeatureSetTest {
  private static MeasuredImage image(int depth, String... channels) {
    Spacing spacing = new Spacing(depth == 1 ? 2 : 3, 1, 0.5, 0.5);
    return new MeasuredImage(
        spacing, depth, 20, 30, OptionalInt.empty(), List.of(channels), DataType.UINT16);
  }

  private static List<String> columns(FeatureSet features, MeasuredImage image) {
    return new ObjectMeasurement(image, features)
        .columns().stream().map(FeatureColumn::name).toList();
  }

  @Test
  void theDefaultIsWhatFractalMeasuresInItsOrder() {
    assertThat(columns(FeatureSet.ofDefaults(), image(1, "DAPI", "GFP")))
        .containsExactly(
            "area",
            "area_bbox",
            "num_pixels",
            "equivalent_diameter_area",
            "axis_major_length",
            "axis_minor_length",
            "euler_number",
            "feret_diameter_max",
            "perimeter",
            "perimeter_crofton",
            "eccentricity",
            "orientation",
            "intensity_mean-DAPI",
            "intensity_median-DAPI",
            "intensity_max-DAPI",
            "intensity_min-DAPI",
            "intensity_std-DAPI",
            "intensity_mean-GFP",
            "intensity_median-GFP",
            "intensity_max-GFP",
            "intensity_min-GFP",
            "intensity_std-GFP");
  }

  @Test
  void inSpaceAGroupLeavesOutWhatIsOfPlanes() {
    assertThat(columns(FeatureSet.of(List.of("shape")), image(4)))
        .containsExactly(
            "area",
            "area_bbox",
            "num_pixels",
            "equivalent_diameter_area",
            "axis_major_length",
            "axis_minor_length",
            "euler_number");
  }

  @Test
  void aFeatureOfPlanesThatIsNamedForAStackIsRefused() {
    FeatureSet features = FeatureSet.of(List.of("perimeter"));
    assertThatThrownBy(() -> columns(features, image(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'perimeter' is of images with one plane; this one has 4");
  }

  @Test
  void unknownNamesAreRefusedWithThoseThatAreKnown() {
    assertThatThrownBy(() -> FeatureSet.of(List.of("area", "volume")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'volume'")
        .hasMessageContaining("texture")
        .hasMessageContaining("solidity");
  }

  @Test
  void pixelsAreReadOnlyIfAFeatureNeedsThem() {
    assertThat(FeatureSet.of(List.of("shape", "convex", "neighbours")).needsPixels()).isFalse();
    assertThat(FeatureSet.of(List.of("shape", "intensity_max")).needsPixels()).isTrue();
    assertThat(FeatureSet.of(List.of("position")).needsPixels()).isTrue();
  }

  @Test
  void countingNeighboursNeedsADistance() {
    FeatureSet features = FeatureSet.of(List.of("neighbours"));
    assertThatThrownBy(features::neighbourhood)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("neighbours_count");
    assertThat(FeatureSet.of(List.of("nearest_label")).neighbourhood().names())
        .containsExactly("nearest_label");
    assertThatThrownBy(() -> Neighbourhood.within(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0");
  }

  @Test
  void channelsWithOneLabelAreRefused() {
    assertThatThrownBy(() -> image(1, "DAPI", "DAPI"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'DAPI'");
  }

  /** Features of a user's own. */
  private record Edges(String name, int numbers) implements ObjectFeatures {
    private static final long serialVersionUID = 1L;

    @Override
    public List<FeatureColumn> columns(MeasuredImage image) {
      return List.of(FeatureColumn.number(name), FeatureColumn.number(name + "_2"));
    }

    @Override
    public double[] measure(MeasuredObject object) {
      return new double[numbers];
    }
  }

  @Test
  void featuresOfTheUsersOwnComeLast() {
    FeatureSet features = FeatureSet.of(List.of("area")).and(new Edges("edges", 2), Map.of());
    assertThat(columns(features, image(1))).containsExactly("area", "edges", "edges_2");
  }

  @Test
  void twoColumnsOfOneNameAreRefused() {
    FeatureSet features = FeatureSet.of(List.of("area")).and(new Edges("area", 2), Map.of());
    assertThatThrownBy(() -> columns(features, image(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Two features have a column 'area'");
  }

  @Test
  void featuresThatGiveTooFewNumbersAreRefused() {
    FeatureSet features = FeatureSet.of(List.of("area")).and(new Edges("edges", 1), Map.of());
    ObjectMeasurement measurement = new ObjectMeasurement(image(1), features);
    ObjectMask mask = ObjectMask.of(2, new int[] {0, 1, 1, 3});
    MeasuredObject object =
        new MeasuredObject(image(1), 8, 0, mask, List.of(), ObjectTools.with(GrayLevels.DEFAULT));
    FeatureRows.Builder rows = new FeatureRows.Builder(measurement);
    assertThatThrownBy(() -> rows.add(object))
        .isInstanceOf(FeatureFailure.class)
        .hasMessageContaining("object 8")
        .hasMessageContaining("Features 'edges' have 2 columns, but gave 1 numbers");
    FeatureSet skipping = features.with(FeatureSet.OnFailure.SKIP);
    FeatureRows.Builder others = new FeatureRows.Builder(new ObjectMeasurement(image(1), skipping));
    others.add(object);
    assertThat(others.build().skipped()).hasSize(1);
    assertThat(others.build().number(0, 0)).isEqualTo(0.75);
    assertThat(others.build().number(0, 2)).isNaN();
  }

  @Test
  void grayLevelsTakeSensibleValuesOnly() {
    assertThatThrownBy(() -> new GrayLevels(1, 0, 1, 1))
        .hasMessageContaining("2 to 256 levels, got 1");
    assertThatThrownBy(() -> new GrayLevels(8, 5, 5, 1)).hasMessageContaining("5.0 to 5.0");
    assertThatThrownBy(() -> new GrayLevels(8, 0, 1, 0)).hasMessageContaining("got 0");
    GrayLevels four = new GrayLevels(4, 100, 400, 1);
    assertThat(new int[] {four.level(0), four.level(249), four.level(250), four.level(9e9)})
        .containsExactly(0, 1, 2, 3);
  }
}
