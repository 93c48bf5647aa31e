// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.apply.TransformSpec.NoPixels;
import org.ngffspark.apply.TransformSpec.PyramidMode;
import org.ngffspark.apply.TransformSpec.WriteMode;
import org.ngffspark.apply.TransformSpecBuilder;
import org.ngffspark.job.OnError;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.roi.Growth;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.Transforms;

/** Makes what a test runs in few words; everything not said is as on the command line. */
final class SpecBuilder {
  private final TransformSpecBuilder spec;

  private SpecBuilder(String label) {
    this.spec = TransformSpec.on(label);
    transform("affine");
  }

  static SpecBuilder on(String label) {
    return new SpecBuilder(label);
  }

  SpecBuilder transform(String name, String... keysAndValues) {
    Map<String, String> parameters = new TreeMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      parameters.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    Transforms known = Transforms.of(SpecBuilder.class.getClassLoader());
    spec.with(known.find(name, parameters), name, parameters);
    return this;
  }

  SpecBuilder transform(MaskedTransform own) {
    spec.with(own);
    return this;
  }

  SpecBuilder channels(String... channels) {
    spec.channels(List.of(channels));
    return this;
  }

  SpecBuilder level(int level) {
    spec.level(level);
    return this;
  }

  SpecBuilder onLabel(String name) {
    spec.onLabel(name);
    return this;
  }

  SpecBuilder table(String name) {
    spec.table(name);
    return this;
  }

  SpecBuilder grow(String zoom, String padding) {
    spec.grow(Growth.parse(zoom, padding));
    return this;
  }

  SpecBuilder zoom(double value) {
    spec.zoom(value);
    return this;
  }

  SpecBuilder ids(String text) {
    spec.ids(LabelSelection.parse(text));
    return this;
  }

  SpecBuilder unmasked() {
    spec.write(WriteMode.WHOLE_BOX);
    return this;
  }

  SpecBuilder withoutPyramid() {
    spec.pyramid(PyramidMode.KEEP);
    return this;
  }

  SpecBuilder skipping() {
    spec.onError(OnError.SKIP);
    return this;
  }

  SpecBuilder allowEmpty() {
    spec.noPixels(NoPixels.ALLOW);
    return this;
  }

  SpecBuilder maxObjectBytes(long value) {
    spec.maxObjectBytes(value);
    return this;
  }

  SpecBuilder timeout(long seconds) {
    spec.objectTimeout(seconds);
    return this;
  }

  TransformSpec build() {
    return spec.build();
  }
}
