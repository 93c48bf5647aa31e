// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.interop;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.ngffspark.table.Tables;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** Tables of the golden containers, with their further columns, written again by us. */
final class WrittenTables {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/tables");

  private WrittenTables() {}

  static int create(Path folder) {
    int written = 0;
    for (String name : List.of("tables-v04.zarr", "tables-v05.zarr")) {
      Tables golden = Tables.open(StorePath.root(LocalStore.at(GOLDEN.resolve(name))));
      StorePath target = StorePath.root(LocalStore.at(folder.resolve(name)));
      Group.create(target, name.contains("v04") ? ZarrFormat.V2 : ZarrFormat.V3);
      Tables ours = Tables.open(target);
      for (WritableBackend backend : WritableBackend.values()) {
        String suffix = "_as_" + backend.name().toLowerCase(Locale.ROOT);
        for (String table : List.of("rois_anndata_v1", "rois_csv")) {
          ours.write(table + suffix, golden.roiTable(table), backend);
          written++;
        }
        for (String table : List.of("masks_anndata_v1", "masks_csv", "odd")) {
          ours.write(table + suffix, golden.maskingRoiTable(table), "nuclei", backend);
          written++;
        }
        for (String table : List.of("features_anndata_v1", "features_json")) {
          ours.write(table + suffix, golden.featureTable(table), backend);
          written++;
        }
        ours.writeConditions("conditions" + suffix, golden.read("conditions"), backend);
        ours.writeGeneric("generic_csv" + suffix, golden.read("generic_csv"), backend);
        written += 2;
      }
    }
    return written;
  }
}
