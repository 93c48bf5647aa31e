// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.PixelGrid;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;

/**
 * One level of an image or label image: its pixels, and where they lie in the world. Safe for
 * several threads.
 */
public abstract sealed class ImageLevel permits Image, Label {
  private final ImageNode node;
  private final int level;
  private final ZarrArray array;
  private final PixelGrid grid;

  ImageLevel(ImageNode node, int level, String name) {
    this.node = node;
    this.level = level;
    this.array = new Multiscale(node).array(level);
    this.grid = new Multiscale(node).grid(level, array.shape(), name);
    requireKnownType();
  }

  private void requireKnownType() {
    if (this instanceof Label && array.type().isFloat()) {
      throw new FormatException(
          array.path().toString(),
          "a label image must hold integers, got "
              + array.type()
              + "; convert it, in numpy by astype('uint32')");
    }
  }

  /** The metadata of the image that the level belongs to. */
  public ImageNode node() {
    return node;
  }

  /** Number of the level; 0 is the finest. */
  public int level() {
    return level;
  }

  /** The path of the level in its image, as in metadata. */
  public String path() {
    return dataset().path();
  }

  Dataset dataset() {
    return node.metadata().datasets().get(level);
  }

  public ZarrArray array() {
    return array;
  }

  /** Where the level's pixels lie in the world. */
  public PixelGrid grid() {
    return grid;
  }

  public Axes axes() {
    return grid.axes();
  }

  /** Lengths in pixels, axes as on disk. */
  public Shape shape() {
    return array.shape();
  }

  public DataType type() {
    return array.type();
  }

  public PixelSize pixelSize() {
    return grid.pixelSize();
  }

  /** All pixels. */
  public Patch read() {
    return read(Box.whole(shape()));
  }

  /**
   * The pixels of a box of this level, all axes as on disk.
   *
   * @throws IllegalArgumentException if the box reaches outside
   */
  public Patch read(Box box) {
    return patch(array.read(box), box);
  }

  /** The pixels that a region covers, all channels; an axis that the region lacks whole. */
  public Patch getRoi(Roi roi) {
    return getRoi(roi, ChannelSelection.all());
  }

  /**
   * The pixels that a region covers, cut to the image.
   *
   * @param selection channels in the order wanted, repeats allowed; the channel axis stays, also
   *     for one channel; a label image takes all only
   * @throws IllegalArgumentException if a channel is not there, or the region has a range on an
   *     axis that the image lacks
   */
  public Patch getRoi(Roi roi, ChannelSelection selection) {
    return read(select(selection), roi.toBox(grid));
  }

  /** Writes all pixels that a region covers, all channels. */
  public void setRoi(Roi roi, Patch patch) {
    setRoi(roi, ChannelSelection.all(), patch);
  }

  /**
   * Writes all pixels that a region covers. Coarser levels stay as they are until {@link
   * #consolidate}.
   *
   * @throws IllegalArgumentException if shape or type of the patch are not those of the region, a
   *     channel is not there or selected twice
   */
  public void setRoi(Roi roi, ChannelSelection selection, Patch patch) {
    write(select(selection), roi, roi.toBox(grid), patch);
  }

  /**
   * @throws IllegalArgumentException if a channel is not there; the message lists those that are
   */
  abstract SelectedChannels select(ChannelSelection selection);

  /** Names of the channels at these indices; none in label images. */
  abstract List<String> channelNames(int[] indices);

  /** The pyramid that the level belongs to. */
  public Pyramid pyramid() {
    return Pyramid.of(node, this instanceof Label ? Pyramid.Kind.LABEL : Pyramid.Kind.IMAGE);
  }

  /** Rebuilds every coarser level from this one. */
  public void consolidate() {
    pyramid().rebuild(level);
  }

  /**
   * Rebuilds what derives from some boxes of this level in every coarser level, and nothing else.
   *
   * @param boxes in pixels of this level, axes as on disk
   */
  public void consolidateRegions(Collection<Box> boxes) {
    pyramid().rebuild(level, List.copyOf(boxes));
  }

  final Patch read(SelectedChannels channels, Box box) {
    return patch(channels.read(array, box, Optional.empty()), channels.span(box));
  }

  final Patch patch(NdArray pixels, Box box) {
    return Patch.of(pixels, axes(), pixelSize(), box);
  }

  final void write(SelectedChannels channels, Roi roi, Box box, Patch patch) {
    requireFits(patch, channels.shape(box), roi);
    channels.write(array, box, patch.pixels());
  }

  /**
   * @throws IllegalArgumentException if shape or type differ
   */
  final void requireFits(Patch patch, Shape shape, Roi roi) {
    if (patch.type() != type() || !patch.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "Patch is "
              + patch.type()
              + patch.shape()
              + " but "
              + roi
              + " in "
              + grid.name()
              + " is "
              + type()
              + shape
              + "; patches are not broadcast or cast");
    }
  }

  @Override
  public String toString() {
    return type() + " " + grid;
  }
}
