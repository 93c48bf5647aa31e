// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.ngffspark.roi.Growth;
import org.ngffspark.roi.MaskPlacement;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.nd.Box;

/**
 * A level of an image, or of a label image, whose objects are read and written by their ids in the
 * label image that masks it. {@link #zoom} and {@link #channels(String...)} give views that read
 * and write larger regions or some channels only; at first regions are not zoomed and all channels
 * are taken.
 *
 * <p>Safe for several threads: writes of different objects lose nothing, also where their boxes
 * overlap. Coarser levels stay as they are until {@link #consolidate}.
 */
public final class Masked {
  private final MaskedReader reader;
  private final MaskedObjects objects;
  private final Growth growth;

  private Masked(MaskedReader reader, MaskedObjects objects, Growth growth) {
    this.reader = reader;
    this.objects = objects;
    this.growth = growth;
  }

  /**
   * @param grid where the label's pixels lie
   * @param rois called once, when the first region is asked for
   * @param image URI of the image that both belong to
   */
  static Masked of(
      ImageLevel level, Label label, LabelGrid grid, Supplier<MaskingRois> rois, String image) {
    MaskedReader reader = MaskedReader.of(level, label, grid, image);
    return new Masked(reader, new MaskedObjects(rois), Growth.by(1));
  }

  /**
   * The same objects with regions grown in y and x about their centre.
   *
   * @param factor of the regions of the table, whatever the zoom of this view is; positive and
   *     finite
   */
  public Masked zoom(double factor) {
    return grow(Growth.by(factor));
  }

  /** As {@link #zoom}, on each axis by itself, and by a width. */
  public Masked grow(Growth how) {
    return new Masked(reader, objects, how);
  }

  /**
   * The same objects in some channels of the image, each named by its label, wavelength id or
   * index, see {@link ChannelSelection#named}.
   *
   * @throws IllegalArgumentException if a channel is not there, or a label image is masked
   */
  public Masked channels(String... names) {
    return channels(ChannelSelection.named(List.of(names)));
  }

  /** As {@link #channels(String...)}, by index from 0. */
  public Masked channels(int... indices) {
    return channels(ChannelSelection.indices(indices));
  }

  /** As {@link #channels(String...)}. */
  public Masked channels(ChannelSelection selection) {
    return new Masked(reader.channels(selection), objects, growth);
  }

  /** What is read and written. */
  public ImageLevel level() {
    return reader.level();
  }

  /** The level of the label image that masks are made from. */
  public Label label() {
    return reader.label();
  }

  /** The regions of all objects, not zoomed. */
  public MaskingRois rois() {
    return objects.rois();
  }

  /**
   * Reads objects of these channels from decoded chunks, as a run does.
   *
   * @throws IllegalArgumentException if the label does not cover the level, so that there are no
   *     masks
   */
  public MaskedReader reader() {
    return reader.requireMasks();
  }

  /**
   * All pixels of an object's region, cut to the image; axes as on disk.
   *
   * @throws IllegalArgumentException if there is no such object
   */
  public Patch getRoi(long id) {
    return level().read(reader.selectedChannels(), region(id).toBox(reader.grid()));
  }

  /**
   * As {@link #getRoi}, with 0 for pixels whose label is another one.
   *
   * @throws IllegalArgumentException if there is no such object, or the label image does not fit
   */
  public Patch getRoiMasked(long id) {
    return read(id).masked();
  }

  /** An object with its mask; errors are those of {@link #getRoiMasked}. */
  public MaskedPatch read(long id) {
    return reader.read(id, rois().roi(id), growth);
  }

  /**
   * All objects, each with its mask, one for every region; its patch is empty where the region lies
   * outside the level. They come in the order of the chunks in which their regions begin, then by
   * ascending id, so that a chunk is decoded once as a rule, however many objects lie in it: chunks
   * are kept in up to a quarter of the heap. What is written by this view or one made from it is
   * seen by objects that come later, at the price of decoding the level's chunks again.
   */
  public Iterable<MaskedPatch> objects() {
    return () -> new ObjectIterator(reader, objects, growth);
  }

  /**
   * Writes all pixels of an object's region.
   *
   * @throws IllegalArgumentException if there is no such object, a channel is selected twice, or
   *     the patch has not exactly the shape and type of the region
   */
  public void setRoi(long id, Patch patch) {
    Roi region = region(id);
    level().write(reader.selectedChannels(), region, region.toBox(reader.grid()), patch);
    objects.written();
  }

  /**
   * Writes the pixels whose label is that of the object; every other pixel keeps its bits.
   *
   * @throws IllegalArgumentException as {@link #setRoi}, or if the label image does not fit
   */
  public void setRoiMasked(long id, Patch patch) {
    Roi roi = rois().roi(id);
    MaskPlacement place = reader.place(roi, growth);
    level().requireFits(patch, place.patchShape(), roi);
    Mask mask = reader.mask(id, place);
    reader.selectedChannels().write(level().array(), place.imageBox(), patch.pixels(), mask);
    objects.written();
  }

  private Roi region(long id) {
    return rois().roi(id).grow(growth, reader.grid().pixelSize());
  }

  /** Rebuilds every coarser level from this one. */
  public void consolidate() {
    level().consolidate();
  }

  /** Rebuilds what derives from some boxes of this level, in pixels, and nothing else. */
  public void consolidateRegions(Collection<Box> boxes) {
    level().consolidateRegions(boxes);
  }

  @Override
  public String toString() {
    return level() + " masked by " + label().grid().name();
  }
}
