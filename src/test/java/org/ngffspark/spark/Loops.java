// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.nio.file.Path;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.apply.TransformSpec.PyramidMode;
import org.ngffspark.apply.TransformSpec.WriteMode;
import org.ngffspark.image.ChannelSelection;
import org.ngffspark.image.Container;
import org.ngffspark.image.Masking;
import org.ngffspark.job.ObjectChoice.TableChoice;
import org.ngffspark.job.PixelTarget;
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
    Masking masking = Masking.by(spec.objects().labelName());
    if (spec.objects().table() instanceof TableChoice.Named table) {
      masking = masking.withTable(table.name());
    }
    return new SequentialLoop(
        spec.transform(),
        masking,
        spec.pixels().level(),
        spec.pixels() instanceof PixelTarget.OfLabel label ? label.name() : "",
        spec.objects().growth(),
        channels(spec.pixels()),
        spec.write() == WriteMode.MASKED ? Extent.MASK : Extent.WHOLE_BOX,
        spec.objects().labels()::contains);
  }

  private static ChannelSelection channels(PixelTarget target) {
    return target instanceof PixelTarget.OfImage image && !image.channels().isEmpty()
        ? ChannelSelection.named(image.channels())
        : ChannelSelection.all();
  }
}
