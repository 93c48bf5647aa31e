// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Growth;
import org.ngffspark.roi.MaskPlacement;
import org.ngffspark.roi.PixelGrid;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Cuts objects out of one level: the pixels of a zoomed region with the mask that one level of a
 * label image gives. Safe for several threads.
 */
public final class MaskedReader {
  private final ImageLevel level;
  private final Label label;
  private final SelectedChannels channels;
  private final SelectedChannels labelChannels;
  private final List<String> channelNames;
  private final PixelGrid regions;
  private final MaskFit geometry;
  private final String image;

  private MaskedReader(
      ImageLevel level, Label label, PixelGrid regions, ChannelSelection selection, String image) {
    this.level = level;
    this.label = label;
    this.regions = regions;
    this.geometry = MaskFit.of(regions, label.grid());
    this.channels = level.select(selection);
    this.labelChannels = labelChannels(label, channels);
    this.channelNames = level.channelNames(channels.indices());
    this.image = image;
  }

  /** Of several channels those that mask the channels read. */
  private static SelectedChannels labelChannels(Label label, SelectedChannels read) {
    SelectedChannels all = label.select(ChannelSelection.all());
    return all.count() > 1 && read.count() > 0
        ? new SelectedChannels(label.axes().index(AxisName.C), read.indices())
        : all;
  }

  /**
   * All channels of a level, masked by a label image.
   *
   * @param grid where the label's pixels lie
   * @param image URI of the image that both belong to
   */
  static MaskedReader of(ImageLevel level, Label label, LabelGrid grid, String image) {
    PixelGrid regions = grid == LabelGrid.SAME ? level.grid().laidOn(label.grid()) : level.grid();
    return new MaskedReader(level, label, regions, ChannelSelection.all(), image);
  }

  /**
   * The same.
   *
   * @throws IllegalArgumentException if the label does not cover the level, so that there are no
   *     masks
   */
  MaskedReader requireMasks() {
    geometry.required();
    return this;
  }

  MaskedReader channels(ChannelSelection selection) {
    return new MaskedReader(level, label, regions, selection, image);
  }

  /** What is cut: a level of an image or label image. */
  public ImageLevel level() {
    return level;
  }

  /** What the masks are made from. */
  public Label label() {
    return label;
  }

  /** Where the pixels of the level lie in the world of the regions. */
  public PixelGrid grid() {
    return regions;
  }

  /** The indices of the channels read, in the order of the patches. */
  public int[] channels() {
    return channels.indices();
  }

  /** The labels of the channels read, in the order of the patches; none of a label image. */
  public List<String> channelNames() {
    return channelNames;
  }

  SelectedChannels selectedChannels() {
    return channels;
  }

  /**
   * Where an object lies on image and label.
   *
   * @param roi of the object, not grown
   * @param growth how it grows before it is cut out
   * @throws IllegalArgumentException if the region has a range on an axis that is not there, or the
   *     label does not cover the level or fit the patch
   */
  public MaskPlacement place(Roi roi, Growth growth) {
    return geometry.required().place(grown(roi, growth), channels.count());
  }

  private Roi grown(Roi roi, Growth growth) {
    return roi.grow(growth, regions.pixelSize());
  }

  /**
   * The axes on which one plane of the label image masks several planes of the level, and on which
   * the region leaves some of these out; as {@code 1 of 3 planes on axis z}, {@code ""} for none.
   */
  public String planesLeftOut(MaskPlacement place) {
    return geometry.required().planesLeftOut(place);
  }

  /**
   * Where an object lies on the level, in pixels, with all channels; errors as in {@link #place}.
   */
  public Box region(Roi roi, Growth growth) {
    return grown(roi, growth).toBox(regions);
  }

  /** The box of an object on the image, in pixels, with the channels that the selection spans. */
  public Box box(MaskPlacement place) {
    return channels.span(place.imageBox());
  }

  /** The object, read from the store. Parameters and errors are those of {@link #place}. */
  public MaskedPatch read(long id, Roi roi, Growth growth) {
    return read(id, place(roi, growth), Optional.empty());
  }

  /**
   * The object, from decoded chunks of image and label.
   *
   * @param id of the object in the label image
   */
  public MaskedPatch read(long id, MaskPlacement place, ChunkSource chunks) {
    return read(id, place, Optional.of(chunks));
  }

  /**
   * The object, whose mask is known already: from another channel, say. The label image is read
   * from the same chunks when a transform asks for it.
   *
   * @throws IllegalArgumentException if the mask does not have the shape of the patch
   */
  public MaskedPatch read(long id, MaskPlacement place, Mask mask, ChunkSource chunks) {
    Optional<ChunkSource> source = Optional.of(chunks);
    return MaskedPatch.of(
        patch(place, source), () -> labels(place, source), mask, id, channelNames, image);
  }

  private MaskedPatch read(long id, MaskPlacement place, Optional<ChunkSource> chunks) {
    Patch labels = labels(place, chunks);
    Patch patch = patch(place, chunks);
    Mask mask = Mask.of(labels, id, patch.axes(), patch.shape());
    return MaskedPatch.of(patch, () -> labels, mask, id, channelNames, image);
  }

  private Patch patch(MaskPlacement place, Optional<ChunkSource> chunks) {
    return level.patch(channels.read(level.array(), place.imageBox(), chunks), box(place));
  }

  /** The object's mask alone. */
  Mask mask(long id, MaskPlacement place) {
    return mask(id, place, Optional.empty());
  }

  /** The object's mask alone, from decoded chunks of the label image. */
  public Mask mask(long id, MaskPlacement place, ChunkSource chunks) {
    return inChunk(id, place, chunks).orElseGet(() -> mask(id, place, Optional.of(chunks)));
  }

  /** Most objects lie in one chunk, and need no copy of it. */
  private Optional<Mask> inChunk(long id, MaskPlacement place, ChunkSource chunks) {
    Box box = place.labelBox();
    ChunkGrid grid = label.array().chunks();
    List<GridPosition> touched = grid.touching(box);
    if (touched.size() != 1 || !masksAreApart()) {
      return Optional.empty();
    }
    GridPosition chunk = touched.get(0);
    Box part = box.relativeTo(grid.fullBox(chunk));
    return chunks
        .chunk(label.array(), chunk)
        .map(ids -> new MaskScan(ids, part, label.axes(), id, level.axes(), place.patchShape()))
        .map(MaskScan::mask);
  }

  private Mask mask(long id, MaskPlacement place, Optional<ChunkSource> chunks) {
    return Mask.of(labels(place, chunks), id, level.axes(), place.patchShape());
  }

  /**
   * Whether no pixel is in the masks of two objects; see {@link
   * org.ngffspark.roi.MaskGeometry#isPixelByPixel}.
   */
  public boolean masksAreApart() {
    return geometry.required().isPixelByPixel();
  }

  /** The label ids on the grid of the patch. */
  private Patch labels(MaskPlacement place, Optional<ChunkSource> chunks) {
    NdArray block = labelChannels.read(label.array(), place.labelBox(), chunks);
    NdArray labels = place.resample(block);
    long[] start = new long[label.axes().rank()];
    Arrays.setAll(
        start,
        axis -> place.imageBox().start(level.axes().index(label.axes().name(axis)).orElseThrow()));
    Box corner = Box.of(start, start);
    Box box = Box.whole(labels.shape()).within(corner);
    return Patch.of(labels, label.axes(), level.pixelSize(), box);
  }
}
