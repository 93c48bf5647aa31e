// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.List;
import org.ngffspark.zarr.nd.DataType;

/** Keeps pixels within min … max. */
final class Clip extends ValueTransform {
  private static final long serialVersionUID = 1L;

  private final double min;
  private final double max;

  Clip() {
    this(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  private Clip(double min, double max) {
    this.min = min;
    this.max = max;
  }

  @Override
  public String name() {
    return "clip";
  }

  @Override
  public String description() {
    return "keeps values within min and max";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.number("min", "smaller values become this").optional("no lower limit"),
        Parameter.number("max", "larger values become this").optional("no upper limit"));
  }

  @Override
  public MaskedTransform configure(Parameters values) {
    Clip clip =
        new Clip(
            values.optionalNumber("min").orElse(Double.NEGATIVE_INFINITY),
            values.optionalNumber("max").orElse(Double.POSITIVE_INFINITY));
    if (!values.has("min") && !values.has("max")) {
      throw new IllegalArgumentException("Transform 'clip' needs 'min', 'max' or both");
    }
    if (clip.min > clip.max) {
      throw new IllegalArgumentException(
          "Parameter 'min' must not exceed 'max', got " + values.asMap());
    }
    return clip;
  }

  @Override
  protected void compute(double[] values, int count, DataType type) {
    for (int i = 0; i < count; i++) {
      values[i] = Math.max(min, Math.min(max, values[i]));
    }
  }
}
