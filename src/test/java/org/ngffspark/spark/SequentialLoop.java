// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ngffspark.image.ChannelSelection;
import org.ngffspark.image.Container;
import org.ngffspark.image.MaskedImage;
import org.ngffspark.image.MaskedLabel;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Masking;
import org.ngffspark.image.Patch;
import org.ngffspark.job.TransformSpec;
import org.ngffspark.job.TransformSpec.PyramidMode;
import org.ngffspark.job.TransformSpec.Target;
import org.ngffspark.job.TransformSpec.WriteMode;

/**
 * What a job must do, as a loop over the objects with the library's calls: read from the image as
 * it was, write into a copy, rebuild the pyramid.
 */
final class SequentialLoop {
  private SequentialLoop() {}

  /** Transforms {@code copy}, a copy of the image {@code original}. */
  static void run(Path original, Path copy, TransformSpec spec) {
    Masking masking = Masking.by(spec.labelName());
    Container from = Container.open(original.toString());
    Container to = Container.open(copy.toString());
    int level = spec.target().level();
    if (spec.target() instanceof Target.OfLabel label) {
      MaskedLabel source = from.maskedLabel(label.name(), masking, level);
      MaskedLabel target = to.maskedLabel(label.name(), masking, level);
      for (long id : source.rois().labels()) {
        if (spec.labels().contains(id)) {
          Patch result = apply(spec, source.read(id, spec.zoom()));
          target.setRoiMasked(id, spec.zoom(), result);
        }
      }
      target.consolidate();
      return;
    }
    List<String> names = ((Target.OfImage) spec.target()).channels();
    ChannelSelection channels =
        names.isEmpty() ? ChannelSelection.all() : ChannelSelection.named(names);
    MaskedImage source = from.maskedImage(masking, level);
    MaskedImage target = to.maskedImage(masking, level);
    for (long id : source.rois().labels()) {
      if (!spec.labels().contains(id)) {
        continue;
      }
      MaskedPatch object = source.read(id, spec.zoom(), channels);
      if (spec.write() == WriteMode.WHOLE_BOX) {
        target.setRoi(id, spec.zoom(), channels, apply(spec, object.unmasked()));
      } else {
        target.setRoiMasked(id, spec.zoom(), channels, apply(spec, object));
      }
    }
    if (spec.pyramid() == PyramidMode.REBUILD) {
      target.consolidate();
    }
  }

  private static Patch apply(TransformSpec spec, MaskedPatch object) {
    Patch result = object.patch().copy();
    spec.transform().apply(object, result);
    return result;
  }

  /** Copies a folder. */
  static Path copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
      return to;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
