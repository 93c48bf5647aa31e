// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.ngffspark.apply.TransformSpec.PyramidMode;
import org.ngffspark.apply.TransformSpec.WriteMode;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.image.Label;
import org.ngffspark.image.Masked;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.image.PyramidStep;
import org.ngffspark.job.ObjectFailure;
import org.ngffspark.job.OnError;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.MaskPlacement;
import org.ngffspark.transform.TransformTarget;
import org.ngffspark.transform.ValueMap;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * The passes in which the objects of an image are transformed: in each, a task goes over all
 * objects and holds the pixels of some channels.
 */
final class ImagePasses {
  private final OpenedImage image;
  private final TransformSpec spec;
  private final List<PyramidStep> steps;
  private final List<Pass> all;

  /**
   * One pass.
   *
   * @param readers one for each part of an object that is transformed by itself: a channel, or all
   */
  record Pass(List<MaskedReader> readers) {}

  private ImagePasses(OpenedImage image, TransformSpec spec) {
    ImageLevel level = image.level();
    this.image = image;
    this.spec = spec;
    this.steps =
        spec.pyramid() == PyramidMode.REBUILD ? level.pyramid().steps(level.level()) : List.of();
    this.all = passes(image.masked(), spec, steps);
  }

  /**
   * @throws IllegalArgumentException if the transform is not for such pixels
   */
  static ImagePasses of(OpenedImage image, TransformSpec spec) {
    ImageLevel level = image.level();
    TransformTarget.check(
        spec.transform(),
        level instanceof Label ? TransformTarget.LABELS : TransformTarget.IMAGES,
        level.type());
    TransformTarget.checkChannels(spec.transform(), image.masked().reader().channelNames());
    return new ImagePasses(image, spec);
  }

  /** Channels whose pixels no write unit shares are done one after the other. */
  private static List<Pass> passes(Masked masked, TransformSpec spec, List<PyramidStep> steps) {
    ImageLevel level = masked.level();
    OptionalInt axis = level.axes().index(AxisName.C);
    if (!spec.transform().channelwise() || axis.isEmpty() || level instanceof Label) {
      return List.of(new Pass(List.of(masked.reader())));
    }
    Map<Long, List<MaskedReader>> passes = new LinkedHashMap<>();
    boolean together =
        spec.onError() == OnError.SKIP || shareUnits(level.array(), steps, axis.getAsInt());
    for (int channel : masked.reader().channels()) {
      passes
          .computeIfAbsent(together ? 0L : channel, key -> new ArrayList<>())
          .add(masked.channels(channel).reader());
    }
    return passes.values().stream().map(Pass::new).toList();
  }

  private static boolean shareUnits(ZarrArray array, List<PyramidStep> steps, int axis) {
    return array.writeUnits().chunk().get(axis) > 1
        || steps.stream().anyMatch(step -> step.target().writeUnits().chunk().get(axis) > 1);
  }

  OpenedImage image() {
    return image;
  }

  TransformSpec spec() {
    return spec;
  }

  /** The level that is transformed. */
  ImageLevel level() {
    return image.level();
  }

  /** From the transformed level to each coarser one; none if they stay as they are. */
  List<PyramidStep> steps() {
    return steps;
  }

  List<Pass> all() {
    return all;
  }

  /**
   * What happens to the values of pixels, if that is all the run does: it may be done where they
   * lie.
   */
  Optional<ValueMap> values() {
    boolean masked = spec.write() == WriteMode.MASKED;
    boolean apart =
        all.stream().flatMap(pass -> pass.readers().stream()).allMatch(MaskedReader::masksAreApart);
    return masked && apart ? ValueMap.of(spec.transform(), level().type()) : Optional.empty();
  }

  /**
   * Refuses an object that is too large, before its pixels are read.
   *
   * @throws ObjectFailure if it is
   */
  void requireSize(long label, MaskPlacement place) {
    Shape shape = place.patchShape();
    long pixels = shape.elements();
    if (pixels > spec.maxObjectBytes() / level().type().bytes()) {
      throw new ObjectFailure(
          label,
          String.format(
              Locale.ROOT,
              "its patch %s%s takes %,d bytes, more than the limit of %,d; raise --max-object-bytes",
              level().type(),
              shape,
              pixels * level().type().bytes(),
              spec.maxObjectBytes()));
    }
  }
}
