// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ngffspark.crops.PngFormat;
import org.ngffspark.crops.PngFormat.Samples;

/** The pictures of one object: its channels in their colours, before and after; outline and bar. */
final class ObjectPictures {
  private static final int WHITE = 255;
  private static final int GREY = 128;
  private static final double LONGEST_BAR = 0.5;
  // Of the height from above, and of the width from the right.
  private static final double BAR_PLACE = 0.94;
  private static final List<String> TIMES = List.of("before", "after");

  private final JsonNode sample;
  private final JsonNode object;
  private final Map<String, Contrast> contrasts;
  private final int width;
  private final int height;

  ObjectPictures(JsonNode sample, JsonNode object, Map<String, Contrast> contrasts) {
    this.sample = sample;
    this.object = object;
    this.contrasts = contrasts;
    this.width = object.path("frame").path("width").asInt();
    this.height = object.path("frame").path("height").asInt();
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** One for each time, as data URIs; of an object without pixels one of its mask. */
  List<Map<String, Object>> all() {
    int times = object.path("channels").path(0).path("times").size();
    List<Map<String, Object>> pictures = new ArrayList<>();
    if (times == 0) {
      pictures.add(
          Map.of("time", "mask", "uri", uri(grey(bytes(object.path("frame").path("mask"))))));
    }
    for (int time = 0; time < times; time++) {
      pictures.add(
          Map.of("time", times == 1 ? "object" : TIMES.get(time), "uri", uri(colours(time))));
    }
    return pictures;
  }

  private String uri(byte[] colours) {
    byte[] png = PngFormat.encode(width, height, Samples.RGB_8, colours);
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }

  private static byte[] grey(byte[] mask) {
    byte[] samples = new byte[mask.length * Samples.RGB_8.bytes()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (mask[i / Samples.RGB_8.bytes()] == 0 ? 0 : GREY);
    }
    return samples;
  }

  private byte[] colours(int time) {
    double[] sums = new double[width * height * Samples.RGB_8.bytes()];
    for (JsonNode channel : object.path("channels")) {
      ByteBuffer levels = ByteBuffer.wrap(bytes(channel.path("times").path(time).path("picture")));
      double low = channel.path("low").asDouble();
      double step = channel.path("step").asDouble();
      Contrast contrast = contrasts.get(PageData.name(sample, channel));
      int color = color(channel);
      for (int at = 0; levels.remaining() >= Short.BYTES; at += Samples.RGB_8.bytes()) {
        double shown = contrast.shown(low + step * Short.toUnsignedInt(levels.getShort()));
        for (int part = 0; part < Samples.RGB_8.bytes(); part++) {
          sums[at + part] += shown * (color >>> (16 - 8 * part) & WHITE);
        }
      }
    }
    byte[] samples = new byte[sums.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) Math.min(WHITE, Math.round(sums[i]));
    }
    return samples;
  }

  /** One channel alone is grey, which shows most. */
  private int color(JsonNode channel) {
    int index = channel.path("channel").asInt();
    String color = sample.path("channels").path(index).path("color").asText("FFFFFF");
    return object.path("channels").size() == 1 ? 0xFFFFFF : Integer.parseInt(color, 16);
  }

  private static byte[] bytes(JsonNode node) {
    try {
      return node.isMissingNode() ? new byte[0] : node.binaryValue();
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }

  /** The border of the object as a path of SVG, in pixels of the picture. */
  String outline() {
    byte[] mask = bytes(object.path("frame").path("mask"));
    StringBuilder path = new StringBuilder();
    for (int x = 0; x <= width; x++) {
      for (int y = 0; y < height; y++) {
        int from = y;
        while (y < height && inside(mask, x, y) != inside(mask, x - 1, y)) {
          y++;
        }
        if (y > from) {
          path.append('M').append(x).append(' ').append(from).append('v').append(y - from);
        }
      }
    }
    for (int y = 0; y <= height; y++) {
      for (int x = 0; x < width; x++) {
        int from = x;
        while (x < width && inside(mask, x, y) != inside(mask, x, y - 1)) {
          x++;
        }
        if (x > from) {
          path.append('M').append(from).append(' ').append(y).append('h').append(x - from);
        }
      }
    }
    return path.toString();
  }

  private boolean inside(byte[] mask, int x, int y) {
    return x >= 0 && y >= 0 && x < width && y < height && mask[y * width + x] != 0;
  }

  /** A bar of 1, 2 or 5 times a power of ten: its length in pixels of the picture, and in words. */
  Map<String, Object> bar() {
    double size =
        object.path("pixel_size").path(1).asDouble() * object.path("frame").path("step").asInt();
    double most = LONGEST_BAR * width * size;
    double power = Math.pow(10, Math.floor(Math.log10(most)));
    double length = power * (most >= 5 * power ? 5 : most >= 2 * power ? 2 : 1);
    return Map.of(
        "start",
        String.format(Locale.ROOT, "%.2f", (1 - BAR_PLACE) * width),
        "end",
        String.format(Locale.ROOT, "%.2f", (1 - BAR_PLACE) * width + length / size),
        "y",
        String.format(Locale.ROOT, "%.2f", BAR_PLACE * height),
        "text",
        String.format(Locale.ROOT, length < 1 ? "%.2g" : "%.0f", length));
  }
}
