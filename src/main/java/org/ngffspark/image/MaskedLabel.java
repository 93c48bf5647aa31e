// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Collection;
import java.util.function.Supplier;
import org.ngffspark.zarr.nd.Box;

/**
 * A label image whose pixels are read and written by the objects of another label image, the
 * masking one. Ids given to its methods are those of the masking label.
 *
 * <p>Safe for several threads, as {@link MaskedImage}.
 */
public final class MaskedLabel {
  private final Label label;
  private final Label masking;
  private final MaskedReader reader;
  private final MaskedObjects objects;

  MaskedLabel(Label label, Label masking, Supplier<MaskingRois> rois) {
    this.label = label;
    this.masking = masking;
    this.reader = MaskedReader.of(label, masking);
    this.objects = new MaskedObjects(rois);
  }

  /** The label image that is read and written. */
  public Label label() {
    return label;
  }

  /** The level of the label image that masks are made from. */
  public Label masking() {
    return masking;
  }

  /** The regions of all objects of the masking label. */
  public MaskingRois rois() {
    return objects.rois();
  }

  public MaskedReader reader() {
    return reader;
  }

  /** All pixels of an object's region. */
  public Patch getRoi(long label) {
    return getRoi(label, 1);
  }

  /**
   * All pixels of an object's region, cut to the image; axes as on disk.
   *
   * @param zoom positive and finite
   * @throws IllegalArgumentException if there is no such object
   */
  public Patch getRoi(long label, double zoom) {
    return objects.getRoi(reader, label, zoom);
  }

  /** The ids inside an object, 0 around it. */
  public Patch getRoiMasked(long label) {
    return getRoiMasked(label, 1);
  }

  /**
   * As {@link #getRoi}, with 0 for pixels outside the object.
   *
   * @throws IllegalArgumentException if there is no such object, or the masking label does not fit
   */
  public Patch getRoiMasked(long label, double zoom) {
    return objects.getRoiMasked(reader, label, zoom);
  }

  /** The ids in an object's region with the object's mask. */
  public MaskedPatch read(long label, double zoom) {
    return objects.read(reader, label, zoom);
  }

  /** Writes all pixels of an object's region. */
  public void setRoi(long label, Patch patch) {
    setRoi(label, 1, patch);
  }

  /**
   * Writes all pixels of an object's region.
   *
   * @throws IllegalArgumentException if there is no such object, or the patch has not exactly the
   *     shape and type of the region
   */
  public void setRoi(long label, double zoom, Patch patch) {
    objects.setRoi(reader, label, zoom, patch);
  }

  /** Writes the ids inside an object. */
  public void setRoiMasked(long label, Patch patch) {
    setRoiMasked(label, 1, patch);
  }

  /**
   * Writes the ids of the pixels inside an object; every other pixel keeps its bits.
   *
   * @throws IllegalArgumentException as {@link #setRoi}, or if the masking label does not fit
   */
  public void setRoiMasked(long label, double zoom, Patch patch) {
    objects.setRoiMasked(reader, label, zoom, patch);
  }

  /** Rebuilds every coarser level of the label image from this one. */
  public void consolidate() {
    label.consolidate();
  }

  /** Rebuilds what derives from some boxes of the label image's level, and nothing else. */
  public void consolidateRegions(Collection<Box> boxes) {
    label.consolidateRegions(boxes);
  }

  @Override
  public String toString() {
    return label + " masked by " + masking.grid().name();
  }
}
