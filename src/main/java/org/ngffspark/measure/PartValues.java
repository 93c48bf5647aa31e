// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * The values of objects in the measured channels, picked out of the chunks of the image: those of
 * one object next to each other, in the order of its runs. Of objects that lie in one chunk, only
 * what the values come to is kept, unless they are needed themselves. Pixels of which no chunk was
 * added hold the fill value. Not safe for several threads.
 */
public final class PartValues {
  private static final Axes AXES = Axes.of("y", "x");
  private static final PixelSize PIXEL = PixelSize.of(AXES, 1, 1);

  private final ObjectParts parts;
  private final Axes axes;
  private final int[] channels;
  private final int width;
  private final IntegerSums integers;
  private final ObjectsByChunk byChunk;
  // By channel and object; empty where the object's values are kept.
  private final ChannelSums[][] sums;
  private final List<NdArray> values = new ArrayList<>();
  private final RunsByRow rows;

  /**
   * @param axes of the image
   * @param channels indices of the measured channels in the image; one 0 if it has no channel axis
   * @param fill bits of the fill value
   * @param byChunk the objects whose values are not kept, of a type that {@code integers} takes
   * @throws IllegalArgumentException if the objects have more than 2 GiB of values to be kept in a
   *     channel
   */
  PartValues(
      ObjectParts parts,
      Axes axes,
      int[] channels,
      long fill,
      ObjectsByChunk byChunk,
      IntegerSums integers) {
    this.parts = parts;
    this.axes = axes;
    this.channels = channels.clone();
    this.width = parts.image().type().bytes();
    this.integers = integers;
    this.byChunk = byChunk;
    this.sums = new ChannelSums[channels.length][parts.size()];
    this.rows = RunsByRow.of(parts, byChunk::isKept);
    for (int i = 0; i < channels.length; i++) {
      NdArray array = NdArray.zeros(parts.image().type(), Shape.of(1, rows.pixels()));
      if (fill != 0) {
        array.fill(fill);
      }
      values.add(array);
    }
  }

  /** The smallest box of the image that holds all objects and measured channels. */
  Box bounds(Shape image) {
    if (channels.length == 0) {
      return Box.of(new long[image.rank()], new long[image.rank()]);
    }
    Box objects = parts.bounds(object -> true);
    Box bounds = Box.whole(image);
    for (int i = 0; i < TileBox.axes(); i++) {
      int axis = axes.index(TileBox.axis(i)).orElse(-1);
      bounds = axis < 0 ? bounds : bounds.with(axis, objects.start(i), objects.stop(i));
    }
    int axis = axes.index(AxisName.C).orElse(-1);
    int[] sorted = Arrays.stream(channels).sorted().toArray();
    return axis < 0 ? bounds : bounds.with(axis, sorted[0], sorted[sorted.length - 1] + 1L);
  }

  /** Whether a chunk at that place holds pixels of an object in a measured channel. */
  boolean touches(Box place) {
    Box where = TileBox.of(axes, place);
    if (channelsIn(place).length == 0) {
      return false;
    }
    return !byChunk.in(where).isEmpty() || touchesKept(where.intersect(rows.bounds()));
  }

  private boolean touchesKept(Box part) {
    if (!part.isEmpty()) {
      for (long t = part.start(TileBox.T); t < part.stop(TileBox.T); t++) {
        for (long z = part.start(TileBox.Z); z < part.stop(TileBox.Z); z++) {
          for (long y = part.start(TileBox.Y); y < part.stop(TileBox.Y); y++) {
            if (touchesRow(part, rows.row(t, z, y))) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }

  private boolean touchesRow(Box part, int row) {
    int[] runs = parts.allRuns();
    for (int index = rows.begin(row); index < rows.end(row); index++) {
      int run = rows.run(index);
      int x = runs[run + ObjectMask.X];
      if (x < part.stop(TileBox.X) && x + runs[run + ObjectMask.AXES] > part.start(TileBox.X)) {
        return true;
      }
    }
    return false;
  }

  /** Which of the measured channels lie in a chunk: their numbers among the measured ones. */
  private int[] channelsIn(Box place) {
    int axis = axes.index(AxisName.C).orElse(-1);
    return IntStream.range(0, channels.length)
        .filter(i -> axis < 0 || channels[i] >= place.start(axis) && channels[i] < place.stop(axis))
        .toArray();
  }

  /**
   * Picks the values out of a chunk.
   *
   * @param chunk may be larger than {@code place}, as chunks at the border are
   * @param place where the chunk lies in the image, from its first pixel; axes of the image
   */
  public void add(NdArray chunk, Box place) {
    ChunkPlace at = new ChunkPlace(axes, chunk.shape(), place);
    int[] inside = channelsIn(place);
    for (int object : byChunk.in(at.box())) {
      sum(chunk, at, inside, object);
    }
    Box part = at.box().intersect(rows.bounds());
    for (long t = part.start(TileBox.T); t < part.stop(TileBox.T); t++) {
      for (long z = part.start(TileBox.Z); z < part.stop(TileBox.Z); z++) {
        for (long y = part.start(TileBox.Y); y < part.stop(TileBox.Y); y++) {
          copyRow(chunk, at, inside, rows.row(t, z, y), at.start(t, z, y));
        }
      }
    }
  }

  private void sum(NdArray chunk, ChunkPlace at, int[] inside, int object) {
    ObjectMask mask = parts.mask(object);
    int first =
        at.start(parts.time(object), mask.z(), mask.y())
            + mask.x()
            - (int) at.box().start(TileBox.X);
    for (int i : inside) {
      sums[i][object] =
          integers.inChunk(
              mask, chunk, first + at.channel(channels[i]), at.step(TileBox.Z), at.step(TileBox.Y));
    }
  }

  private void copyRow(NdArray chunk, ChunkPlace at, int[] inside, int row, int start) {
    int[] runs = parts.allRuns();
    int low = (int) at.box().start(TileBox.X);
    int high = (int) at.box().stop(TileBox.X);
    for (int index = rows.begin(row); index < rows.end(row); index++) {
      int run = rows.run(index);
      int x = runs[run + ObjectMask.X];
      int first = Math.max(0, low - x);
      int count = Math.min(runs[run + ObjectMask.AXES], high - x) - first;
      if (count > 0) {
        int to = (rows.pixelsBefore(run) + first) * width;
        for (int i : inside) {
          int from = start + at.channel(channels[i]) + x + first - low;
          System.arraycopy(chunk.bytes(), from * width, values.get(i).bytes(), to, count * width);
        }
      }
    }
  }

  ObjectParts parts() {
    return parts;
  }

  /** One object, all of whose parts these are. */
  MeasuredObject object(int object, ObjectTools tools) {
    ObjectMask mask = parts.mask(object);
    List<ObjectChannel> all = new ArrayList<>();
    for (int i = 0; i < channels.length; i++) {
      all.add(
          byChunk.isKept(object)
              ? ObjectChannel.of(mask, values(i, object), tools.sums())
              : ObjectChannel.of(mask, sums[i][object], tools.sums()));
    }
    return new MeasuredObject(
        parts.image(), parts.label(object), parts.time(object), mask, all, tools);
  }

  private ChannelValues values(int channel, int object) {
    return new ChannelValues(patch(values.get(channel)), from(object), parts.count(object));
  }

  private int from(int object) {
    return rows.pixelsBefore(parts.begin(object));
  }

  /**
   * The bytes of the values of one object in each channel.
   *
   * @throws IllegalStateException if they were not kept
   */
  byte[][] bytes(int object) {
    if (!byChunk.isKept(object)) {
      throw new IllegalStateException(
          "The values of object " + parts.label(object) + " were not kept");
    }
    int from = from(object) * width;
    int to = from + parts.count(object) * width;
    return values.stream()
        .map(array -> Arrays.copyOfRange(array.bytes(), from, to))
        .toArray(byte[][]::new);
  }

  /** A patch on the memory of values that lie one after the other. */
  static Patch patch(NdArray values) {
    return Patch.of(values, AXES, PIXEL, Box.whole(values.shape()));
  }
}
