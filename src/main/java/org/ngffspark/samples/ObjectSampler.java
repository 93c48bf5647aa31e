// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ngffspark.image.Mask;
import org.ngffspark.image.Patch;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Samples objects of one image in one task. The objects of the least rank are taken, and of these
 * the first have pictures; so have the smallest and the largest of all. Objects whose patch is very
 * large are left out. Not safe for several threads.
 */
public final class ObjectSampler {
  /** Pixels of the largest patch that is sampled, all axes together. */
  private static final int MOST_PIXELS = 1 << 20;

  private final SampleSizes sizes;
  private final LeastRanks random;
  private final Set<Long> shown = new HashSet<>();
  private final List<ObjectSample> samples = new ArrayList<>();
  private final PatchValues values = new PatchValues();
  private final ObjectSums sums;
  private final ObjectPicker<Long> bySize;
  private Set<Long> extremes = Set.of();
  private ObjectSizes seen = ObjectSizes.NONE;
  private int passes;

  public ObjectSampler(SampleSizes sizes) {
    this.sizes = sizes;
    this.sums = new ObjectSums(sizes);
    this.random = new LeastRanks(sizes.objects());
    this.bySize = new ObjectPicker<>(List.of(ObjectSizes.NAME), sizes);
  }

  /**
   * Says which objects the task looks at next; those that are taken are among all that were said. A
   * task that goes over the same objects several times says so each time.
   */
  public void begin(LabelBatch objects) {
    long[] labels = new long[objects.size()];
    Arrays.setAll(labels, objects::label);
    begin(labels);
  }

  /** The same, of their ids. */
  public void begin(long[] objects) {
    if (sizes.isNone() || objects.length == 0) {
      return;
    }
    passes++;
    boolean isLess = false;
    for (long label : objects) {
      isLess |= random.offer(label);
    }
    if (isLess) {
      samples.removeIf(sample -> !isChosen(sample.label()));
    }
  }

  /** Takes these besides, with pictures. */
  public void show(Collection<Long> objects) {
    shown.addAll(objects);
  }

  /**
   * Notes the size of an object, once before it is looked at. One of the smallest or largest so far
   * is taken, unless it turns out later that it is none of these. What is said when the objects are
   * gone over again changes nothing.
   *
   * @param mask the object's pixels, over the shape of its patch
   * @param axes of that shape; in all its channels the mask is the same
   */
  public void weigh(long label, Mask mask, Axes axes) {
    int axis = axes.index(AxisName.C).orElse(-1);
    long channels = axis < 0 ? 1 : mask.shape().get(axis);
    long pixels = sizes.isNone() || passes > 1 ? 0 : mask.count() / channels;
    if (pixels == 0) {
      return;
    }
    seen = seen.plus(new ObjectSizes(1, pixels));
    if (mask.shape().elements() <= MOST_PIXELS
        && bySize.offer(label, new double[] {pixels}, 0, label)) {
      extremes = bySize.extremes().keySet();
      samples.removeIf(sample -> !isChosen(sample.label()));
    }
  }

  private boolean isChosen(long label) {
    return random.contains(label) || isShown(label);
  }

  private boolean isShown(long label) {
    return shown.contains(label) || extremes.contains(label);
  }

  private boolean isPictured(long label) {
    return isShown(label) || random.contains(label) && random.place(label) < sizes.pictures();
  }

  /** Whether an object is to be handed to {@link #take}, if its patch has so many pixels. */
  public boolean isTaken(long label, long pixels) {
    return pixels > 0 && pixels <= MOST_PIXELS && isChosen(label);
  }

  /**
   * Takes an object.
   *
   * @param channels index in the image of each channel of the patch; empty without that axis
   * @param times the patch before the run, and after it if it changes pixels; of one shape
   * @param mask the object's pixels, over that shape
   */
  public void take(long label, int[] channels, List<Patch> times, Mask mask) {
    Patch first = times.get(0);
    List<SampledChannel> sampled = new ArrayList<>();
    int axis = first.axes().index(AxisName.C).orElse(-1);
    ObjectFrame frame = ObjectFrame.NONE;
    long pixels = 0;
    for (int i = 0; i < (axis < 0 ? 1 : first.shape().get(axis)); i++) {
      Box whole = Box.whole(first.shape());
      Box part = axis < 0 ? whole : whole.with(axis, i, i + 1L);
      Mask own = mask.cut(part);
      PatchFrame grid = PatchFrame.of(own);
      if (isPictured(label)) {
        frame = grid.frame();
      }
      pixels = own.count();
      int channel = channels.length == 0 ? 0 : channels[i];
      sampled.add(
          channel(channel, times.stream().map(each -> cut(each, part)).toList(), own, grid, frame));
    }
    samples.add(new ObjectSample(label, first.box(), pixels, pixelSize(first), frame, sampled));
  }

  /**
   * Takes an object of which nothing but the mask is shown.
   *
   * @param ids the label image where it lies
   * @param mask the object's pixels, over the shape of these
   */
  public void take(long label, Patch ids, Mask mask) {
    ObjectFrame frame = isPictured(label) ? PatchFrame.of(mask).frame() : ObjectFrame.NONE;
    samples.add(new ObjectSample(label, ids.box(), mask.count(), pixelSize(ids), frame, List.of()));
  }

  private static List<Double> pixelSize(Patch patch) {
    return List.of(patch.pixelSize().get(AxisName.Y), patch.pixelSize().get(AxisName.X));
  }

  private static Patch cut(Patch patch, Box part) {
    NdArray pixels = patch.pixels().cut(part);
    Box box = Box.whole(pixels.shape());
    return Patch.of(pixels, patch.axes(), patch.pixelSize(), box);
  }

  private SampledChannel channel(
      int channel, List<Patch> times, Mask mask, PatchFrame grid, ObjectFrame frame) {
    List<double[]> pictures = frame.isNone() ? List.of() : times.stream().map(grid::means).toList();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] picture : pictures) {
      for (double value : picture) {
        if (Double.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    low = low > high ? 0 : low;
    high = Math.max(low, high);
    double step = PatchFrame.step(pictures, low, high);
    List<SampledValues> seen = new ArrayList<>();
    for (int time = 0; time < times.size(); time++) {
      byte[] picture =
          pictures.isEmpty() ? new byte[0] : PatchFrame.grey(pictures.get(time), low, step);
      seen.add(values.of(times.get(time), mask, picture));
    }
    long changed = times.size() < 2 ? 0 : PatchValues.changed(times.get(0), times.get(1), mask);
    return new SampledChannel(channel, changed, low, high, step, seen);
  }

  /** Takes the pixels of all objects, which are handed to it besides. */
  public ObjectSums sums() {
    return sums;
  }

  /** How much is taken. */
  public SampleSizes sizes() {
    return sizes;
  }

  /**
   * What was taken; at most as many objects as the sizes say, and those besides that are shown or
   * extremes.
   */
  public TaskSample result() {
    Set<Long> kept = new HashSet<>(shown);
    kept.addAll(extremes);
    return new TaskSample(ObjectSample.limited(samples, sizes, kept), seen, sums.result());
  }
}
