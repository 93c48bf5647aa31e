// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ngffspark.job.TransformSpec;
import org.ngffspark.job.TransformSpec.OnError;
import org.ngffspark.job.TransformSpec.PyramidMode;
import org.ngffspark.job.TransformSpec.TableChoice;
import org.ngffspark.job.TransformSpec.Target;
import org.ngffspark.job.TransformSpec.WriteMode;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.Transforms;

/** Makes what a test runs; everything not said is as on the command line. */
final class SpecBuilder {
  private final String label;
  private final Map<String, String> parameters = new TreeMap<>();
  private String transform = "affine";
  private MaskedTransform instance;
  private Target target = new Target.OfImage(List.of(), 0);
  private TableChoice table = new TableChoice.Automatic();
  private double zoom = 1;
  private LabelSelection labels = LabelSelection.all();
  private WriteMode write = WriteMode.MASKED;
  private PyramidMode pyramid = PyramidMode.REBUILD;
  private OnError onError = OnError.FAIL;
  private long maxObjectBytes = 1L << 28;
  private long timeoutSeconds;

  private SpecBuilder(String label) {
    this.label = label;
  }

  static SpecBuilder on(String label) {
    return new SpecBuilder(label);
  }

  SpecBuilder transform(String name, String... keysAndValues) {
    transform = name;
    for (int i = 0; i < keysAndValues.length; i += 2) {
      parameters.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return this;
  }

  SpecBuilder transform(MaskedTransform own) {
    transform = own.name();
    instance = own;
    return this;
  }

  SpecBuilder channels(String... channels) {
    target = new Target.OfImage(List.of(channels), target.level());
    return this;
  }

  SpecBuilder level(int level) {
    target =
        target instanceof Target.OfLabel label
            ? new Target.OfLabel(label.name(), level)
            : new Target.OfImage(((Target.OfImage) target).channels(), level);
    return this;
  }

  SpecBuilder onLabel(String name) {
    target = new Target.OfLabel(name, target.level());
    return this;
  }

  SpecBuilder table(String name) {
    table = new TableChoice.Named(name);
    return this;
  }

  SpecBuilder zoom(double value) {
    zoom = value;
    return this;
  }

  SpecBuilder ids(String text) {
    labels = LabelSelection.parse(text);
    return this;
  }

  SpecBuilder unmasked() {
    write = WriteMode.WHOLE_BOX;
    return this;
  }

  SpecBuilder withoutPyramid() {
    pyramid = PyramidMode.KEEP;
    return this;
  }

  SpecBuilder skipping() {
    onError = OnError.SKIP;
    return this;
  }

  SpecBuilder maxObjectBytes(long value) {
    maxObjectBytes = value;
    return this;
  }

  SpecBuilder timeout(long seconds) {
    timeoutSeconds = seconds;
    return this;
  }

  TransformSpec build() {
    MaskedTransform ready =
        instance == null
            ? Transforms.of(SpecBuilder.class.getClassLoader()).find(transform, parameters)
            : instance;
    return new TransformSpec(
        label,
        ready,
        transform,
        parameters,
        table,
        target,
        zoom,
        labels,
        write,
        pyramid,
        onError,
        maxObjectBytes,
        timeoutSeconds);
  }
}
