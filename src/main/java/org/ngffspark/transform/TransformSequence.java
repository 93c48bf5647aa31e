// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Several transforms of the same objects, applied one after the other to the patch in memory. Each
 * sees what the ones before it made of the object's pixels, rounded to the type of the image; what
 * lies outside the object is as it was before the first.
 *
 * <p>That is the same as to run them one by one, as long as each looks at nothing outside the
 * object but background, as all built-in transforms do, and no pixel belongs to two masks.
 */
public final class TransformSequence implements MaskedTransform {
  private static final long serialVersionUID = 1L;

  private final List<TransformStep> steps;

  private TransformSequence(List<TransformStep> steps) {
    this.steps = List.copyOf(steps);
  }

  /**
   * All steps as one transform.
   *
   * @throws IllegalArgumentException if there is no step, if one works on images only and another
   *     on label images only, or if one has parameters by channel and another does not work channel
   *     by channel
   */
  public static TransformSequence of(List<TransformStep> steps) {
    TransformSequence sequence = new TransformSequence(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("A sequence of transforms needs one at least");
    }
    boolean images = sequence.has(TransformTarget.IMAGES);
    if (images && sequence.has(TransformTarget.LABELS)) {
      throw new IllegalArgumentException(
          "These transforms do not go together, for some work on images only and some on label"
              + " images only: "
              + sequence.name());
    }
    if (!ChannelTransform.channels(sequence).isEmpty() && !sequence.channelwise()) {
      throw new IllegalArgumentException(
          "Parameters by channel need steps that all work channel by channel, got "
              + sequence.name());
    }
    if (steps.stream().filter(step -> step.transform().makesLabels()).count() > 1) {
      throw new IllegalArgumentException(
          "One step alone can make new label ids, for the next would not know of them, got "
              + sequence.name());
    }
    return sequence;
  }

  private boolean has(TransformTarget target) {
    return steps.stream().anyMatch(step -> step.transform().target() == target);
  }

  /** The steps, first to last. */
  public List<TransformStep> steps() {
    return steps;
  }

  @Override
  public String name() {
    return steps.stream().map(TransformStep::name).collect(Collectors.joining(", "));
  }

  @Override
  public String code() {
    return steps.stream()
        .map(step -> step.transform().code())
        .filter(code -> !code.isEmpty())
        .collect(Collectors.joining(" "));
  }

  @Override
  public Set<String> jars() {
    Set<String> jars = new TreeSet<>();
    steps.forEach(step -> jars.addAll(step.transform().jars()));
    return jars;
  }

  @Override
  public int objectsAtOnce() {
    return steps.stream().mapToInt(step -> step.transform().objectsAtOnce()).max().orElse(1);
  }

  @Override
  public int callsAtOnce() {
    return steps.stream().mapToInt(step -> step.transform().callsAtOnce()).max().orElse(1);
  }

  @Override
  public void apply(MaskedPatch object, Patch result) {
    applyAll(List.of(object), List.of(result));
  }

  @Override
  public void applyAll(List<MaskedPatch> objects, List<Patch> results) {
    List<MaskedPatch> current = objects;
    for (TransformStep step : steps) {
      current = applied(step.transform(), current);
    }
    for (int i = 0; i < results.size(); i++) {
      MaskedPatch last = current.get(i);
      last.written().paste(last.patch().pixels(), results.get(i).pixels());
    }
  }

  private static List<MaskedPatch> applied(MaskedTransform transform, List<MaskedPatch> objects) {
    List<Patch> results = new ArrayList<>();
    objects.forEach(object -> results.add(object.patch().copy()));
    int most = Math.max(transform.objectsAtOnce(), transform.callsAtOnce());
    for (int from = 0; from < objects.size(); from += most) {
      int to = Math.min(objects.size(), from + most);
      transform.applyAll(objects.subList(from, to), results.subList(from, to));
    }
    List<MaskedPatch> next = new ArrayList<>();
    for (int i = 0; i < objects.size(); i++) {
      Patch after = objects.get(i).patch().copy();
      objects.get(i).written().paste(results.get(i).pixels(), after.pixels());
      next.add(objects.get(i).withPatch(after));
    }
    return next;
  }

  @Override
  public TransformTarget target() {
    if (has(TransformTarget.IMAGES)) {
      return TransformTarget.IMAGES;
    }
    return has(TransformTarget.LABELS) ? TransformTarget.LABELS : TransformTarget.BOTH;
  }

  @Override
  public void checkType(DataType type) {
    steps.forEach(step -> step.transform().checkType(type));
  }

  @Override
  public void prepare() {
    steps.forEach(step -> step.transform().prepare());
  }

  @Override
  public boolean channelwise() {
    return steps.stream().allMatch(step -> step.transform().channelwise());
  }

  @Override
  public boolean makesLabels() {
    return steps.stream().anyMatch(step -> step.transform().makesLabels());
  }

  /** What becomes of the values of pixels, if that is all that each step does. */
  Optional<ValueMap> values(DataType type) {
    List<ValueMap> maps =
        steps.stream().flatMap(step -> ValueMap.of(step.transform(), type).stream()).toList();
    return maps.size() < steps.size() ? Optional.empty() : Optional.of(all(maps));
  }

  private static ValueMap all(List<ValueMap> maps) {
    return (NdArray pixels, int from, int count) ->
        maps.forEach(map -> map.replace(pixels, from, count));
  }
}
