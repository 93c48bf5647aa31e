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
 * one object next to each other, in the order of its runs. Pixels of which no chunk was added hold
 * the fill value. Not safe for several threads.
 */
public final class PartValues {
  private static final Axes AXES = Axes.of("y", "x");
  private static final PixelSize PIXEL = PixelSize.of(AXES, 1, 1);

  private final ObjectParts parts;
  private final Axes axes;
  private final int[] channels;
  private final int width;
  private final List<NdArray> values = new ArrayList<>();
  private final RunsByRow rows;

  /**
   * @param axes of the image
   * @param channels indices of the measured channels in the image; one 0 if it has no channel axis
   * @param fill bits of the fill value
   * @throws IllegalArgumentException if the objects have more than 2 GiB of pixels in a channel
   */
  public PartValues(ObjectParts parts, Axes axes, int[] channels, long fill) {
    this.parts = parts;
    this.axes = axes;
    this.channels = channels.clone();
    this.width = parts.image().type().bytes();
    for (int i = 0; i < channels.length; i++) {
      NdArray array = NdArray.zeros(parts.image().type(), Shape.of(1, parts.pixels()));
      if (fill != 0) {
        array.fill(fill);
      }
      values.add(array);
    }
    this.rows = RunsByRow.of(parts);
  }

  /** The smallest box of the image that holds all objects and measured channels. */
  Box bounds(Shape image) {
    if (channels.length == 0) {
      return Box.of(new long[image.rank()], new long[image.rank()]);
    }
    Box bounds = Box.whole(image);
    for (int i = 0; i < TileBox.axes(); i++) {
      int axis = axes.index(TileBox.axis(i)).orElse(-1);
      bounds = axis < 0 ? bounds : bounds.with(axis, rows.bounds().start(i), rows.bounds().stop(i));
    }
    int axis = axes.index(AxisName.C).orElse(-1);
    int[] sorted = Arrays.stream(channels).sorted().toArray();
    return axis < 0 ? bounds : bounds.with(axis, sorted[0], sorted[sorted.length - 1] + 1L);
  }

  /** Whether a chunk at that place holds pixels of an object in a measured channel. */
  boolean touches(Box place) {
    Box part = TileBox.of(axes, place).intersect(rows.bounds());
    if (channelsIn(place).length > 0 && !part.isEmpty()) {
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
    Box where = TileBox.of(axes, place);
    ChunkPlace at = new ChunkPlace(axes, chunk.shape(), place, where);
    int[] inside = channelsIn(place);
    Box part = where.intersect(rows.bounds());
    for (long t = part.start(TileBox.T); t < part.stop(TileBox.T); t++) {
      for (long z = part.start(TileBox.Z); z < part.stop(TileBox.Z); z++) {
        for (long y = part.start(TileBox.Y); y < part.stop(TileBox.Y); y++) {
          copyRow(chunk, at, inside, rows.row(t, z, y), at.start(t, z, y));
        }
      }
    }
  }

  private void copyRow(NdArray chunk, ChunkPlace at, int[] inside, int row, int start) {
    int[] runs = parts.allRuns();
    for (int index = rows.begin(row); index < rows.end(row); index++) {
      int run = rows.run(index);
      int x = runs[run + ObjectMask.X];
      int first = Math.max(0, at.lowX - x);
      int count = Math.min(runs[run + ObjectMask.AXES], at.highX - x) - first;
      if (count > 0) {
        int to = (rows.pixelsBefore(run) + first) * width;
        for (int i : inside) {
          int from = start + at.channel(channels[i]) + x + first - at.lowX;
          System.arraycopy(chunk.bytes(), from * width, values.get(i).bytes(), to, count * width);
        }
      }
    }
  }

  /** Where pixels lie in a chunk. */
  private static final class ChunkPlace {
    private final Box where;
    private final int lowX;
    private final int highX;
    private final int[] steps;
    private final int channelStep;
    private final long firstChannel;

    ChunkPlace(Axes axes, Shape shape, Box place, Box where) {
      this.where = where;
      this.lowX = (int) where.start(TileBox.X);
      this.highX = (int) where.stop(TileBox.X);
      this.steps = new int[TileBox.axes()];
      int step = 1;
      int channels = 0;
      for (int axis = place.rank() - 1; axis >= 0; axis--) {
        AxisName name = axes.name(axis);
        channels = name == AxisName.C ? step : channels;
        for (int i = 0; i < steps.length; i++) {
          steps[i] = name == TileBox.axis(i) ? step : steps[i];
        }
        step *= (int) shape.get(axis);
      }
      this.channelStep = channels;
      this.firstChannel = axes.index(AxisName.C).stream().mapToLong(place::start).sum();
    }

    /** Index of the first pixel of a row in the chunk's first channel. */
    int start(long t, long z, long y) {
      return (int)
          ((t - where.start(TileBox.T)) * steps[TileBox.T]
              + (z - where.start(TileBox.Z)) * steps[TileBox.Z]
              + (y - where.start(TileBox.Y)) * steps[TileBox.Y]);
    }

    /** What the index of a pixel has more in a channel of the image; 0 without channels. */
    int channel(int channel) {
      return (int) (channel - firstChannel) * channelStep;
    }
  }

  ObjectParts parts() {
    return parts;
  }

  /** The values of one object in all measured channels. */
  private List<ChannelValues> of(int object) {
    List<ChannelValues> all = new ArrayList<>();
    for (NdArray array : values) {
      all.add(
          new ChannelValues(patch(array), (int) parts.pixelsBefore(object), parts.count(object)));
    }
    return all;
  }

  /** One object, all of whose parts these are. */
  MeasuredObject object(int object, ObjectTools tools) {
    return new MeasuredObject(
        parts.image(),
        parts.label(object),
        parts.time(object),
        parts.mask(object),
        of(object),
        tools);
  }

  /** The bytes of the values of one object in each channel. */
  byte[][] bytes(int object) {
    int from = (int) parts.pixelsBefore(object) * width;
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
