// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.ngffspark.image.Container;
import org.ngffspark.image.Image;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.Shape;

/**
 * The pixels of a thumbnail, a plane for each channel: of the coarsest level that is large enough,
 * the first point in time and the middle of z.
 *
 * @param planes row by row
 */
public record ThumbnailPlanes(int width, int height, List<double[]> planes) {
  private static final long MOST_PIXELS = 1L << 24;
  private static final int MOST_CHANNELS = 4;
  private static final double DARKEST = 0.01;
  private static final double BRIGHTEST = 0.998;
  private static final int WHITE = 255;
  // Blue, green and red of a colour.
  private static final int PARTS = 3;
  private static final int BITS = 8;

  /** The values of one channel that are shown black and in its full colour. */
  public record Limits(double black, double white) {}

  /**
   * Reads a level of an image.
   *
   * @param side longest side of the thumbnail in pixels
   * @throws IllegalArgumentException if even its coarsest level is too large to be read for this
   */
  public static ThumbnailPlanes read(Container container, int side) {
    return read(container, side, MOST_CHANNELS);
  }

  /** The same with more channels than can be told apart in one picture. */
  public static ThumbnailPlanes ofAllChannels(Container container, int side) {
    return read(container, side, Integer.MAX_VALUE);
  }

  private static ThumbnailPlanes read(Container container, int side, int channels) {
    Image image = container.image(container.levels() - 1);
    for (int level = container.levels() - 1; level > 0 && longest(image) < side; level--) {
      image = container.image(level - 1);
    }
    Box box = plane(image, channels);
    if (box.shape().elements() > MOST_PIXELS) {
      throw new IllegalArgumentException(
          "its coarsest level has " + image.shape() + " pixels, too many for a thumbnail");
    }
    Patch patch = image.read(box);
    int step = Math.max(1, (int) Math.ceil((double) longest(image) / side));
    int height = patch.length(AxisName.Y);
    int width = patch.length(AxisName.X);
    int columns = (width + step - 1) / step;
    int rows = (height + step - 1) / step;
    List<double[]> planes = new ArrayList<>();
    for (int from = 0; from < patch.size(); from += height * width) {
      planes.add(BlockMeans.of(patch, from, height, width, step));
    }
    return new ThumbnailPlanes(columns, rows, planes);
  }

  private static long longest(Image image) {
    Shape shape = image.shape();
    return Math.max(shape.get(shape.rank() - 1), shape.get(shape.rank() - 2));
  }

  private static Box plane(Image image, int channels) {
    Box box = Box.whole(image.shape());
    for (int axis = 0; axis < box.rank() - 2; axis++) {
      AxisName name = image.axes().name(axis);
      long length = box.length(axis);
      if (name == AxisName.C) {
        box = box.with(axis, 0, Math.min(length, channels));
      } else {
        long at = name == AxisName.Z ? length / 2 : 0;
        box = box.with(axis, at, at + 1);
      }
    }
    return box;
  }

  /** Limits of each channel: one pixel in a hundred is black, two in a thousand are white. */
  public List<Limits> limits() {
    return planes.stream().map(ThumbnailPlanes::limits).toList();
  }

  private static Limits limits(double[] plane) {
    double[] sorted = Arrays.stream(plane).filter(Double::isFinite).toArray();
    Arrays.sort(sorted);
    if (sorted.length == 0) {
      return new Limits(0, 1);
    }
    double black = sorted[(int) (DARKEST * (sorted.length - 1))];
    double white = sorted[(int) (BRIGHTEST * (sorted.length - 1))];
    return new Limits(black, white > black ? white : black + 1);
  }

  /** Adds a channel in its colour to sums of blue, green and red. */
  private static void add(double[] plane, Limits range, int color, double[][] sums) {
    for (int i = 0; i < plane.length; i++) {
      double value = (plane[i] - range.black) / (range.white - range.black);
      double shown = Math.max(0, Math.min(1, value));
      for (int part = 0; part < PARTS; part++) {
        sums[part][i] += shown * (color >>> BITS * part & WHITE);
      }
    }
  }

  /** The picture: the channels in their colours, added up. */
  public Thumbnail shown(List<Limits> limits, List<SampledImageChannel> channels) {
    double[][] sums = new double[PARTS][width * height];
    for (int c = 0; c < planes.size(); c++) {
      add(planes.get(c), limits.get(c), Integer.parseInt(channels.get(c).color(), 16), sums);
    }
    int[] colors = new int[width * height];
    for (int i = 0; i < colors.length; i++) {
      for (int part = 0; part < PARTS; part++) {
        colors[i] |= (int) Math.min(WHITE, sums[part][i]) << BITS * part;
      }
    }
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(0, 0, width, height, colors, 0, width);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(picture, "jpeg", file)) {
        throw new IllegalStateException("This Java writes no JPEG");
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new Thumbnail(width, height, file.toByteArray());
  }
}
