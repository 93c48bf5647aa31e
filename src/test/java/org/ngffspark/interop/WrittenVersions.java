// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.interop;

import java.nio.file.Path;
import org.ngffspark.image.Container;
import org.ngffspark.image.Label;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.image.TestContainer;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.MaskingRoiTableBuilder;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/**
 * A new image of each version with a pyramid, label images, a table, and an image derived from it.
 */
final class WrittenVersions {
  private WrittenVersions() {}

  static int create(Path folder) {
    for (NgffVersion version : NgffVersion.values()) {
      StorePath path = StorePath.root(LocalStore.at(folder.resolve("v" + version + ".zarr")));
      Container container = TestContainer.plane().withVersion(version).create(path);
      container.image().pyramid().withLevels(3);
      container.labels().forEach(name -> container.label(name).pyramid().withLevels(3));
      Label nuclei = container.label("nuclei");
      container.tables().write("regions", table(nuclei), "nuclei", WritableBackend.ANNDATA);
      Container.open(path).deriveImage(folder.resolve("derived-v" + version + ".zarr").toString());
    }
    return NgffVersion.values().length;
  }

  private static MaskingRoiTable table(Label label) {
    LabelBoxes boxes = label.boxes();
    MaskingRoiTableBuilder rows = MaskingRoiTable.builder();
    for (int i = 0; i < boxes.size(); i++) {
      rows.add(boxes.roiAt(i));
    }
    return rows.build().madeOf(label.fingerprint());
  }
}
