// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  private final List<Box> boxes = new ArrayList<>();

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
    for (int object = 0; object < parts.size(); object++) {
      boxes.add(box(object));
    }
  }

  private Box box(int object) {
    ObjectMask mask = parts.mask(object);
    int t = parts.time(object);
    return Box.of(
        new long[] {t, mask.z(), mask.y(), mask.x()},
        new long[] {
          t + 1L,
          mask.z() + (long) mask.depth(),
          mask.y() + (long) mask.height(),
          mask.x() + (long) mask.width()
        });
  }

  /** The smallest box of the image that holds all objects and measured channels. */
  Box bounds(Shape image) {
    if (boxes.isEmpty() || channels.length == 0) {
      return Box.of(new long[image.rank()], new long[image.rank()]);
    }
    Box all = boxes.stream().reduce(Box::union).orElseThrow();
    Box bounds = Box.whole(image);
    for (int i = 0; i < TileBox.axes(); i++) {
      int axis = axes.index(TileBox.axis(i)).orElse(-1);
      bounds = axis < 0 ? bounds : bounds.with(axis, all.start(i), all.stop(i));
    }
    int axis = axes.index(AxisName.C).orElse(-1);
    int[] sorted = Arrays.stream(channels).sorted().toArray();
    return axis < 0 ? bounds : bounds.with(axis, sorted[0], sorted[sorted.length - 1] + 1L);
  }

  /** Whether a chunk at that place holds pixels of an object's box in a measured channel. */
  boolean touches(Box place) {
    Box where = TileBox.of(axes, place);
    int axis = axes.index(AxisName.C).orElse(-1);
    boolean measured =
        axis < 0
            || Arrays.stream(channels)
                .anyMatch(c -> c >= place.start(axis) && c < place.stop(axis));
    return measured && boxes.stream().anyMatch(box -> !box.intersect(where).isEmpty());
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
    int axis = axes.index(AxisName.C).orElse(-1);
    for (int object = 0; object < boxes.size(); object++) {
      if (!boxes.get(object).intersect(where).isEmpty()) {
        for (int i = 0; i < channels.length; i++) {
          if (axis < 0) {
            copy(chunk, at, 0, object, i);
          } else if (channels[i] >= place.start(axis) && channels[i] < place.stop(axis)) {
            copy(chunk, at, channels[i] - place.start(axis), object, i);
          }
        }
      }
    }
  }

  private void copy(NdArray chunk, ChunkPlace at, long channel, int object, int index) {
    byte[] from = chunk.bytes();
    byte[] to = values.get(index).bytes();
    int[] runs = parts.allRuns();
    long next = parts.pixelsBefore(object);
    int start = at.start(parts.time(object), channel);
    for (int run = parts.begin(object); run < parts.end(object); run += ObjectMask.WIDTH) {
      int length = runs[run + ObjectMask.AXES];
      int first = Math.max(0, at.lowX - runs[run + ObjectMask.X]);
      int count = Math.min(length, at.highX - runs[run + ObjectMask.X]) - first;
      if (count > 0 && at.hasRow(runs[run + ObjectMask.Z], runs[run + ObjectMask.Y])) {
        int source = start + at.offset(runs, run) + first;
        System.arraycopy(from, source * width, to, (int) (next + first) * width, count * width);
      }
      next += length;
    }
  }

  /** Where pixels lie in a chunk. */
  private static final class ChunkPlace {
    private final Box where;
    private final int lowX;
    private final int highX;
    private final int[] steps;
    private final int channelStep;

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
    }

    int start(int time, long channel) {
      return (int) (time - where.start(TileBox.T)) * steps[TileBox.T] + (int) channel * channelStep;
    }

    boolean hasRow(int z, int y) {
      return z >= where.start(TileBox.Z)
          && z < where.stop(TileBox.Z)
          && y >= where.start(TileBox.Y)
          && y < where.stop(TileBox.Y);
    }

    int offset(int[] runs, int run) {
      return (int) (runs[run + ObjectMask.Z] - where.start(TileBox.Z)) * steps[TileBox.Z]
          + (int) (runs[run + ObjectMask.Y] - where.start(TileBox.Y)) * steps[TileBox.Y]
          + runs[run + ObjectMask.X]
          - lowX;
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
  public MeasuredObject object(int object, GrayLevels grayLevels) {
    return new MeasuredObject(
        parts.image(),
        parts.label(object),
        parts.time(object),
        parts.mask(object),
        of(object),
        grayLevels);
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
