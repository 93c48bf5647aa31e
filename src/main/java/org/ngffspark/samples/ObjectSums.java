// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ngffspark.image.Mask;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.nd.Shape;

/**
 * Adds up the pixels of all objects of one image in one task, by channel, before the run and after
 * it. Not safe for several threads.
 */
public final class ObjectSums {
  private final SampleSizes sizes;
  private final Map<Integer, List<PixelSums>> channels = new TreeMap<>();

  ObjectSums(SampleSizes sizes) {
    this.sizes = sizes;
  }

  /** Whether nobody asks for them. */
  public boolean isNone() {
    return sizes.isNone();
  }

  /**
   * Those of a channel.
   *
   * @param channel index in the image; 0 where it has no such axis
   * @param times 1, or 2 if the run changes pixels; the same in each call
   */
  public List<PixelSums> channel(int channel, int times) {
    return channels.computeIfAbsent(
        channel,
        key -> {
          List<PixelSums> sums = new ArrayList<>();
          for (int time = 0; time < times; time++) {
            sums.add(new PixelSums());
          }
          return List.copyOf(sums);
        });
  }

  /**
   * Adds an object.
   *
   * @param indices in the image of each channel of the patch; empty without that axis
   * @param times the patch before the run, and after it if it changes pixels; of one shape
   * @param mask the object's pixels, over that shape
   */
  public void add(int[] indices, List<Patch> times, Mask mask) {
    if (isNone()) {
      return;
    }
    Patch first = times.get(0);
    int axis = first.axes().index(AxisName.C).orElse(-1);
    List<List<PixelSums>> sums = new ArrayList<>();
    for (int i = 0; i < (axis < 0 ? 1 : first.shape().get(axis)); i++) {
      sums.add(channel(indices.length == 0 ? 0 : indices[i], times.size()));
    }
    int plane = axis < 0 ? first.size() : elementsBelow(first.shape(), axis);
    mask.forEachRun(
        (start, length) -> {
          int end = start + length;
          for (int at = start, next; at < end; at = next) {
            next = Math.min(end, at - at % plane + plane);
            List<PixelSums> own = sums.get(at / plane % sums.size());
            for (int time = 0; time < own.size(); time++) {
              own.get(time).add(times.get(time).pixels(), at, next - at);
            }
          }
        });
  }

  /** Pixels that have the same index along an axis and those before it. */
  private static int elementsBelow(Shape shape, int axis) {
    int elements = 1;
    for (int below = axis + 1; below < shape.rank(); below++) {
      elements *= (int) shape.get(below);
    }
    return elements;
  }

  /** What was added, ascending by channel. */
  List<ChannelSums> result() {
    List<ChannelSums> all = new ArrayList<>();
    channels.forEach(
        (channel, times) ->
            all.add(new ChannelSums(channel, times.stream().map(PixelSums::result).toList())));
    return all;
  }
}
