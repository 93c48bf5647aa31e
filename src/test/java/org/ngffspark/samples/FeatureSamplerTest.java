// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureSamplerTest {
  private static final List<String> NAMES = List.of("area", "colour");
  private static final int OBJECTS = 500;

  /** Areas are the ids; only every second object has a colour, the third of its id. */
  private static SampledFeatures sample(List<Integer> labels) {
    FeatureSampler sampler = new FeatureSampler(NAMES, new SampleSizes(20, 5, 0));
    for (int label : labels) {
      sampler.add(label, new double[] {label, label % 2 == 0 ? label / 3.0 : Double.NaN});
    }
    return sampler.result();
  }

  private static List<Integer> labels() {
    List<Integer> labels = new ArrayList<>();
    for (int label = 1; label <= OBJECTS; label++) {
      labels.add(label);
    }
    return labels;
  }

  @Test
  void meansAreOverAllObjectsThatHaveTheFeature() {
    List<FeatureSummary> summaries = sample(labels()).summaries();
    assertThat(summaries).extracting(FeatureSummary::name).isEqualTo(NAMES);
    assertThat(summaries).extracting(FeatureSummary::count).containsExactly(500L, 250L);
    assertThat(summaries.get(0).mean()).isCloseTo(250.5, within(1e-9));
    assertThat(summaries.get(1).mean()).isCloseTo(251 / 3.0, within(1e-9));
  }

  @Test
  void theLeastAndGreatestSizesAreThoseOfAllObjects() {
    assertThat(sample(labels()).extremes())
        .extracting(FeatureRow::label)
        .containsExactly(1L, 2L, 3L, 498L, 499L, 500L);
  }

  @Test
  void theOrderOfObjectsDoesNotMatter() {
    SampledFeatures ascending = sample(labels());
    List<Integer> shuffled = labels();
    Collections.shuffle(shuffled, new Random(7));
    SampledFeatures other = sample(shuffled);
    assertThat(ascending.objects()).hasSize(20);
    assertThat(other.objects())
        .extracting(FeatureRow::label)
        .isEqualTo(ascending.objects().stream().map(FeatureRow::label).toList());
    assertThat(other.extremes())
        .extracting(FeatureRow::label)
        .isEqualTo(ascending.extremes().stream().map(FeatureRow::label).toList());
  }

  @Test
  void withoutObjectsThereIsNoMean() {
    SampledFeatures none = sample(List.of());
    assertThat(none.summaries().get(0).count()).isZero();
    assertThat(none.summaries().get(0).mean()).isNaN();
    assertThat(none.objects()).isEmpty();
    assertThat(none.extremes()).isEmpty();
  }
}
