// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code omero} field, read and written. */
final class OmeroParser {
  private static final String CHANNELS = "channels";
  private static final String LABEL = "label";
  private static final String WAVELENGTH_ID = "wavelength_id";
  private static final String COLOR = "color";
  private static final String WINDOW = "window";
  private static final String ACTIVE = "active";

  private OmeroParser() {}

  static List<Channel> channels(JsonView omero) {
    List<Channel> channels = new ArrayList<>();
    for (JsonView view : omero.find(CHANNELS).map(JsonView::elements).orElse(List.of())) {
      channels.add(channel(view, channels.size()));
    }
    return channels;
  }

  private static Channel channel(JsonView view, int index) {
    String label = view.find(LABEL).map(JsonView::text).orElse(Channel.unnamed(index).label());
    return new Channel(
        label,
        view.find(WAVELENGTH_ID).map(JsonView::text).orElse(label),
        view.find(COLOR).map(JsonView::text),
        view.find(WINDOW).flatMap(OmeroParser::window));
  }

  /** A window that lacks a bound is a viewer's matter, not ours; one of the wrong type is wrong. */
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
