// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.store.StorePath;

/** A plate: wells, and the images in them. A snapshot of the moment it was opened. */
public final class Plate {
  private final OmeGroup group;
  private final PlateMetadata metadata;

  private Plate(OmeGroup group) {
    this.group = group;
    this.metadata = PlateParser.parse(group.attributes());
  }

  /**
   * Opens a plate.
   *
   * @throws org.ngffspark.zarr.store.FormatException if there is none, or its metadata are wrong
   */
  public static Plate open(StorePath path) {
    return new Plate(ContainerKind.PLATE.open(path));
  }

  /**
   * Makes a plate with a group for each row; wells are made by {@link Well#create}.
   *
   * @throws IllegalArgumentException if a well is not a row and a column of the plate
   */
  public static Plate create(StorePath path, NgffVersion version, PlateMetadata metadata) {
    for (String well : metadata.wells()) {
      String[] parts = well.split("/", -1);
      if (parts.length != 2
          || !metadata.rows().contains(parts[0])
          || !metadata.columns().contains(parts[1])) {
        throw new IllegalArgumentException(
            "Wells are a row and a column of the plate, as in B/03, got '" + well + "'");
      }
    }
    Plate plate = new Plate(OmeGroup.write(path, version, PlateParser.toJson(version, metadata)));
    metadata.wells().stream()
        .map(well -> path.child(well.substring(0, well.indexOf('/'))))
        .distinct()
        .forEach(row -> Group.create(row, OmeGroup.formatOf(version)));
    return plate;
  }

  public StorePath path() {
    return group.path();
  }

  public PlateMetadata metadata() {
    return metadata;
  }

  /**
   * Opens a well by its path.
   *
   * @throws IllegalArgumentException if the plate has none; the message lists those it has
   */
  public Well well(String well) {
    requireKnown("well", List.of(well), metadata.wells());
    return Well.open(path().child(well));
  }

  /**
   * The selected images, in the order of wells and of images in each well; reads the metadata of
   * the selected wells.
   *
   * @throws IllegalArgumentException if something selected by name is not there; the message lists
   *     what is
   */
  public List<PlateImage> images(PlateSelection selection) {
    requireKnown("well", selection.wells(), metadata.wells());
    List<Integer> acquisitions = acquisitionIds(selection.acquisitions());
    List<PlateImage> found = new ArrayList<>();
    for (String well : metadata.wells()) {
      if (selects(selection.wells(), well)) {
        images(Well.open(path().child(well)), well, acquisitions).forEach(found::add);
      }
    }
    requireKnown(
        "image", selection.images(), found.stream().map(PlateImage::image).distinct().toList());
    found.removeIf(image -> !selects(selection.images(), image.image()));
    return found;
  }

  private static Stream<PlateImage> images(Well well, String path, List<Integer> acquisitions) {
    return well.images().stream()
        .filter(
            image ->
                acquisitions.isEmpty()
                    || image.acquisition().stream().anyMatch(acquisitions::contains))
        .map(image -> new PlateImage(path, image.path(), well.path().child(image.path())));
  }

  private static boolean selects(List<String> wanted, String name) {
    return wanted.isEmpty() || wanted.contains(name);
  }

  private List<Integer> acquisitionIds(List<String> wanted) {
    List<Integer> ids = new ArrayList<>();
    for (String text : wanted) {
      ids.add(
          metadata.acquisitions().stream()
              .filter(acquisition -> acquisition.isCalled(text))
              .findFirst()
              .orElseThrow(() -> missing("acquisition", text, acquisitionNames()))
              .id());
    }
    return ids;
  }

  private List<String> acquisitionNames() {
    return metadata.acquisitions().stream()
        .map(found -> found.id() + found.name().map(name -> " (" + name + ")").orElse(""))
        .toList();
  }

  private void requireKnown(String what, List<String> wanted, List<String> known) {
    for (String name : wanted) {
      if (!known.contains(name)) {
        throw missing(what, name, known);
      }
    }
  }

  private IllegalArgumentException missing(String what, String name, List<String> known) {
    return new IllegalArgumentException(
        "No " + what + " '" + name + "' in plate " + path() + "; it has " + known);
  }
}
