// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.ngffspark.image.ChannelSelection;
import org.ngffspark.image.Container;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.image.Label;
import org.ngffspark.image.Masked;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.image.Masking;
import org.ngffspark.image.PyramidStep;
import org.ngffspark.job.TransformSpec.OnError;
import org.ngffspark.job.TransformSpec.PyramidMode;
import org.ngffspark.job.TransformSpec.TableChoice;
import org.ngffspark.job.TransformSpec.Target;
import org.ngffspark.job.TransformSpec.WriteMode;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.MaskPlacement;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.transform.TransformTarget;
import org.ngffspark.transform.ValueMap;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.StorePath;

/**
 * One image of a run, opened by a task: the level to transform, the label image that masks it, and
 * the coarser levels.
 */
public final class OpenedImage {
  private final ImageRef ref;
  private final TransformSpec spec;
  private final MeteredStore meter;
  private final Container container;
  private final ImageLevel level;
  private final Label label;
  private final Masking masking;
  private final List<PyramidStep> steps;
  private final List<List<MaskedReader>> passes;

  private OpenedImage(ImageRef ref, TransformSpec spec, MeteredStore meter, Container container) {
    this.ref = ref;
    this.spec = spec;
    this.meter = meter;
    this.container = container;
    this.masking = masking(spec);
    Masked masked = masked(container, masking, spec);
    this.level = masked.level();
    this.label = masked.label();
    this.steps =
        spec.pyramid() == PyramidMode.REBUILD ? level.pyramid().steps(level.level()) : List.of();
    TransformTarget.check(
        spec.transform(),
        level instanceof Label ? TransformTarget.LABELS : TransformTarget.IMAGES,
        level.type());
    this.passes = passes(masked, spec, steps);
  }

  /**
   * @throws org.ngffspark.zarr.store.FormatException if the image is damaged
   * @throws IllegalArgumentException if it has not what the run asks for
   */
  public static OpenedImage open(ImageRef ref, TransformSpec spec) {
    StorePath path = ref.open();
    MeteredStore meter = new MeteredStore(path.store());
    Container container = Container.open(new StorePath(meter, path.path()));
    return new OpenedImage(ref, spec, meter, container);
  }

  private static Masking masking(TransformSpec spec) {
    Masking masking = Masking.by(spec.labelName());
    return spec.table() instanceof TableChoice.Named named
        ? masking.withTable(named.name())
        : masking;
  }

  private static Masked masked(Container container, Masking masking, TransformSpec spec) {
    if (spec.target() instanceof Target.OfLabel target) {
      return container.maskedLabel(target.name(), masking, target.level());
    }
    Target.OfImage target = (Target.OfImage) spec.target();
    Masked masked = container.maskedImage(masking, target.level());
    if (target.channels().isEmpty()) {
      return masked;
    }
    Masked selected = masked.channels(ChannelSelection.named(target.channels()));
    int[] channels = selected.reader().channels();
    if (Arrays.stream(channels).distinct().count() < channels.length) {
      throw new IllegalArgumentException(
          "A channel can be transformed once only, got channels " + Arrays.toString(channels));
    }
    return selected;
  }

  /**
   * The readers of each pass over the objects. Channels whose pixels no write unit shares are done
   * one after the other, so that a task holds one of them at a time.
   */
  private static List<List<MaskedReader>> passes(
      Masked masked, TransformSpec spec, List<PyramidStep> steps) {
    ImageLevel level = masked.level();
    OptionalInt axis = level.axes().index(AxisName.C);
    if (!spec.transform().channelwise() || axis.isEmpty() || level instanceof Label) {
      return List.of(List.of(masked.reader()));
    }
    Map<Long, List<MaskedReader>> passes = new LinkedHashMap<>();
    boolean together =
        spec.onError() == OnError.SKIP || shareUnits(level.array(), steps, axis.getAsInt());
    for (int channel : masked.reader().channels()) {
      passes
          .computeIfAbsent(together ? 0L : channel, key -> new ArrayList<>())
          .add(masked.channels(channel).reader());
    }
    return List.copyOf(passes.values());
  }

  private static boolean shareUnits(ZarrArray array, List<PyramidStep> steps, int axis) {
    return array.writeUnits().chunk().get(axis) > 1
        || steps.stream().anyMatch(step -> step.target().writeUnits().chunk().get(axis) > 1);
  }

  ImageRef ref() {
    return ref;
  }

  TransformSpec spec() {
    return spec;
  }

  public Container container() {
    return container;
  }

  /** The level that is transformed. */
  public ImageLevel level() {
    return level;
  }

  /** The level of the label image that masks it. */
  public Label label() {
    return label;
  }

  /** The regions of all objects from a table; empty if they are to be found in the label image. */
  Optional<MaskingRois> table() {
    return container.maskingTable(masking);
  }

  /** All levels of what is transformed. */
  List<ImageLevel> levels() {
    return IntStream.range(0, level.node().metadata().datasets().size())
        .<ImageLevel>mapToObj(
            index ->
                level instanceof Label target
                    ? container.label(target.name(), index)
                    : container.image(index))
        .toList();
  }

  /** From the transformed level to each coarser one; none if they stay as they are. */
  List<PyramidStep> steps() {
    return steps;
  }

  /** The readers of each pass over the objects. */
  public List<List<MaskedReader>> passes() {
    return passes;
  }

  /**
   * What happens to the values of pixels, if that is all the run does: it may be done where they
   * lie.
   */
  Optional<ValueMap> values() {
    boolean masked = spec.write() == WriteMode.MASKED;
    boolean apart =
        passes.stream().flatMap(List::stream).allMatch(reader -> reader.masksAreApart());
    return masked && apart ? ValueMap.of(spec.transform(), level.type()) : Optional.empty();
  }

  /**
   * Refuses an object that is too large, before its pixels are read.
   *
   * @throws TransformFailure if it is
   */
  void requireSize(long label, MaskPlacement place) {
    Shape shape = place.patchShape();
    long pixels = shape.elements();
    if (pixels > spec.maxObjectBytes() / level.type().bytes()) {
      throw new TransformFailure(
          label,
          String.format(
              Locale.ROOT,
              "its patch %s%s takes %,d bytes, more than the limit of %,d; raise --max-object-bytes",
              level.type(),
              shape,
              pixels * level.type().bytes(),
              spec.maxObjectBytes()));
    }
  }

  public long bytesRead() {
    return meter.bytesRead();
  }
}
