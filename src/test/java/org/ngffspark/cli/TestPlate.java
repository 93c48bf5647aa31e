// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ngffspark.cli.demo.CellParameters;
import org.ngffspark.cli.demo.SampleLayout;
import org.ngffspark.cli.demo.SamplePlate;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** Small plates of sample images in a folder. */
final class TestPlate {
  private TestPlate() {}

  /** Wells B/03 and C/05 with two images of 128 x 160 pixels each, two channels, three levels. */
  static Path write(Path folder, NgffVersion version) {
    SampleLayout layout = new SampleLayout(version, 2, 3, Shape.of(64, 64), Optional.empty());
    SamplePlate.write(
        StorePath.root(LocalStore.at(folder)),
        layout,
        List.of("B/03", "C/05"),
        2,
        new CellParameters(7, 128, 160, 12, 128, 160));
    return folder;
  }
}
