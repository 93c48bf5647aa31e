// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.ngffspark.python.PythonFunction;
import org.ngffspark.python.PythonTransform;
import org.ngffspark.python.TestPython;
import org.ngffspark.transform.Parameters;
import org.ngffspark.zarr.nd.DataType;

/**
 * A built-in transform, and the same one as a function of Python, on an image.
 *
 * @param values names and values of parameters, one after the other
 */
record TwinCase(
    String transform, List<String> values, JobImage image, UnaryOperator<SpecBuilder> options) {
  private static final String FILE = "src/test/python/numpy_transforms.py";

  static List<TwinCase> all() {
    return List.of(
        of("affine", JobImage.plane(), spec -> spec.zoom(1.5), "scale", "-0.7", "offset", "900"),
        of(
            "normalize",
            JobImage.plane()
                .axes("t", "c", "y", "x")
                .shape(3, 2, 40, 50)
                .chunks(1, 1, 16, 20)
                .shards(1, 1, 32, 40),
            spec -> spec.zoom(1.2),
            "low",
            "5"),
        of(
            "subtract_background",
            JobImage.plane()
                .axes("c", "z", "y", "x")
                .shape(2, 3, 40, 50)
                .chunks(1, 1, 16, 20)
                .type(DataType.INT8)
                .fill(7),
            spec -> spec.zoom(2).channels("1", "0")),
        of(
            "median",
            JobImage.plane().axes("y", "x").shape(61, 83).chunks(16, 20).type(DataType.FLOAT32),
            spec -> spec.zoom(1.5),
            "size",
            "3"),
        of(
            "relabel",
            JobImage.plane()
                .label(LabelImage.discs(JobImage.NUCLEI, 7, 9))
                .label(LabelImage.dense(JobImage.CELLS, 20).chunks(25, 33)),
            spec -> spec.onLabel(JobImage.CELLS).zoom(1.5),
            "to",
            "77"));
  }

  private static TwinCase of(
      String transform, JobImage image, UnaryOperator<SpecBuilder> options, String... values) {
    return new TwinCase(transform, List.of(values), image, options);
  }

  JobCase inJava() {
    String[] given = values.toArray(String[]::new);
    SpecBuilder spec =
        SpecBuilder.on(JobImage.NUCLEI).transform(transform.replace('_', '-'), given);
    return new JobCase(transform, image, options.apply(spec).build());
  }

  JobCase inPython() {
    PythonTransform function =
        PythonTransform.load(PythonFunction.of(FILE + ":" + transform), TestPython.settings());
    Map<String, String> given = new TreeMap<>();
    for (int i = 0; i < values.size(); i += 2) {
      given.put(values.get(i), values.get(i + 1));
    }
    SpecBuilder spec =
        SpecBuilder.on(JobImage.NUCLEI)
            .transform(function.configure(Parameters.of(function, given)));
    return new JobCase(transform, image, options.apply(spec).build());
  }

  @Override
  public String toString() {
    return transform;
  }
}
