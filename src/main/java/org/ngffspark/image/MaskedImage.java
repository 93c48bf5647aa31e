// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Collection;
import java.util.function.Supplier;
import org.ngffspark.zarr.nd.Box;

/**
 * An image whose objects are read and written by their label id. Regions are those of the masking
 * ROI table; a zoom grows them in y and x about their centre, 1 leaves them as they are.
 *
 * <p>Safe for several threads: writes of different objects lose nothing, also where their boxes
 * overlap. Coarser levels stay as they are until {@link #consolidate}.
 */
public final class MaskedImage {
  private final Image image;
  private final Label label;
  private final MaskedReader allChannels;
  private final MaskedObjects objects;

  MaskedImage(Image image, Label label, Supplier<MaskingRois> rois) {
    this.image = image;
    this.label = label;
    this.allChannels = MaskedReader.of(image, label, ChannelSelection.all());
    this.objects = new MaskedObjects(rois);
  }

  public Image image() {
    return image;
  }

  /** The level of the label image that masks are made from. */
  public Label label() {
    return label;
  }

  /** The regions of all objects. */
  public MaskingRois rois() {
    return objects.rois();
  }

  /** Reads objects with some channels only. */
  public MaskedReader reader(ChannelSelection channels) {
    return channels.isAll() ? allChannels : MaskedReader.of(image, label, channels);
  }

  /** All pixels of an object's region, all channels. */
  public Patch getRoi(long label) {
    return getRoi(label, 1, ChannelSelection.all());
  }

  /**
   * All pixels of an object's region, cut to the image; axes as on disk.
   *
   * @param zoom positive and finite
   * @throws IllegalArgumentException if there is no such object or channel
   */
  public Patch getRoi(long label, double zoom, ChannelSelection channels) {
    return objects.getRoi(reader(channels), label, zoom);
  }

  /** The pixels of an object, 0 around it, all channels. */
  public Patch getRoiMasked(long label) {
    return getRoiMasked(label, 1, ChannelSelection.all());
  }

  /**
   * As {@link #getRoi}, with 0 for pixels whose label is another one.
   *
   * @throws IllegalArgumentException if there is no such object or channel, or the label image does
   *     not fit
   */
  public Patch getRoiMasked(long label, double zoom, ChannelSelection channels) {
    return objects.getRoiMasked(reader(channels), label, zoom);
  }

  /** An object with its mask, all channels. */
  public MaskedPatch read(long label) {
    return read(label, 1, ChannelSelection.all());
  }

  /** An object with its mask; parameters and errors as for {@link #getRoiMasked}. */
  public MaskedPatch read(long label, double zoom, ChannelSelection channels) {
    return objects.read(reader(channels), label, zoom);
  }

  /** Writes all pixels of an object's region, all channels. */
  public void setRoi(long label, Patch patch) {
    setRoi(label, 1, ChannelSelection.all(), patch);
  }

  /**
   * Writes all pixels of an object's region.
   *
   * @throws IllegalArgumentException if there is no such object or channel, a channel is selected
   *     twice, or the patch has not exactly the shape and type of the region
   */
  public void setRoi(long label, double zoom, ChannelSelection channels, Patch patch) {
    objects.setRoi(reader(channels), label, zoom, patch);
  }

  /** Writes the pixels of an object, all channels. */
  public void setRoiMasked(long label, Patch patch) {
    setRoiMasked(label, 1, ChannelSelection.all(), patch);
  }

  /**
   * Writes the pixels whose label is that of the object; every other pixel keeps its bits.
   *
   * @throws IllegalArgumentException as {@link #setRoi}, or if the label image does not fit
   */
  public void setRoiMasked(long label, double zoom, ChannelSelection channels, Patch patch) {
    objects.setRoiMasked(reader(channels), label, zoom, patch);
  }

  /** Rebuilds every coarser level of the image from this one. */
  public void consolidate() {
    image.consolidate();
  }

  /** Rebuilds what derives from some boxes of the image's level, and nothing else. */
  public void consolidateRegions(Collection<Box> boxes) {
    image.consolidateRegions(boxes);
  }

  @Override
  public String toString() {
    return image + " masked by " + label.grid().name();
  }
}
