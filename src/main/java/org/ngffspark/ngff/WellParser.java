// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The {@code well} field, read and written. */
final class WellParser {
  static final String WELL = "well";
  private static final String IMAGES = "images";
  private static final String PATH = "path";
  private static final String ACQUISITION = "acquisition";
  private static final String VERSION = "version";

  private WellParser() {}

  static List<WellImage> parse(OmeAttributes attributes) {
    JsonView well = attributes.view().require(WELL);
    OmeAttributes.checkVersion(well, attributes.version());
    List<WellImage> images = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    for (JsonView view : well.require(IMAGES).elements()) {
      WellImage image = image(view);
      if (!paths.add(image.path())) {
        throw view.require(PATH).problem("must not be listed twice");
      }
      images.add(image);
    }
    return images;
  }

  private static WellImage image(JsonView view) {
    Optional<Integer> acquisition = view.find(ACQUISITION).map(JsonView::index);
    return new WellImage(
        NodeName.name(view.require(PATH)),
        acquisition.map(OptionalInt::of).orElse(OptionalInt.empty()));
  }

  static ObjectNode toJson(NgffVersion version, List<WellImage> images) {
    ObjectNode ome = JsonNodeFactory.instance.objectNode();
    ObjectNode well = ome.putObject(WELL);
    ArrayNode list = well.putArray(IMAGES);
    images.forEach(image -> list.add(toJson(image)));
    well.put(VERSION, version.text());
    return ome;
  }

  /** Lists one more image in a well that was parsed before. */
  static void append(ObjectNode ome, WellImage image) {
    ((ArrayNode) ome.get(WELL).get(IMAGES)).add(toJson(image));
  }

  private static ObjectNode toJson(WellImage image) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put(PATH, image.path());
    image.acquisition().ifPresent(id -> json.put(ACQUISITION, id));
    return json;
  }
}
