// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.json.Problems;

/** The {@code omero} field, read and written. */
final class OmeroParser {
  private static final String CHANNELS = "channels";
  private static final String LABEL = "label";
  private static final String WAVELENGTH_ID = "wavelength_id";
  private static final String COLOR = "color";
  private static final String WINDOW = "window";
  private static final String ACTIVE = "active";

  private OmeroParser() {}

  /** The channels. Nothing but names is needed of them, so that what is wrong is left out. */
  static List<Channel> channels(JsonView omero, Problems problems) {
    List<JsonView> views =
        problems
            .member(omero, OmeroParser::channelViews, "its channels have no names")
            .orElse(List.of());
    List<Channel> channels = new ArrayList<>();
    for (JsonView view : views) {
      Channel unnamed = Channel.unnamed(channels.size());
      channels.add(
          problems
              .member(view, found -> channel(found, unnamed, problems), "it has no name")
              .orElse(unnamed));
    }
    return channels;
  }

  private static List<JsonView> channelViews(JsonView omero) {
    return omero.find(CHANNELS).map(JsonView::elements).orElse(List.of());
  }

  private static Channel channel(JsonView view, Channel unnamed, Problems problems) {
    String label = name(view, LABEL, problems).orElse(unnamed.label());
    return new Channel(
        label,
        name(view, WAVELENGTH_ID, problems).orElse(label),
        view.find(COLOR).flatMap(color -> problems.member(color, JsonView::text, "it has none")),
        view.find(WINDOW)
            .flatMap(window -> problems.member(window, OmeroParser::window, "it has none"))
            .flatMap(bounds -> bounds));
  }

  /** A name, which some programs write as a number. */
  private static Optional<String> name(JsonView view, String field, Problems problems) {
    Optional<JsonView> found = view.find(field);
    if (found.filter(name -> name.node().isNumber()).isPresent()) {
      problems.add(found.get(), "is the number " + found.get().quote() + ", which is its name");
      return found.map(name -> name.node().asText());
    }
    return found.flatMap(name -> problems.member(name, JsonView::text, "it has none"));
  }

  /** Empty if it lacks a bound. */
  private static Optional<ChannelWindow> window(JsonView view) {
    List<Double> bounds = new ArrayList<>();
    for (String name : List.of("min", "max", "start", "end")) {
      view.find(name).map(JsonView::finite).ifPresent(bounds::add);
    }
    return bounds.size() < 4
        ? Optional.empty()
        : Optional.of(
            new ChannelWindow(bounds.get(0), bounds.get(1), bounds.get(2), bounds.get(3)));
  }

  static ObjectNode toJson(List<Channel> channels) {
    ObjectNode omero = JsonNodeFactory.instance.objectNode();
    ArrayNode list = omero.putArray(CHANNELS);
    for (Channel channel : channels) {
      ObjectNode node = list.addObject();
      channel.color().ifPresent(color -> node.put(COLOR, color));
      channel.window().ifPresent(window -> node.set(WINDOW, toJson(window)));
      node.put(LABEL, channel.label()).put(WAVELENGTH_ID, channel.wavelengthId()).put(ACTIVE, true);
    }
    return omero;
  }

  private static ObjectNode toJson(ChannelWindow window) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("max", window.max())
        .put("min", window.min())
        .put("start", window.start())
        .put("end", window.end());
  }
}
