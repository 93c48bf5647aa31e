// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.util.List;
import org.ngffspark.job.ImageRef;
import org.ngffspark.tables.ImagePlace;
import org.ngffspark.tables.ImagePlace.WellPlace;

/**
 * Where a crop of a set comes from.
 *
 * @param image path or URI of the image
 * @param plate name of the plate's folder; {@code ""} for an image that lies in none
 * @param well path of the well in the plate, as {@code B/03}; {@code ""} likewise
 */
record CropSource(String image, String plate, String well) {
  /** Names of the columns of a set that hold it. */
  static final List<String> COLUMNS = List.of("images", "plates", "wells");

  /**
   * Reads the metadata of the folder that an image lies in.
   *
   * @throws org.ngffspark.zarr.store.FormatException if that is a well with wrong metadata
   */
  static CropSource of(ImageRef image) {
    ImagePlace place = ImagePlace.of(image);
    return new CropSource(
        image.toString(),
        place.well().map(WellPlace::plate).orElse(""),
        place.well().map(WellPlace::name).orElse(""));
  }

  /** Of the values of the columns. */
  static CropSource of(List<String> values) {
    return new CropSource(values.get(0), values.get(1), values.get(2));
  }

  /** The value of a column. */
  String value(String column) {
    return List.of(image, plate, well).get(COLUMNS.indexOf(column));
  }
}
