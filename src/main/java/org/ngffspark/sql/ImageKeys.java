// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.sql;

import java.util.Optional;
import org.ngffspark.tables.ImagePlace;
import org.ngffspark.tables.ImagePlace.WellPlace;

/** The values of the columns that follow from an image alone. */
record ImageKeys(ImagePlace place) {
  /** The value of a column; empty if there is none. */
  Optional<?> value(String column) {
    return switch (column) {
      case ObjectSchema.PLATE -> place.well().map(WellPlace::plate);
      case ObjectSchema.ROW -> place.well().map(WellPlace::row);
      case ObjectSchema.COLUMN -> place.well().map(WellPlace::column);
      case ObjectSchema.WELL -> place.well().map(WellPlace::name);
      case ObjectSchema.IMAGE -> Optional.of(place.image());
      case ObjectSchema.ACQUISITION ->
          place.acquisition().isPresent()
              ? Optional.of(place.acquisition().getAsInt())
              : Optional.empty();
      default -> Optional.empty();
    };
  }
}
