// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ngffspark.job.ImageRef;
import org.ngffspark.ngff.Plate;
import org.ngffspark.ngff.PlateMetadata;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/** The plates that the images of a run lie in, and where each lies, as lines of JSON. */
final class Places {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Places() {}

  /** A line for each plate, and one for each image of a plate. */
  static List<ObjectNode> of(List<ImageRef> images) {
    Map<URI, Optional<PlateMetadata>> plates = new TreeMap<>();
    List<ObjectNode> lines = new ArrayList<>();
    for (ImageRef image : images) {
      boolean first = !plates.containsKey(image.root());
      Optional<PlateMetadata> plate =
          plates.computeIfAbsent(
              image.root(), root -> image.path().isEmpty() ? Optional.empty() : plate(image));
      if (plate.isPresent()) {
        if (first) {
          lines.add(line(image.root(), plate.get()));
        }
        place(image, plate.get()).ifPresent(lines::add);
      }
    }
    return lines;
  }

  /** What is no plate that can be read is shown as images without wells. */
  private static Optional<PlateMetadata> plate(ImageRef image) {
    try {
      StorePath root = StorePath.root(StoreLocations.open(image.root(), image.links()));
      return Optional.of(Plate.open(root).metadata());
    } catch (FormatException none) {
      return Optional.empty();
    }
  }

  private static ObjectNode line(URI root, PlateMetadata plate) {
    ObjectNode line = JSON.objectNode().put("kind", "plate").put("plate", root.toString());
    line.put("name", new ImageRef(root, "").toString());
    plate.rows().forEach(line.putArray("rows")::add);
    plate.columns().forEach(line.putArray("columns")::add);
    plate.wells().forEach(line.putArray("wells")::add);
    return line;
  }

  private static Optional<ObjectNode> place(ImageRef image, PlateMetadata plate) {
    return plate.wells().stream()
        .filter(well -> image.path().startsWith(well + "/"))
        .findFirst()
        .map(
            well ->
                JSON.objectNode()
                    .put("kind", "place")
                    .put("input", image.toString())
                    .put("plate", image.root().toString())
                    .put("well", well)
                    .put("image", image.path().substring(well.length() + 1)));
  }
}
