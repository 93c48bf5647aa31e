// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Optional;
import java.util.function.Supplier;
import org.ngffspark.roi.MaskPlacement;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;

/** Reads and writes objects by id: what masked images and masked labels have in common. */
final class MaskedObjects {
  private final Supplier<MaskingRois> source;
  private Optional<MaskingRois> rois = Optional.empty();

  /**
   * @param source called once, when the first region is asked for
   */
  MaskedObjects(Supplier<MaskingRois> source) {
    this.source = source;
  }

  synchronized MaskingRois rois() {
    if (rois.isEmpty()) {
      rois = Optional.of(source.get());
    }
    return rois.get();
  }

  Patch getRoi(MaskedReader reader, long label, double zoom) {
    Box box = rois().roi(label).zoom(zoom).toBox(reader.level().grid());
    return reader.level().read(reader.selectedChannels(), box);
  }

  MaskedPatch read(MaskedReader reader, long label, double zoom) {
    return reader.read(label, rois().roi(label), zoom);
  }

  Patch getRoiMasked(MaskedReader reader, long label, double zoom) {
    MaskedPatch object = read(reader, label, zoom);
    Patch patch = object.patch();
    NdArray masked = NdArray.zeros(patch.type(), patch.shape());
    object.mask().paste(patch.pixels(), masked);
    return reader.level().patch(masked, patch.box());
  }

  void setRoi(MaskedReader reader, long label, double zoom, Patch patch) {
    reader.level().write(reader.selectedChannels(), rois().roi(label).zoom(zoom), patch);
  }

  void setRoiMasked(MaskedReader reader, long label, double zoom, Patch patch) {
    Roi roi = rois().roi(label);
    MaskPlacement place = reader.place(roi, zoom);
    reader.level().requireFits(patch, place.patchShape(), roi);
    Mask mask = reader.mask(label, place);
    reader.selectedChannels().write(reader.level().array(), place.imageBox(), patch.pixels(), mask);
  }
}
