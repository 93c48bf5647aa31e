// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.Arrays;
import java.util.List;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;

/** Blurs the object in y and x as if nothing lay around it. */
final class GaussianBlur implements MaskedTransform {
  private static final long serialVersionUID = 1L;

  /** Of a standard deviation: the weights of the kernel grow with it, and are made per object. */
  private static final double MAX_SIGMA = 10_000;

  private final double sigma;

  GaussianBlur() {
    this(1);
  }

  private GaussianBlur(double sigma) {
    this.sigma = sigma;
  }

  @Override
  public String name() {
    return "gaussian-blur";
  }

  @Override
  public String description() {
    return "blurs inside the object, in y and x, without what lies around it";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.number("sigma", "standard deviation in pixels of the level, in y and x")
            .in(
                Range.of(
                    sigma -> sigma > 0 && sigma <= MAX_SIGMA,
                    "greater than 0, at most " + Range.text(MAX_SIGMA))));
  }

  @Override
  public MaskedTransform configure(Parameters values) {
    return new GaussianBlur(values.number("sigma"));
  }

  @Override
  public boolean channelwise() {
    return true;
  }

  @Override
  public void apply(MaskedPatch object, Patch result) {
    GaussianKernel kernel = GaussianKernel.of(sigma);
    Window window = Window.of(object);
    Slabs.of(object.patch())
        .forEachPlane(
            (from, to) -> {
              if (object.written().count(from, to) > 0) {
                blur(object, window.at(from), kernel, result);
              }
            });
  }

  private static void blur(MaskedPatch object, Window window, GaussianKernel kernel, Patch result) {
    double[] values = new double[window.size()];
    double[] weights = new double[window.size()];
    window.forEachRun(
        object.mask(),
        (start, at, length) -> {
          object.patch().read(start, length, values, at);
          Arrays.fill(weights, at, at + length, 1);
        });
    kernel.blur(values, window.height(), window.width());
    kernel.blur(weights, window.height(), window.width());
    double[] row = new double[window.width()];
    window.forEachRun(
        object.written(),
        (start, at, length) -> {
          object.patch().read(start, length, row, 0);
          for (int i = 0; i < length; i++) {
            row[i] = weights[at + i] > 0 ? values[at + i] / weights[at + i] : row[i];
          }
          result.write(start, length, row, 0);
        });
  }
}
