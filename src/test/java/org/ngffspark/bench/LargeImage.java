// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ngffspark.demo.CellParameters;
import org.ngffspark.demo.SampleImage;
import org.ngffspark.demo.SampleLayout;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/**
 * A square image {@code uint16[1, 1, side, side]} with one object for each 3,200 pixels: 500,000 at
 * 40,000 x 40,000. The nuclei have a table of regions, the cells have none.
 */
public final class LargeImage {
  private static final long PIXELS_PER_OBJECT = 3200;

  private LargeImage() {}

  /**
   * Makes the image if it is not there, and prints how many nuclei it has.
   *
   * @param arguments where, and its side in pixels
   */
  public static void main(String[] arguments) {
    Path image = Path.of(arguments[0]);
    int side = Integer.parseInt(arguments[1]);
    if (!Files.exists(image.resolve(".zattrs"))) {
      Folders.delete(image);
      SampleLayout layout =
          new SampleLayout(NgffVersion.V0_4, 1, 5, Shape.of(2160, 2560), Optional.empty());
      int objects = Math.toIntExact((long) side * side / PIXELS_PER_OBJECT);
      int drawn =
          SampleImage.write(
              StorePath.root(LocalStore.at(image)),
              layout,
              new CellParameters(11, side, side, objects, 2160, 2560));
      System.out.println(image + ": " + drawn + " nuclei");
    }
  }
}
