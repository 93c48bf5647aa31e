// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.features;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ngffspark.image.Mask;
import org.ngffspark.image.Patch;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.measure.ChannelValues;
import org.ngffspark.measure.MeasuredObject;
import org.ngffspark.measure.ObjectMask;
import org.ngffspark.measure.ObjectWatcher;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.samples.ObjectPicker;
import org.ngffspark.samples.ObjectSampler;
import org.ngffspark.samples.ObjectSizes;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * Samples the objects that a task measures, at the first point in time, in the measured channels. A
 * task holds no pixels around its objects, so these are 0. Not safe for several threads.
 */
final class SampledObjects implements ObjectWatcher {
  private static final Axes AXES = Axes.of("c", "z", "y", "x");
  private static final List<String> SIZE = List.of(ObjectSizes.NAME);

  private final MeasureTask task;
  private final OpenedImage image;
  private final ObjectSampler samples;
  private final ObjectPicker<Long> found;
  private final Set<Long> chosen = new HashSet<>();
  private final ObjectPicker<MeasuredObject> picked;

  SampledObjects(MeasureTask task, OpenedImage image) {
    this.task = task;
    this.image = image;
    this.samples = image.samples();
    this.found = new ObjectPicker<>(SIZE, samples.sizes());
    this.picked = new ObjectPicker<>(SIZE, samples.sizes());
  }

  private boolean isShown(long label, int time) {
    return !samples.sizes().isNone() && time == 0 && task.labels().contains(label);
  }

  @Override
  public void found(long label, int time, long pixels) {
    if (isShown(label, time)) {
      found.offer(label, new double[] {pixels}, 0, label);
    }
  }

  @Override
  public boolean needsValues(long label, int time) {
    if (chosen.isEmpty()) {
      chosen.addAll(found.sample());
      chosen.addAll(found.extremes().keySet());
    }
    return isShown(label, time) && chosen.contains(label);
  }

  @Override
  public void measured(MeasuredObject object, double[] row, int at) {
    boolean hasPixels = !object.image().channels().isEmpty() && object.hasValues();
    if (hasPixels && isShown(object.label(), object.time())) {
      picked.offer(object.label(), new double[] {object.mask().pixels()}, 0, object);
    }
  }

  /** Takes the samples, when all objects of the task are measured. */
  void take() {
    List<MeasuredObject> sampled = picked.sample();
    samples.begin(sampled.stream().mapToLong(MeasuredObject::label).toArray());
    samples.show(picked.extremes().keySet());
    List<MeasuredObject> all = new ArrayList<>(sampled);
    all.addAll(picked.extremes().values());
    int[] channels = task.channels(image);
    for (MeasuredObject object : all.stream().distinct().toList()) {
      if (samples.isTaken(object.label(), object.mask().boxPixels() * channels.length)) {
        samples.take(object.label(), channels, List.of(patch(object)), mask(object));
      }
    }
  }

  private Patch patch(MeasuredObject object) {
    ObjectMask mask = object.mask();
    int channels = object.image().channels().size();
    NdArray pixels = NdArray.zeros(object.image().type(), shape(object));
    Box box =
        Box.of(
            new long[] {0, mask.z(), mask.y(), mask.x()},
            new long[] {
              channels, mask.z() + mask.depth(), mask.y() + mask.height(), mask.x() + mask.width()
            });
    Patch patch = Patch.of(pixels, AXES, pixelSize(), box);
    for (int channel = 0; channel < channels; channel++) {
      ChannelValues values = object.values(channel);
      double[] all = values.toArray();
      int first = Math.toIntExact(channel * mask.boxPixels());
      int[] at = {0};
      mask.forEachRun(
          (z, y, x, length) -> {
            patch.write(first + flat(mask, z, y, x), length, all, at[0]);
            at[0] += length;
          });
    }
    return patch;
  }

  /** The same in each channel. */
  private static Mask mask(MeasuredObject object) {
    ObjectMask mask = object.mask();
    int channels = object.image().channels().size();
    List<Integer> runs = new ArrayList<>();
    for (int channel = 0; channel < channels; channel++) {
      int first = Math.toIntExact(channel * mask.boxPixels());
      mask.forEachRun(
          (z, y, x, length) -> {
            runs.add(first + flat(mask, z, y, x));
            runs.add(length);
          });
    }
    return Mask.ofRuns(shape(object), runs.stream().mapToInt(Integer::intValue).toArray());
  }

  private static int flat(ObjectMask mask, int z, int y, int x) {
    return (z * mask.height() + y) * mask.width() + x;
  }

  private static Shape shape(MeasuredObject object) {
    ObjectMask mask = object.mask();
    return Shape.of(object.image().channels().size(), mask.depth(), mask.height(), mask.width());
  }

  private PixelSize pixelSize() {
    PixelSize own = image.level().pixelSize();
    double depth = image.level().axes().has(AxisName.Z) ? own.get(AxisName.Z) : 1;
    return PixelSize.of(AXES, 1, depth, own.get(AxisName.Y), own.get(AxisName.X));
  }
}
