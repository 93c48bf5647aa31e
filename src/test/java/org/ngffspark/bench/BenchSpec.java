// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import java.util.List;
import java.util.Map;
import org.ngffspark.demo.SampleImage;
import org.ngffspark.job.TransformSpec;
import org.ngffspark.job.TransformSpec.OnError;
import org.ngffspark.job.TransformSpec.PyramidMode;
import org.ngffspark.job.TransformSpec.TableChoice;
import org.ngffspark.job.TransformSpec.Target;
import org.ngffspark.job.TransformSpec.WriteMode;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.transform.Transforms;

/**
 * What the benchmark runs: {@code affine} on all channels of all nuclei. It inverts, so that
 * running it again and again neither saturates the pixels nor makes them easier to compress.
 */
final class BenchSpec {
  private static final Map<String, String> PARAMETERS = Map.of("scale", "-1", "offset", "65535");
  private static final long MAX_OBJECT_BYTES = 1L << 28;

  private BenchSpec() {}

  static TransformSpec of(PyramidMode pyramid) {
    return new TransformSpec(
        SampleImage.NUCLEI,
        Transforms.of(BenchSpec.class.getClassLoader()).find("affine", PARAMETERS),
        "affine",
        PARAMETERS,
        new TableChoice.Automatic(),
        new Target.OfImage(List.of(), 0),
        1,
        LabelSelection.all(),
        WriteMode.MASKED,
        pyramid,
        OnError.FAIL,
        MAX_OBJECT_BYTES,
        0);
  }
}
