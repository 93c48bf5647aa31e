// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ngffspark.ngff.Acquisition;
import org.ngffspark.ngff.Plate;
import org.ngffspark.ngff.PlateMetadata;
import org.ngffspark.ngff.Well;
import org.ngffspark.ngff.WellImage;
import org.ngffspark.zarr.store.StorePath;

/** Writes a plate of sample images; no two are alike. */
public final class SamplePlate {
  private SamplePlate() {}

  /**
   * Writes a plate.
   *
   * @param wells paths of the wells, as in {@code B/03}
   * @param imagesPerWell named 0, 1, …
   * @param image the first image; the others differ in their seed
   * @return how many nuclei all images have
   * @throws IllegalArgumentException if a well's path is not a row and a column
   */
  public static long write(
      StorePath path,
      SampleLayout layout,
      List<String> wells,
      int imagesPerWell,
      CellParameters image) {
    Plate.create(path, layout.version(), metadata(wells));
    long objects = 0;
    long seed = image.seed();
    for (String well : wells) {
      List<WellImage> images = new ArrayList<>();
      for (int index = 0; index < imagesPerWell; index++) {
        String name = Integer.toString(index);
        objects += SampleImage.write(path.child(well).child(name), layout, image.withSeed(seed++));
        images.add(new WellImage(name, OptionalInt.of(0)));
      }
      Well.create(path.child(well), layout.version(), images);
    }
    return objects;
  }

  private static PlateMetadata metadata(List<String> wells) {
    return new PlateMetadata(
        Optional.of("sample"),
        wells.stream().map(well -> well.replaceAll("/.*", "")).distinct().sorted().toList(),
        wells.stream().map(well -> well.replaceAll(".*/", "")).distinct().sorted().toList(),
        wells,
        List.of(new Acquisition(0, Optional.of("sample"))));
  }
}
