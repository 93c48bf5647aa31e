// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.json.Problems;

/** The {@code well} field, read and written. */
final class WellParser {
  static final String WELL = "well";
  private static final String IMAGES = "images";
  private static final String PATH = "path";
  private static final String ACQUISITION = "acquisition";
  private static final String LEFT_OUT = "it is left out";

  private WellParser() {}

  /**
   * @param problems takes what is wrong with single images, which are then left out
   */
  static List<WellImage> parse(OmeAttributes attributes, Problems problems) {
    List<WellImage> images = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    for (JsonView view : attributes.view().require(WELL).require(IMAGES).elements()) {
      Optional<WellImage> image =
          problems.member(view, element -> image(element, problems), LEFT_OUT);
      if (image.filter(found -> paths.add(found.path())).isPresent()) {
        images.add(image.get());
      } else if (image.isPresent()) {
        problems.add(view.require(PATH), "is listed twice");
      }
    }
    return images;
  }

  private static WellImage image(JsonView view, Problems problems) {
    OptionalInt acquisition =
        view.find(ACQUISITION)
            .flatMap(found -> problems.member(found, JsonView::index, LEFT_OUT))
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty());
    return new WellImage(NodeName.name(view.require(PATH)), acquisition);
  }

  static ObjectNode toJson(OmeForm form, List<WellImage> images) {
    ObjectNode ome = JsonNodeFactory.instance.objectNode();
    ObjectNode well = ome.putObject(WELL);
    ArrayNode list = well.putArray(IMAGES);
    images.forEach(image -> list.add(toJson(image)));
    if (form.version() != NgffVersion.V0_6) {
      well.put(OmeForm.VERSION, form.tag());
    }
    return ome;
  }

  /** Lists one more image in a well that was parsed before. */
  static void append(ObjectNode ome, WellImage image) {
    ((ArrayNode) ome.get(WELL).get(IMAGES)).add(toJson(image));
  }

  /** Takes an image out of the list of a well that was parsed before. */
  static void remove(ObjectNode ome, String image) {
    for (Iterator<JsonNode> each = ome.get(WELL).get(IMAGES).iterator(); each.hasNext(); ) {
      if (each.next().path(PATH).asText().equals(image)) {
        each.remove();
      }
    }
  }

  private static ObjectNode toJson(WellImage image) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put(PATH, image.path());
    image.acquisition().ifPresent(id -> json.put(ACQUISITION, id));
    return json;
  }
}
