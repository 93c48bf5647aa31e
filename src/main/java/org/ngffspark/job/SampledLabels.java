// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.image.Label;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.image.Mask;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.AxisName;
import org.ngffspark.samples.ObjectSampler;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Samples the objects of a label image, one write unit after the other, from chunks that a task
 * holds. Of an object in several units the part with most pixels is shown. Not safe for several
 * threads.
 */
public final class SampledLabels {
  private final ObjectSampler samples;
  private final Label labels;
  private final Optional<Pixels> pixels;

  /**
   * The pixels that objects lie on.
   *
   * @param level of the shape of the label image, but for the channels
   * @param channel index in the level; 0 where it has no such axis
   * @param chunks of the level, decoded
   */
  public record Pixels(ImageLevel level, int channel, ChunkSource chunks) {
    private Patch read(Box place) {
      Box box = withChannel(place);
      NdArray read = NdArray.zeros(level.type(), box.shape());
      level.array().read(box, read, chunks);
      return Patch.of(read, level.axes(), level.pixelSize(), box);
    }

    private Box withChannel(Box place) {
      OptionalInt axis = level.axes().index(AxisName.C);
      int rank = level.axes().rank();
      long[] start = new long[rank];
      long[] stop = new long[rank];
      int from = 0;
      for (int to = 0; to < rank; to++) {
        boolean isChannel = axis.isPresent() && axis.getAsInt() == to;
        start[to] = isChannel ? channel : place.start(from);
        stop[to] = isChannel ? channel + 1L : place.stop(from);
        from += isChannel ? 0 : 1;
      }
      return Box.of(start, stop);
    }
  }

  private SampledLabels(ObjectSampler samples, Label labels, Optional<Pixels> pixels) {
    this.samples = samples;
    this.labels = labels;
    this.pixels = pixels;
  }

  /** Objects of which nothing but the mask is shown. */
  static SampledLabels masks(OpenedImage image) {
    return new SampledLabels(image.samples(), image.label(), Optional.empty());
  }

  /** Objects that are shown with the pixels below them. */
  public static SampledLabels of(OpenedImage image, Label labels, Pixels pixels) {
    return new SampledLabels(image.samples(), labels, Optional.of(pixels));
  }

  /**
   * Takes the objects of a unit.
   *
   * @param found in the unit, with their boxes there
   * @param ids decoded chunks of the unit
   */
  public void take(LabelBoxes found, ChunkSource ids) {
    long[] all = new long[found.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = found.label(i);
    }
    samples.begin(all);
    for (int i = 0; i < all.length; i++) {
      Box box = found.boxAt(i);
      if (samples.isTaken(all[i], box.shape().elements())) {
        take(all[i], box, ids);
      }
    }
  }

  private void take(long label, Box box, ChunkSource chunks) {
    NdArray block = NdArray.zeros(labels.type(), box.shape());
    labels.array().read(box, block, chunks);
    Patch ids = Patch.of(block, labels.axes(), labels.pixelSize(), box);
    if (pixels.isEmpty()) {
      samples.take(label, ids, Mask.of(ids, label, labels.axes(), box.shape()));
      return;
    }
    Patch patch = pixels.get().read(box);
    Mask mask = Mask.of(ids, label, patch.axes(), patch.shape());
    samples.take(label, new int[] {pixels.get().channel}, List.of(patch), mask);
  }
}
