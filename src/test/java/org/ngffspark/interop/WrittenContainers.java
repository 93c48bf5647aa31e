// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ngffspark.golden.Folders;
import org.ngffspark.golden.Golden;
import org.ngffspark.image.Container;
import org.ngffspark.image.Label;
import org.ngffspark.image.Masked;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.roi.Roi;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.MaskingRoiTableBuilder;
import org.ngffspark.table.RoiTable;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.nd.Box;

/** The golden containers after masked writes, with a label image, tables and a derived image. */
final class WrittenContainers {
  private static final List<String> NAMES =
      List.of("plane-v04", "plane-v05-sharded", "series-v04", "series-v05");
  private static final double[] ZOOMS = {1.0, 1.5, 2.0, 0.5};

  private final Container container;
  private final String masking;

  private WrittenContainers(Path path, String masking) {
    this.container = Container.open(path.toString());
    this.masking = masking;
  }

  static int create(Path folder) throws IOException {
    for (String name : NAMES) {
      Path path = folder.resolve(name + ".zarr");
      Folders.copy(Golden.path("images/" + name + ".zarr"), path);
      String masking = name.startsWith("plane") ? "nuclei" : "cells";
      WrittenContainers written = new WrittenContainers(path, masking);
      written.halveObjects();
      written.addLabel();
      written.addTables();
      written.derive(folder.resolve(name + "-derived.zarr"));
    }
    return NAMES.size();
  }

  /** One channel of each object's zoomed box, inside the object; then what derives from that. */
  private void halveObjects() {
    Masked image = container.maskedImage(masking);
    List<Box> changed = new ArrayList<>();
    long[] labels = image.rois().labels();
    for (int i = 0; i < labels.length; i++) {
      Masked view = image.zoom(ZOOMS[i % ZOOMS.length]).channels(i % container.channels().size());
      Patch patch = view.getRoi(labels[i]);
      for (int at = 0; at < patch.size(); at++) {
        patch.set(at, Math.floor(patch.value(at) / 2));
      }
      view.setRoiMasked(labels[i], patch);
      changed.add(patch.box());
    }
    image.consolidateRegions(changed);
  }

  /** A label image with every second object under another id. */
  private void addLabel() {
    Label label = container.deriveLabel("ours");
    Masked masked = container.maskedLabel("ours", masking);
    long[] labels = masked.rois().labels();
    for (int i = 0; i < labels.length; i += 2) {
      Patch patch = masked.getRoi(labels[i]);
      for (int at = 0; at < patch.size(); at++) {
        patch.setInteger(at, labels[i] + 1000);
      }
      masked.setRoiMasked(labels[i], patch);
    }
    label.consolidate();
  }

  private void addTables() {
    MaskingRois boxes = container.label("ours").boxes();
    MaskingRoiTableBuilder builder = MaskingRoiTable.builder();
    List<Roi> rois = new ArrayList<>();
    for (int i = 0; i < boxes.size(); i++) {
      builder.add(boxes.roiAt(i));
      rois.add(boxes.roiAt(i));
    }
    MaskingRoiTable masks = builder.build();
    for (WritableBackend backend : WritableBackend.values()) {
      String name = backend.name().toLowerCase(Locale.ROOT);
      container.tables().write("ours_masking_" + name, masks, "ours", backend);
      container.tables().write("ours_rois_" + name, RoiTable.of(rois), backend);
    }
  }

  private void derive(Path target) {
    Container derived = container.deriveImage(target.toString());
    Patch pixels = container.image().read();
    derived.image().array().write(pixels.box(), pixels.pixels());
    derived.image().consolidate();
  }
}
