// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.PixelGrid;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

/**
 * What all objects of one image have in common.
 *
 * @param spacing lengths of a pixel; 2D where the image has no z or one plane
 * @param depth length of the image along z, in pixels; 1 in 2D
 * @param height length of the image along y, in pixels
 * @param width length of the image along x, in pixels
 * @param times number of time points; empty if the image has no time axis
 * @param channels labels of the channels that are measured, each once
 * @param type of the pixels
 */
public record MeasuredImage(
    Spacing spacing,
    int depth,
    int height,
    int width,
    OptionalInt times,
    List<String> channels,
    DataType type) {

  /**
   * @throws IllegalArgumentException if two channels have one label: they name columns
   */
  public MeasuredImage {
    channels = List.copyOf(channels);
    Set<String> seen = new HashSet<>();
    for (String channel : channels) {
      if (!seen.add(channel)) {
        throw new IllegalArgumentException(
            "Two of the measured channels are labelled '"
                + channel
                + "', so that their columns could not be told apart; select one of them by its"
                + " index");
      }
    }
  }

  /**
   * A level of an image.
   *
   * @param grid of the level
   * @param channels labels of the channels that are measured
   */
  public static MeasuredImage of(PixelGrid grid, List<String> channels, DataType type) {
    int depth = length(grid, AxisName.Z);
    return new MeasuredImage(
        Spacing.of(depth == 1 ? 2 : 3, grid.pixelSize()),
        depth,
        length(grid, AxisName.Y),
        length(grid, AxisName.X),
        grid.axes().has(AxisName.T)
            ? OptionalInt.of(length(grid, AxisName.T))
            : OptionalInt.empty(),
        channels,
        type);
  }

  private static int length(PixelGrid grid, AxisName axis) {
    Axes axes = grid.axes();
    Shape shape = grid.shape();
    return axes.index(axis).stream()
        .map(index -> Math.toIntExact(shape.get(index)))
        .findFirst()
        .orElse(1);
  }

  /** 2 or 3. */
  public int dimensions() {
    return spacing.dimensions();
  }
}
