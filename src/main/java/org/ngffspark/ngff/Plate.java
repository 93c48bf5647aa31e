// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import java.util.List;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.json.MetadataProblem;
import org.ngffspark.zarr.json.Problems;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/** A plate: wells, and the images in them. A snapshot of the moment it was opened. */
public final class Plate {
  private final OmeGroup group;
  private final PlateMetadata metadata;
  private final List<MetadataProblem> problems;

  private Plate(OmeGroup group) {
    Problems found = new Problems();
    group.attributes().note(found);
    this.group = group;
    this.metadata = PlateParser.parse(group.attributes(), found);
    this.problems = found.list();
  }

  /**
   * Opens a plate.
   *
   * @throws FormatException if there is none, or its metadata are wrong
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
    OmeForm form = OmeForm.of(version);
    Plate plate = new Plate(OmeGroup.write(path, form, PlateParser.toJson(form, metadata)));
    metadata.wells().stream()
        .map(well -> path.child(well.substring(0, well.indexOf('/'))))
        .distinct()
        .forEach(row -> Group.create(row, form.format()));
    return plate;
  }

  public StorePath path() {
    return group.path();
  }

  public PlateMetadata metadata() {
    return metadata;
  }

  /** What is wrong or unusual in the metadata, and how it is taken. */
  public List<MetadataProblem> problems() {
    return problems;
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
  public PlateImages select(PlateSelection selection) {
    return new PlateSearch(this).select(selection);
  }

  /**
   * As {@link #select}, where every selected well must be readable.
   *
   * @throws FormatException if a selected well cannot be read
   */
  public List<PlateImage> images(PlateSelection selection) {
    PlateImages selected = select(selection);
    if (!selected.unreadable().isEmpty()) {
      UnreadableWell first = selected.unreadable().get(0);
      throw new FormatException("well " + first.well() + " of " + path(), first.reason());
    }
    return selected.images();
  }

  void requireKnown(String what, List<String> wanted, List<String> known) {
    for (String name : wanted) {
      if (!known.contains(name)) {
        throw missing(what, name, known);
      }
    }
  }

  IllegalArgumentException missing(String what, String name, List<String> known) {
    return new IllegalArgumentException(
        "No " + what + " '" + name + "' in plate " + path() + "; it has " + known);
  }
}
