// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ngffspark.apply.ValueChanges.Visit;
import org.ngffspark.chunks.LevelWriter;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.image.Mask;
import org.ngffspark.image.Patch;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.roi.AxisName;
import org.ngffspark.samples.ObjectSampler;
import org.ngffspark.samples.ObjectSums;
import org.ngffspark.samples.PixelSums;
import org.ngffspark.transform.ValueMap;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Samples objects that are changed where they lie, write unit by write unit: copies what of them
 * lies in a unit just before it is changed and just after. Not safe for several threads.
 */
final class SampledVisits {
  private final ImageLevel level;
  private final LabelBatch objects;
  private final ObjectSampler samples;
  private final LevelWriter writer;
  private final BitSet weighed = new BitSet();
  private final Map<Visit, Times> taken = new LinkedHashMap<>();

  private record Times(NdArray before, NdArray after) {}

  SampledVisits(ImagePasses passes, LabelBatch objects, LevelWriter writer) {
    this.level = passes.level();
    this.objects = objects;
    this.samples = passes.image().samples();
    this.writer = writer;
    samples.begin(objects);
  }

  /**
   * Looks at a unit before its objects are changed.
   *
   * @param masks of the visits
   */
  void before(List<Visit> visits, List<Mask> masks, Box unit) {
    for (int i = 0; i < visits.size(); i++) {
      weigh(visits.get(i), masks.get(i));
    }
    taken.keySet().removeIf(visit -> !isTaken(visit));
    for (Visit visit : visits) {
      if (isTaken(visit)) {
        Times times = taken.computeIfAbsent(visit, key -> new Times(empty(key), empty(key)));
        writer.copy(visit.box().intersect(unit), times.before, visit.box());
      }
    }
  }

  private void weigh(Visit visit, Mask mask) {
    if (!weighed.get(visit.index())) {
      weighed.set(visit.index());
      samples.weigh(objects.label(visit.index()), mask, level.axes());
    }
  }

  /** The same change of values, which adds up the pixels of the visit before and after it. */
  ValueMap summing(Visit visit, ValueMap values) {
    ObjectSums sums = samples.sums();
    int[] channels = level.axes().has(AxisName.C) ? visit.reader().channels() : new int[] {0};
    // Images are changed channel by channel; label images with several are not summed up.
    if (sums.isNone() || channels.length != 1) {
      return values;
    }
    List<PixelSums> times = sums.channel(channels[0], 2);
    return (pixels, from, count) -> {
      times.get(0).add(pixels, from, count);
      values.replace(pixels, from, count);
      times.get(1).add(pixels, from, count);
    };
  }

  /** Looks at a unit all of whose objects are changed. */
  void after(List<Visit> visits, Box unit) {
    for (Visit visit : visits) {
      if (taken.containsKey(visit)) {
        writer.copy(visit.box().intersect(unit), taken.get(visit).after, visit.box());
      }
    }
  }

  /** Hands on what was seen of each object. */
  void take(Function<Visit, Mask> masks) {
    taken.forEach(
        (visit, times) -> {
          boolean hasChannels = level.axes().has(AxisName.C);
          int[] channels = hasChannels ? visit.reader().channels() : new int[0];
          Mask mask = masks.apply(visit);
          // Around the object other objects may have changed by now.
          NdArray after = times.before.copy();
          mask.paste(times.after, after);
          List<Patch> patches = List.of(patch(times.before, visit), patch(after, visit));
          samples.take(objects.label(visit.index()), channels, patches, mask);
        });
  }

  private boolean isTaken(Visit visit) {
    return samples.isTaken(objects.label(visit.index()), visit.box().shape().elements());
  }

  private NdArray empty(Visit visit) {
    return NdArray.zeros(level.type(), visit.box().shape());
  }

  private Patch patch(NdArray pixels, Visit visit) {
    return Patch.of(pixels, level.axes(), level.pixelSize(), visit.box());
  }
}
