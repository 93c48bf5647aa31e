// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;

/** Reads blocks of one channel of a level, each of one time point, with axes z, y, x. */
final class ChannelBlocks {
  private static final List<AxisName> SPACE = List.of(AxisName.Z, AxisName.Y, AxisName.X);

  private final ImageLevel level;
  private final int channel;

  /**
   * @param channel index of the channel; 0 where the image has none
   */
  ChannelBlocks(ImageLevel level, int channel) {
    this.level = level;
    this.channel = channel;
  }

  /** Lengths of a pixel along z, y and x. */
  double[] spacing() {
    return SPACE.stream().mapToDouble(axis -> level.pixelSize().get(axis)).toArray();
  }

  /** The time points of a box of the level. */
  int[] times(Box box) {
    return level.axes().has(AxisName.T)
        ? IntStream.range(start(box, AxisName.T), stop(box, AxisName.T)).toArray()
        : new int[] {0};
  }

  /** Number of time points of the level. */
  int times() {
    return length(AxisName.T);
  }

  /** A box of the level at one time point, without its channel axis. */
  Box onLabel(Box box, int time) {
    int[] kept =
        IntStream.range(0, box.rank()).filter(i -> level.axes().name(i) != AxisName.C).toArray();
    Box one = at(box, AxisName.T, time, time + 1L);
    return Box.of(
        Arrays.stream(kept).mapToLong(one::start).toArray(),
        Arrays.stream(kept).mapToLong(one::stop).toArray());
  }

  /** Where a box of the level lies along z, y and x. */
  ImageBox place(Box box) {
    int z = start(box, AxisName.Z);
    int y = start(box, AxisName.Y);
    int x = start(box, AxisName.X);
    return new ImageBox(
        z,
        y,
        x,
        stop(box, AxisName.Z) - z,
        stop(box, AxisName.Y) - y,
        stop(box, AxisName.X) - x,
        length(AxisName.Z),
        length(AxisName.Y),
        length(AxisName.X));
  }

  /**
   * The pixels of a place, and as many around it as are asked for and lie in the image.
   *
   * @param reach pixels before and behind along z, y and x
   */
  Block read(ImageBox place, int time, int[] reach, ChunkSource chunks) {
    Box around = plane(time);
    int[] before = new int[SPACE.size()];
    int[] lengths = new int[SPACE.size()];
    for (int axis = 0; axis < lengths.length; axis++) {
      int low = Math.max(0, place.start(axis) - reach[axis]);
      int high = Math.min(place.imageLength(axis), place.stop(axis) + reach[axis]);
      around = at(around, SPACE.get(axis), low, high);
      before[axis] = place.start(axis) - low;
      lengths[axis] = high - low;
    }
    Volume core = place.volume();
    Volume volume = new Volume(core.dimensions(), lengths[0], lengths[1], lengths[2]);
    int first = volume.index(before[0], before[1], before[2]);
    Patch patch = patch(around, chunks);
    double[] values = new double[patch.size()];
    patch.read(0, values.length, values, 0);
    return new Block(values, volume, core, first);
  }

  /** The pixels of a place, with the axes of the level. */
  Patch patch(ImageBox place, int time, ChunkSource chunks) {
    Box box = plane(time);
    for (int axis = 0; axis < SPACE.size(); axis++) {
      box = at(box, SPACE.get(axis), place.start(axis), place.stop(axis));
    }
    return patch(box, chunks);
  }

  /** All pixels of the channel at a time point. */
  private Box plane(int time) {
    Box all = Box.whole(level.shape());
    return at(at(all, AxisName.T, time, time + 1L), AxisName.C, channel, channel + 1L);
  }

  private Patch patch(Box box, ChunkSource chunks) {
    NdArray pixels = NdArray.zeros(level.type(), box.shape());
    level.array().read(box, pixels, chunks);
    return Patch.of(pixels, level.axes(), level.pixelSize(), box);
  }

  private int length(AxisName axis) {
    return stop(Box.whole(level.shape()), axis);
  }

  private int start(Box box, AxisName axis) {
    return level.axes().has(axis)
        ? Math.toIntExact(box.start(level.axes().index(axis).getAsInt()))
        : 0;
  }

  private int stop(Box box, AxisName axis) {
    return level.axes().has(axis)
        ? Math.toIntExact(box.stop(level.axes().index(axis).getAsInt()))
        : 1;
  }

  private Box at(Box box, AxisName axis, long start, long stop) {
    return level.axes().has(axis)
        ? box.with(level.axes().index(axis).getAsInt(), start, stop)
        : box;
  }
}
