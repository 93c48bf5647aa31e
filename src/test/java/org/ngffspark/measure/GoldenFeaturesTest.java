// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.image.Patch;
import org.ngffspark.table.Column;
import org.ngffspark.table.DoubleColumn;
import org.ngffspark.table.LongColumn;
import org.ngffspark.zarr.nd.DataType;

/** Every feature against scikit-image, mahotas and scipy. */
class GoldenFeaturesTest {
  private static final double TIGHT = 1e-9;
  // scikit-image computes with float32 what it computes of float32.
  private static final double SINGLE = 1e-5;
  // Square roots of what cancels to zero: both sides hold noise there.
  private static final double NOISE = 1e-6;

  static Stream<FeatureCase> cases() {
    return FeatureCase.all().stream();
  }

  private static FeatureSet everything(FeatureCase test) {
    List<String> names =
        Stream.concat(
                Arrays.stream(FeatureGroup.values()).map(FeatureGroup::title),
                Stream.of("feret_diameter_max"))
            .toList();
    return FeatureSet.of(names).with(Neighbourhood.within(test.distance()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void featuresAreThoseOfScikitImageAndMahotas(FeatureCase test) {
    FeatureSet features = everything(test);
    ObjectMeasurement measurement = new ObjectMeasurement(test.image(), features);
    FeatureRows rows = test.measure(features);
    assertObjects(test, rows);
    Set<String> compared = new HashSet<>();
    for (int column = 0; column < rows.columns(); column++) {
      String name = measurement.columns().get(column).name();
      if (test.expected().containsKey(name)) {
        compared.add(name);
        for (int row = 0; row < rows.size(); row++) {
          assertNumber(test, rows, row, name, rows.number(row, column));
        }
      }
    }
    Set<String> missing = new HashSet<>(test.expected().keySet());
    missing.removeAll(compared);
    assertThat(missing)
        .isSubsetOf("label", "time", "nearest_label", "nearest_distance", "neighbours_count");
  }

  private static void assertObjects(FeatureCase test, FeatureRows rows) {
    Patch labels = test.expected().get("label");
    assertThat(rows.size()).isEqualTo(labels.size()).isGreaterThan(5);
    for (int row = 0; row < rows.size(); row++) {
      assertThat(rows.label(row)).isEqualTo(labels.integer(row));
      assertThat(rows.time(row)).isEqualTo((int) test.expected().get("time").integer(row));
    }
  }

  private static void assertNumber(
      FeatureCase test, FeatureRows rows, int row, String name, double actual) {
    double expected = test.expected().get(name).value(row);
    String what = "%s of object %d of %s".formatted(name, rows.label(row), test);
    if (Double.isNaN(expected)) {
      // scikit-image finds no contour of a flat object in 3D.
      if (!name.equals("feret_diameter_max")) {
        assertThat(actual).as(what).isNaN();
      }
    } else if (name.equals("orientation")) {
      assertOrientation(test, row, what, actual, expected);
    } else if (Double.isInfinite(expected)) {
      assertThat(actual).as(what).isEqualTo(expected);
    } else {
      double tolerance =
          tolerance(test, name) * Math.max(scale(test, row, name), Math.abs(expected));
      assertThat(actual).as(what).isCloseTo(expected, within(tolerance));
    }
  }

  /** Directions are the same modulo pi; round objects have none. */
  private static void assertOrientation(
      FeatureCase test, int row, String what, double actual, double expected) {
    if (test.expected().get("eccentricity").value(row) > 1e-3) {
      double difference = Math.abs(actual - expected) % Math.PI;
      assertThat(Math.min(difference, Math.PI - difference)).as(what).isLessThan(NOISE);
    }
  }

  private static double tolerance(FeatureCase test, String name) {
    boolean exact =
        name.matches("num_pixels|euler_number|bbox.*|touches_border|intensity_(max|min|median).*");
    boolean single = test.pixels().type() == DataType.FLOAT32;
    if (single && name.matches("intensity_(mean|std|median).*")) {
      return SINGLE;
    }
    if (exact) {
      return 0;
    }
    if (name.matches("eccentricity|axis_minor.*|axis_major.*|haralick_information.*")) {
      return NOISE;
    }
    return TIGHT;
  }

  /** What a number is small against, where it may be the small difference of large ones. */
  private static double scale(FeatureCase test, int row, String name) {
    if (name.startsWith("moments")) {
      String suffix = name.replaceFirst(".*_hu-\\d", "");
      String first = name.contains("weighted") ? "moments_weighted_hu-0" : "moments_hu-0";
      return Math.abs(test.expected().get(first + suffix).value(row));
    }
    return name.startsWith("inertia") || name.startsWith("axis")
        ? test.expected().get("axis_major_length").value(row)
        : name.startsWith("centroid") || name.startsWith("haralick") || name.equals("eccentricity")
            ? 1
            : 0;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void neighboursAreThoseOfScipy(FeatureCase test) {
    FeatureSet features = everything(test);
    FeatureRows rows = test.measure(features);
    for (Column column : features.neighbourhood().columns(rows)) {
      Patch expected = test.expected().get(column.name());
      for (int row = 0; row < rows.size(); row++) {
        if (column instanceof LongColumn longs && !column.name().equals("nearest_label")) {
          assertThat(longs.value(row)).as(column.name()).isEqualTo(expected.integer(row));
        } else if (column instanceof DoubleColumn doubles) {
          assertThat(doubles.value(row)).isCloseTo(expected.value(row), within(TIGHT));
        }
      }
    }
  }

  @Test
  void everyFeatureHasGoldenValues() {
    Set<String> names = new HashSet<>();
    cases().forEach(test -> names.addAll(test.expected().keySet()));
    for (FeatureDescription description : FeatureSet.descriptions()) {
      assertThat(names).anyMatch(name -> name.startsWith(description.name()));
    }
  }
}
