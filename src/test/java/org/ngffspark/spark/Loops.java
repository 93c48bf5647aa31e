// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.nio.file.Path;
import org.ngffspark.image.ChannelSelection;
import org.ngffspark.image.Container;
import org.ngffspark.image.Masking;
import org.ngffspark.job.TransformSpec;
import org.ngffspark.job.TransformSpec.PyramidMode;
import org.ngffspark.job.TransformSpec.TableChoice;
import org.ngffspark.job.TransformSpec.Target;
import org.ngffspark.job.TransformSpec.WriteMode;
import org.ngffspark.transform.SequentialLoop;
import org.ngffspark.transform.SequentialLoop.Extent;

/** What a job must do, done by the library's sequential loop. */
final class Loops {
  private Loops() {}

  /** Transforms {@code copy}, a copy of the image {@code original}. */
  static void run(TransformSpec spec, Path original, Path copy) {
    Container before = Container.open(original.toString());
    Container target = Container.open(copy.toString());
    if (spec.pyramid() == PyramidMode.REBUILD) {
      of(spec).run(before, target);
    } else {
      of(spec).runWithoutPyramid(before, target);
    }
  }

  private static SequentialLoop of(TransformSpec spec) {
    Masking masking = Masking.by(spec.labelName());
    if (spec.table() instanceof TableChoice.Named table) {
      masking = masking.withTable(table.name());
    }
    return new SequentialLoop(
        spec.transform(),
        masking,
        spec.target().level(),
        spec.target() instanceof Target.OfLabel label ? label.name() : "",
        spec.zoom(),
        channels(spec.target()),
        spec.write() == WriteMode.MASKED ? Extent.MASK : Extent.WHOLE_BOX,
        spec.labels()::contains);
  }

  private static ChannelSelection channels(Target target) {
    return target instanceof Target.OfImage image && !image.channels().isEmpty()
        ? ChannelSelection.named(image.channels())
        : ChannelSelection.all();
  }
}
