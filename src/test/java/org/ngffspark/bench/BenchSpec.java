// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import java.util.Map;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.apply.TransformSpec.PyramidMode;
import org.ngffspark.apply.TransformTask;
import org.ngffspark.demo.SampleImage;
import org.ngffspark.transform.Transforms;

/**
 * What the benchmark runs: {@code affine} on all channels of all nuclei. It inverts, so that
 * running it again and again neither saturates the pixels nor makes them easier to compress.
 */
final class BenchSpec {
  private static final Map<String, String> PARAMETERS = Map.of("scale", "-1", "offset", "65535");

  private BenchSpec() {}

  static TransformTask inPlace(PyramidMode pyramid) {
    Transforms known = Transforms.of(BenchSpec.class.getClassLoader());
    TransformSpec spec =
        TransformSpec.on(SampleImage.NUCLEI)
            .with(known.find("affine", PARAMETERS), "affine", PARAMETERS)
            .pyramid(pyramid)
            .build();
    return new TransformTask(spec, new Destination.InPlace());
  }
}
