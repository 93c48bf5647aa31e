// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.interop;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ngffspark.demo.CellParameters;
import org.ngffspark.demo.SampleLayout;
import org.ngffspark.demo.SamplePlate;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** Plates of sample images, one a version; the images of 0.5 are sharded. */
final class WrittenPlates {
  private static final List<String> WELLS = List.of("B/03", "C/05");
  private static final Shape CHUNK = Shape.of(64, 96);

  private WrittenPlates() {}

  static long create(Path folder) {
    SampleLayout plain = new SampleLayout(NgffVersion.V0_4, 3, 4, CHUNK, Optional.empty());
    SampleLayout sharded =
        new SampleLayout(NgffVersion.V0_5, 2, 4, CHUNK, Optional.of(Shape.of(256, 192)));
    return write(folder.resolve("plate-v04.zarr"), plain)
        + write(folder.resolve("plate-v05.zarr"), sharded);
  }

  private static long write(Path path, SampleLayout layout) {
    CellParameters image = new CellParameters(5, 411, 500, 40, 200, 250);
    return SamplePlate.write(StorePath.root(LocalStore.at(path)), layout, WELLS, 2, image);
  }
}
