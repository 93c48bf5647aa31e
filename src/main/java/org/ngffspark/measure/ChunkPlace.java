// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.Shape;

/** Where pixels of the image lie in a chunk. Neighbours on x follow each other. */
final class ChunkPlace {
  private final Box where;
  private final int[] steps;
  private final int channelStep;
  private final long firstChannel;

  /**
   * @param axes of the image
   * @param shape of the chunk
   * @param place of the chunk in the image, in the order of {@code axes}
   */
  ChunkPlace(Axes axes, Shape shape, Box place) {
    this.where = TileBox.of(axes, place);
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

  /** The box of the chunk; axes t, z, y, x. */
  Box box() {
    return where;
  }

  /** From a pixel to the next one on an axis of {@link TileBox}. */
  int step(int axis) {
    return steps[axis];
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
