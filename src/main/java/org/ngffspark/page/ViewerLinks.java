// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the places of a run are served, and the viewers that open what is served there. */
final class ViewerLinks {
  private static final String VIZARR = "https://hms-dbmi.github.io/vizarr/?source=";
  private static final String AVIVATOR = "https://avivator.gehlenborglab.org/?image_url=";
  private static final String NEUROGLANCER = "https://neuroglancer-demo.appspot.com/#!";

  private record Served(String place, String url) {
    Optional<String> of(String inside) {
      return inside.equals(place) || inside.startsWith(place + "/")
          ? Optional.of(url + encodedPath(inside.substring(place.length())))
          : Optional.empty();
    }

    /** The folder around it, if the server has that too. */
    Optional<Served> around() {
      String name = encodedPath("/" + name(place));
      return url.endsWith(name)
          ? Optional.of(
              new Served(
                  place.substring(0, Math.max(0, place.lastIndexOf('/'))),
                  url.substring(0, url.length() - name.length())))
          : Optional.empty();
    }
  }

  private final List<Served> served = new ArrayList<>();

  /**
   * @param run its first line in the manifest
   */
  ViewerLinks(Optional<BaseUrl> base, JsonNode run) {
    JsonNode inputs = run.path("inputs");
    for (JsonNode input : inputs) {
      String place = input.asText();
      String below = inputs.size() == 1 ? "" : encodedPath("/" + name(place));
      base.ifPresent(url -> served.add(new Served(place, url.text() + below)));
    }
    // Results may lie beside the inputs.
    List.copyOf(served).forEach(each -> each.around().ifPresent(served::add));
  }

  private static String name(String place) {
    return place.substring(place.lastIndexOf('/') + 1);
  }

  /** Where a place is served; empty if that is not known. */
  Optional<String> url(String place) {
    if (place.matches("https?://.*")) {
      return Optional.of(place);
    }
    return served.stream().flatMap(each -> each.of(place).stream()).findFirst();
  }

  /** The address of an image: where it is served, else its own if it is a local one. */
  Optional<String> address(String image) {
    return url(image).or(() -> local(image));
  }

  /** The address of a local place. */
  static Optional<String> local(String place) {
    return Optional.of(place)
        .filter(path -> path.startsWith("/"))
        .map(path -> "file://" + encodedPath(path));
  }

  /** Links that open an image in a viewer: name and address; none if it is not served. */
  List<Map<String, Object>> viewers(String image) {
    boolean isN5 = Arrays.stream(image.split("/")).anyMatch(part -> part.endsWith(".n5"));
    return url(image).stream()
        .flatMap(
            url ->
                isN5
                    ? Stream.of(neuroglancer("n5://" + url, name(image)))
                    : Stream.of(
                        link("vizarr", VIZARR + encoded(url)),
                        link("Avivator", AVIVATOR + encoded(url)),
                        neuroglancer("zarr://" + url, name(image))))
        .toList();
  }

  /** Links that open a whole plate: vizarr alone does. */
  List<Map<String, Object>> plateViewers(String plate) {
    return url(plate).stream()
        .map(
            url ->
                Map.<String, Object>of(
                    "name", "vizarr", "plate", plate, "url", VIZARR + encoded(url)))
        .toList();
  }

  /** Neuroglancer sees by itself which version of Zarr lies there. */
  private static Map<String, Object> neuroglancer(String source, String name) {
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    state
        .putArray("layers")
        .addObject()
        .put("type", "image")
        .put("source", source)
        .put("name", name);
    return link("Neuroglancer", NEUROGLANCER + encoded(state.toString()));
  }

  private static Map<String, Object> link(String name, String url) {
    return Map.of("name", name, "url", url);
  }

  private static String encodedPath(String path) {
    return Arrays.stream(path.split("/", -1))
        .map(ViewerLinks::encoded)
        .collect(Collectors.joining("/"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
