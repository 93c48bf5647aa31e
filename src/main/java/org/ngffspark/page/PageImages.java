// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The images of a run as the template takes them: paths, links to viewers, thumbnails. */
final class PageImages {
  private static final List<String> TIMES = List.of("before", "after");

  private final RunLines lines;
  private final ViewerLinks links;

  PageImages(RunLines lines, ViewerLinks links) {
    this.lines = lines;
    this.links = links;
  }

  List<Map<String, Object>> all() {
    List<Map<String, Object>> images = new ArrayList<>();
    for (JsonNode image : lines.images()) {
      String input = image.path("input").asText();
      JsonNode sample = lines.samples().getOrDefault(input, JsonNodeFactory.instance.objectNode());
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("input", input);
      shown.put("places", places(input, image.path("output").asText(), sample));
      shown.put("state", image.path("state").asText());
      shown.put("objects", image.path("objects").asText());
      shown.put("index", images.size());
      shown.put("remark", sample.path("remark").asText());
      shown.put("thumbnails", thumbnails(sample));
      images.add(shown);
    }
    return images;
  }

  private List<Map<String, Object>> places(String input, String output, JsonNode sample) {
    List<Map<String, Object>> places = new ArrayList<>(List.of(place(input, false, true)));
    if (!output.equals(input)) {
      // Without a picture of its own it may be files.
      places.add(place(output, true, sample.path("thumbnails").size() == TIMES.size()));
    }
    return places;
  }

  private Map<String, Object> place(String place, boolean isResult, boolean isImage) {
    Optional<String> address = isImage ? links.address(place) : ViewerLinks.local(place);
    return Map.of(
        "place",
        place,
        "isResult",
        isResult,
        "hasUrl",
        address.isPresent(),
        "url",
        address.orElse(""),
        "links",
        isImage ? links.viewers(place) : List.of());
  }

  private static List<Map<String, Object>> thumbnails(JsonNode sample) {
    List<Map<String, Object>> shown = new ArrayList<>();
    int several = sample.path("thumbnails").size();
    for (JsonNode each : sample.path("thumbnails")) {
      shown.add(
          Map.of(
              "time",
              several == 1 ? "" : TIMES.get(shown.size()),
              "width",
              each.path("width").asInt(),
              "height",
              each.path("height").asInt(),
              "uri",
              "data:image/jpeg;base64," + each.path("jpeg").asText()));
    }
    return shown;
  }
}
