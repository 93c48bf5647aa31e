// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ngffspark.transform.Extensions;
import org.ngffspark.transform.Parameter;
import org.ngffspark.transform.Parameters;

/** Features of a user's own are found, configured and measured. */
class ObjectFeaturesTest {
  private static final Extensions<ObjectFeatures> FEATURES =
      Extensions.of(
          ObjectFeatures.class,
          "set of features",
          List.of(),
          ObjectFeaturesTest.class.getClassLoader());

  /** Share of pixels above a limit. */
  public static final class Bright implements ObjectFeatures {
    private static final long serialVersionUID = 1L;
    private double limit;

    @Override
    public List<Parameter> parameters() {
      return List.of(Parameter.number("limit", "what is bright"));
    }

    @Override
    public ObjectFeatures configure(Parameters values) {
      limit = values.number("limit");
      return this;
    }

    @Override
    public List<FeatureColumn> columns(MeasuredImage image) {
      return image.channels().stream()
          .map(channel -> FeatureColumn.number("bright-" + channel))
          .toList();
    }

    @Override
    public double[] measure(MeasuredObject object) {
      double[] shares = new double[object.image().channels().size()];
      for (int channel = 0; channel < shares.length; channel++) {
        int count = 0;
        for (double value : object.values(channel).toArray()) {
          count += value > limit ? 1 : 0;
        }
        shares[channel] = (double) count / object.mask().pixels();
      }
      return shares;
    }
  }

  @Test
  void aClassIsFoundByItsNameAndMeasuresEveryObject() {
    ObjectFeatures bright = FEATURES.find(Bright.class.getName(), Map.of("limit", "100"));
    FeatureCase plane = FeatureCase.all().get(0);
    FeatureSet features = FeatureSet.of(List.of("intensity_max")).and(bright, Map.of());
    FeatureRows rows = plane.measure(features);
    List<String> names =
        new ObjectMeasurement(plane.image(), features)
            .columns().stream().map(FeatureColumn::name).toList();
    assertThat(names)
        .containsExactly("intensity_max-C0", "intensity_max-C1", "bright-C0", "bright-C1");
    for (int row = 0; row < rows.size(); row++) {
      assertThat(rows.number(row, 2) > 0).isEqualTo(rows.number(row, 0) > 100);
    }
  }

  @Test
  void aMissingParameterIsRefused() {
    assertThatThrownBy(() -> FEATURES.find(Bright.class.getName(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Set of features")
        .hasMessageContaining("'limit'");
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatThrownBy(() -> FEATURES.find("glcm"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No set of features or class 'glcm'");
  }
}
