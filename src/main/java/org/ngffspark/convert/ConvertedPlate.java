// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import org.ngffspark.ngff.ContainerKind;
import org.ngffspark.ngff.Plate;
import org.ngffspark.ngff.PlateSelection;
import org.ngffspark.ngff.VersionChange;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.store.StorePath;

/** The groups of plates and wells around converted images. */
public final class ConvertedPlate {
  private ConvertedPlate() {}

  /**
   * Writes the metadata of a plate or well, and of the wells in it, in another form; those of an
   * image are its own.
   *
   * @param to where its images were converted to; a well of which there is no image gets none
   */
  public static void write(StorePath from, StorePath to, OutputForm form) {
    VersionChange change = form.change();
    ContainerKind kind = ContainerKind.of(from);
    if (kind == ContainerKind.IMAGE) {
      return;
    }
    if (kind == ContainerKind.PLATE) {
      Plate.open(from).select(PlateSelection.ALL).images().stream()
          .map(image -> image.name().substring(0, image.name().lastIndexOf('/')))
          .distinct()
          .filter(well -> !to.store().list(to.child(well).path()).isEmpty())
          .forEach(well -> create(from.child(well), to.child(well), change));
    }
    create(from, to, change);
  }

  private static void create(StorePath from, StorePath to, VersionChange change) {
    Group.create(to, change.format(), change.attributes(from));
  }
}
