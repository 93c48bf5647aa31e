// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The images of a run as the template takes them: paths, links to viewers, thumbnails. */
final class PageImages {
  private static final List<String> TIMES = List.of("before", "after");

  private final RunLines lines;
  private final Optional<String> baseUrl;

  PageImages(RunLines lines, Optional<String> baseUrl) {
    this.lines = lines;
    this.baseUrl = baseUrl.map(url -> url.replaceFirst("/+$", ""));
  }

  List<Map<String, Object>> all() {
    List<Map<String, Object>> images = new ArrayList<>();
    for (JsonNode image : lines.images()) {
      String input = image.path("input").asText();
      JsonNode sample = lines.samples().getOrDefault(input, JsonNodeFactory.instance.objectNode());
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("input", input);
      shown.put("output", image.path("output").asText());
      shown.put("isElsewhere", !image.path("output").asText().equals(input));
      shown.put("state", image.path("state").asText());
      shown.put("objects", image.path("objects").asText());
      shown.put("index", images.size());
      shown.put("remark", sample.path("remark").asText());
      shown.put("thumbnails", thumbnails(sample));
      shown.put("links", links(input, image.path("output").asText()));
      images.add(shown);
    }
    return images;
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

  /** For images below an input that is served at the base. */
  private List<Map<String, Object>> links(String input, String output) {
    List<Map<String, Object>> links = new ArrayList<>();
    if (baseUrl.isEmpty()) {
      return links;
    }
    JsonNode place = lines.places().get(input);
    String path =
        place == null ? "" : place.path("well").asText() + "/" + place.path("image").asText();
    String root = input.substring(0, input.length() - path.length());
    boolean isInside = output.startsWith(root) && !output.equals(input);
    for (String each : isInside ? List.of(path, output.substring(root.length())) : List.of(path)) {
      String url = each.isEmpty() ? baseUrl.get() : baseUrl.get() + "/" + each;
      String state = "{\"layers\":[{\"type\":\"image\",\"source\":\"zarr://" + url + "\"}]}";
      String what = each.isEmpty() ? "" : " " + each;
      links.add(link("vizarr" + what, "https://hms-dbmi.github.io/vizarr/?source=" + encoded(url)));
      links.add(
          link("Avivator" + what, "https://avivator.gehlenborglab.org/?image_url=" + encoded(url)));
      links.add(
          link("Neuroglancer" + what, "https://neuroglancer-demo.appspot.com/#!" + encoded(state)));
    }
    return links;
  }

  private static Map<String, Object> link(String name, String url) {
    return Map.of("name", name, "url", url);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
