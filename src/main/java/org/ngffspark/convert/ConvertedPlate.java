// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ngffspark.apply.Companions;
import org.ngffspark.ngff.ContainerKind;
import org.ngffspark.ngff.Plate;
import org.ngffspark.ngff.PlateImage;
import org.ngffspark.ngff.PlateSelection;
import org.ngffspark.ngff.VersionChange;
import org.ngffspark.ngff.Well;
import org.ngffspark.ngff.WellImage;
import org.ngffspark.table.CopiedTables;
import org.ngffspark.table.Tables;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.store.StorePath;

/**
 * The groups of plates and wells around converted images. They are written after the images, and
 * list those alone that are there: a plate never lists what a run that was stopped has not made.
 */
public final class ConvertedPlate {
  private final StorePath from;
  private final StorePath to;
  private final VersionChange change;

  private ConvertedPlate(StorePath from, StorePath to, VersionChange change) {
    this.from = from;
    this.to = to;
    this.change = change;
  }

  /**
   * Writes the metadata of a plate with those of its wells, or of a well; nothing for an image, and
   * nothing if no image is there. May be repeated when more images are there.
   *
   * @param to where its images were converted to
   * @param companions whether the tables of the plate are copied
   */
  public static void write(StorePath from, StorePath to, OutputForm form, Companions companions) {
    ConvertedPlate written = new ConvertedPlate(from, to, form.change());
    ContainerKind kind = ContainerKind.of(from);
    if (kind == ContainerKind.PLATE) {
      written.plate();
      if (companions == Companions.LABELS_AND_TABLES && written.isThere("", kind)) {
        written.tables();
      }
    } else if (kind == ContainerKind.WELL) {
      List<String> images = Well.open(from).images().stream().map(WellImage::path).toList();
      written.well("", images.stream().filter(written::isThere).collect(Collectors.toSet()));
    }
  }

  private boolean isThere(String image) {
    return isThere(image, ContainerKind.IMAGE);
  }

  private boolean isThere(String node, ContainerKind kind) {
    StorePath path = node.isEmpty() ? to : to.child(node);
    return ContainerKind.find(path).filter(kind::equals).isPresent();
  }

  /** Those that are not there yet. */
  private void tables() {
    Tables source = Tables.open(from);
    Tables copy = Tables.open(to);
    CopiedTables copies = new CopiedTables(source, copy);
    for (String name : source.names()) {
      if (!copy.names().contains(name)) {
        copies.copy(name, name, WritableBackend.of(source.backend(name)));
      }
    }
  }

  private void plate() {
    List<String> wells = new ArrayList<>();
    Plate.open(from).select(PlateSelection.ALL).images().stream()
        .map(PlateImage::name)
        .filter(this::isThere)
        .collect(Collectors.groupingBy(ConvertedPlate::parent))
        .forEach(
            (well, images) -> {
              wells.add(well);
              well(
                  well,
                  images.stream()
                      .map(image -> image.substring(well.length() + 1))
                      .collect(Collectors.toSet()));
            });
    if (!wells.isEmpty()) {
      wells.stream().map(ConvertedPlate::parent).distinct().forEach(this::row);
      create("", "plate", "wells", wells::contains);
    }
  }

  private void row(String row) {
    ObjectNode attributes =
        Group.open(from.child(row)).map(Group::attributes).orElseGet(Json::object);
    Group.create(to.child(row), change.format(), attributes);
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  private void well(String well, Set<String> images) {
    if (!images.isEmpty()) {
      create(well, "well", "images", images::contains);
    }
  }

  /** Of the members that the metadata list by their paths those that pass are kept. */
  private void create(String node, String field, String list, Predicate<String> isKept) {
    ObjectNode attributes = change.attributes(node.isEmpty() ? from : from.child(node));
    JsonNode ome = attributes.has("ome") ? attributes.get("ome") : attributes;
    Iterator<JsonNode> members = ome.path(field).path(list).elements();
    while (members.hasNext()) {
      if (!isKept.test(members.next().path("path").asText())) {
        members.remove();
      }
    }
    Group.create(node.isEmpty() ? to : to.child(node), change.format(), attributes);
  }
}
