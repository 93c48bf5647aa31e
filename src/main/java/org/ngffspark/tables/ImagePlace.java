// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ngffspark.job.ImageRef;
import org.ngffspark.ngff.ContainerKind;
import org.ngffspark.ngff.Well;
import org.ngffspark.ngff.WellImage;
import org.ngffspark.zarr.store.StorePath;

/**
 * What an image is called in its plate: what tells the objects of many images apart.
 *
 * @param well where the image lies in a plate; empty if it lies in none
 * @param acquisition id of the acquisition; empty if there is no well, or it gives none
 * @param image name of the image in its well, or of its folder
 */
public record ImagePlace(Optional<WellPlace> well, OptionalInt acquisition, String image) {
  /** Plate, row, column, image. */
  private static final int PARTS = 4;

  /**
   * A well of a plate.
   *
   * @param plate name of the plate's folder
   * @param row name of the row
   * @param column name of the column
   */
  public record WellPlace(String plate, String row, String column) {
    /** Path of the well in its plate, as in {@code B/03}. */
    public String name() {
      return row + "/" + column;
    }
  }

  /**
   * Looks where an image lies; reads the metadata of the folder that it lies in.
   *
   * @throws org.ngffspark.zarr.store.FormatException if that is a well with wrong metadata
   */
  public static ImagePlace of(ImageRef image) {
    List<String> names = names(image);
    String own = names.get(names.size() - 1);
    Optional<Well> well = names.size() < PARTS ? Optional.empty() : well(image);
    if (well.isEmpty()) {
      return new ImagePlace(Optional.empty(), OptionalInt.empty(), own);
    }
    List<String> place = names.subList(names.size() - PARTS, names.size());
    OptionalInt acquisition =
        well.get().images().stream()
            .filter(each -> each.path().equals(own))
            .map(WellImage::acquisition)
            .findFirst()
            .orElse(OptionalInt.empty());
    return new ImagePlace(
        Optional.of(new WellPlace(place.get(0), place.get(1), place.get(2))), acquisition, own);
  }

  private static Optional<Well> well(ImageRef image) {
    int slash = image.path().lastIndexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    StorePath folder =
        new ImageRef(image.root(), image.path().substring(0, slash), image.links()).open();
    return ContainerKind.find(folder)
        .filter(kind -> kind == ContainerKind.WELL)
        .map(kind -> Well.open(folder));
  }

  /** The folders above the image, the outermost first, and the image. */
  private static List<String> names(ImageRef image) {
    List<String> names = new ArrayList<>();
    for (String name : (image.root().getPath() + "/" + image.path()).split("/", -1)) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names.isEmpty() ? List.of(image.toString()) : names;
  }
}
