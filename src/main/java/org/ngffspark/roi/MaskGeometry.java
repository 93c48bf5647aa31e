// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.ngffspark.resample.IndexGather;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.Shape;

/**
 * Brings the label of a region onto the pixels of an image that may have another resolution: by
 * nearest neighbour, as ngio and {@code scipy.ndimage.zoom(order=0, mode="grid-constant",
 * grid_mode=True)} do, and with the same rounding.
 */
public final class MaskGeometry {
  // Covers the rounding of length times pixel size, nothing else.
  private static final double ONE_PIXEL = 1 + 1e-6;

  private final PixelGrid image;
  private final PixelGrid label;

  private MaskGeometry(PixelGrid image, PixelGrid label) {
    this.image = image;
    this.label = label;
  }

  /**
   * @throws IllegalArgumentException if the label has an axis that the image lacks, or if on some
   *     axis extents or translations differ by more than one pixel of the coarser grid. A label
   *     that is one pixel long on an axis before y stands for the whole axis; each channel is
   *     masked by that of the label, if it has several.
   */
  public static MaskGeometry of(PixelGrid image, PixelGrid label) {
    for (int axis = 0; axis < label.axes().rank(); axis++) {
      AxisName name = label.axes().name(axis);
      int imageAxis =
          image
              .axes()
              .index(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          label.name()
                              + " has axes "
                              + label.axes().names()
                              + ", but "
                              + image.name()
                              + " has no axis "
                              + name.ngffName()
                              + ", only "
                              + image.axes().names()));
      boolean broadcasts = label.shape().get(axis) == 1 && axis < label.axes().rank() - 2;
      if (name != AxisName.C && !broadcasts) {
        requireSamePlace(image, imageAxis, label, axis);
      } else if (!broadcasts && label.shape().get(axis) != image.shape().get(imageAxis)) {
        throw new IllegalArgumentException(
            label.name()
                + " has "
                + label.shape().get(axis)
                + " channels, but "
                + image.name()
                + " has "
                + image.shape().get(imageAxis)
                + "; it must have as many, or one");
      }
    }
    return new MaskGeometry(image, label);
  }

  private static void requireSamePlace(
      PixelGrid image, int imageAxis, PixelGrid label, int labelAxis) {
    double pixel = Math.max(image.pixelSize(imageAxis), label.pixelSize(labelAxis)) * ONE_PIXEL;
    double extents = Math.abs(image.extent(imageAxis) - label.extent(labelAxis));
    double translations = Math.abs(image.translation(imageAxis) - label.translation(labelAxis));
    if (extents <= pixel && translations <= pixel) {
      return;
    }
    throw new IllegalArgumentException(
        "On axis "
            + image.axes().get(imageAxis).name()
            + " "
            + describe(label, labelAxis)
            + ", but "
            + describe(image, imageAxis)
            + "; a mask must cover its image to within one pixel of the coarser grid");
  }

  private static String describe(PixelGrid grid, int axis) {
    return grid.name()
        + " covers "
        + grid.extent(axis)
        + " ("
        + grid.shape().get(axis)
        + " x "
        + grid.pixelSize(axis)
        + ") from "
        + grid.translation(axis);
  }

  public PixelGrid image() {
    return image;
  }

  public PixelGrid label() {
    return label;
  }

  /** The place of a region (zoomed already), with all channels of the image. */
  public MaskPlacement place(Roi roi) {
    return place(roi, image.axes().index(AxisName.C).stream().mapToLong(image.shape()::get).sum());
  }

  /**
   * The place of a region (zoomed already).
   *
   * @param channels how many channels the patch has; not used if the image has no channel axis
   * @throws IllegalArgumentException if the region names an axis that image or label lack, or the
   *     label's pixels do not fit the patch to within one
   */
  public MaskPlacement place(Roi roi, long channels) {
    Box imageBox = roi.toBox(image);
    Box labelBox = roi.toBox(label);
    Shape shape = imageBox.shape();
    OptionalInt channelAxis = image.axes().index(AxisName.C);
    if (channelAxis.isPresent()) {
      shape = shape.with(channelAxis.getAsInt(), channels);
    }
    requireMemory(roi, shape);
    Shape labelShape = labelBox.shape();
    OptionalInt labelChannels = label.axes().index(AxisName.C);
    if (labelChannels.isPresent() && labelShape.get(labelChannels.getAsInt()) > 1) {
      labelShape = labelShape.with(labelChannels.getAsInt(), channels);
    }
    return new MaskPlacement(imageBox, labelBox, labelShape, shape, index(roi, labelShape, shape));
  }

  /**
   * Whether each pixel of the image has one pixel of the label, whatever the region: then the masks
   * of two ids have no pixel in common. At another resolution they may, as each region is resampled
   * by itself.
   */
  public boolean isPixelByPixel() {
    for (int axis = 0; axis < label.axes().rank(); axis++) {
      AxisName name = label.axes().name(axis);
      int imageAxis = image.axes().index(name).orElseThrow();
      boolean same =
          label.shape().get(axis) == image.shape().get(imageAxis)
              && label.pixelSize(axis) == image.pixelSize(imageAxis);
      boolean broadcasts = label.shape().get(axis) == 1 && axis < label.axes().rank() - 2;
      if (name == AxisName.C || !(same || broadcasts)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The axes on which one plane of the label stands for several planes of the image, and on which a
   * region leaves some of these out; as {@code 1 of 3 planes on axis z}, {@code ""} for none.
   */
  public String planesLeftOut(MaskPlacement place) {
    List<String> axes = new ArrayList<>();
    for (int axis = 0; axis < label.axes().rank() - 2; axis++) {
      AxisName name = label.axes().name(axis);
      int imageAxis = image.axes().index(name).orElseThrow();
      long planes = image.shape().get(imageAxis);
      long taken = place.imageBox().length(imageAxis);
      if (name != AxisName.C && label.shape().get(axis) == 1 && taken < planes) {
        axes.add(taken + " of " + planes + " planes on axis " + name.ngffName());
      }
    }
    return String.join(", ", axes);
  }

  private void requireMemory(Roi roi, Shape shape) {
    double pixels = 1;
    for (int axis = 0; axis < shape.rank(); axis++) {
      pixels *= shape.get(axis);
    }
    if (pixels > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          roi + " in " + image.name() + " is " + shape + " pixels large: too many for one patch");
    }
  }

  private int[][] index(Roi roi, Shape block, Shape patch) {
    List<AxisSpan> spans = spans(roi, block);
    if (spans.stream().anyMatch(AxisSpan::missesTheLabel)) {
      int[][] nothing = new int[spans.size()][];
      Arrays.fill(nothing, new int[] {IndexGather.NONE});
      return nothing;
    }
    int[][] index = new int[spans.size()][];
    for (int axis = 0; axis < index.length; axis++) {
      AxisSpan span = spans.get(axis);
      int length = Math.toIntExact(patch.get(image.axes().index(span.axis()).orElseThrow()));
      index[axis] = span.fit(length).orElseThrow(() -> doesNotFit(roi, span, length));
    }
    return index;
  }

  private IllegalArgumentException doesNotFit(Roi roi, AxisSpan span, int length) {
    return new IllegalArgumentException(
        roi
            + " on axis "
            + span.axis().ngffName()
            + ": "
            + label.name()
            + " gives "
            + span.resampled()
            + " pixels for the "
            + length
            + " pixels of "
            + image.name()
            + "; they may differ by one at most");
  }

  private List<AxisSpan> spans(Roi roi, Shape block) {
    List<AxisSpan> spans = new ArrayList<>();
    for (int axis = 0; axis < label.axes().rank(); axis++) {
      AxisName name = label.axes().name(axis);
      long length = block.get(axis);
      spans.add(
          new AxisSpan(
              name,
              length,
              name == AxisName.C ? length : resampledLength(roi.interval(name), axis),
              axis >= label.axes().rank() - 2));
    }
    return spans;
  }

  double resampledLength(Interval interval, int labelAxis) {
    AxisName name = label.axes().name(labelAxis);
    double labelPixel = label.pixelSize(labelAxis);
    double scale = labelPixel / image.pixelSize().get(name);
    double imageLength = image.shape().get(image.axes().index(name).orElseThrow());
    double end = Math.min(interval.endPixel(labelPixel) * scale, imageLength);
    double start = Math.max(0.0, interval.firstPixel(labelPixel)) * scale;
    return Math.max(0, Math.ceil(end) - Math.floor(start));
  }
}
