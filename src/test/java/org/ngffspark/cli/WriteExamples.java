// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ngffspark.demo.CellParameters;
import org.ngffspark.demo.SampleImage;
import org.ngffspark.demo.SampleLayout;
import org.ngffspark.demo.SamplePlate;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/**
 * Writes what documents call {@code plate.zarr}, two wells with an image of 128 x 160 pixels each,
 * and {@code image.zarr}, of 720 x 720 pixels, both with the channels DAPI and GFP.
 */
public final class WriteExamples {
  private WriteExamples() {}

  /** Arguments: the folder to write to. */
  public static void main(String[] arguments) {
    into(Path.of(arguments[0]));
  }

  static void into(Path folder) {
    SamplePlate.write(
        root(folder.resolve("plate.zarr")),
        layout(NgffVersion.V0_5, 64),
        List.of("B/03", "C/05"),
        1,
        new CellParameters(7, 128, 160, 12, 128, 160));
    SampleImage.write(
        root(folder.resolve("image.zarr")),
        layout(NgffVersion.V0_4, 256),
        new CellParameters(8, 720, 720, 20, 720, 720));
  }

  private static StorePath root(Path folder) {
    return StorePath.root(LocalStore.at(folder.toAbsolutePath()));
  }

  private static SampleLayout layout(NgffVersion version, long chunk) {
    return new SampleLayout(version, 2, 3, Shape.of(chunk, chunk), Optional.empty());
  }
}
