// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What is black and what is white in a channel, in all pictures of objects before and after: black
 * is the least value of nine in ten objects or more, white the greatest of nine in ten or fewer.
 */
final class Contrast {
  private static final double MOST = 0.9;

  private final List<Double> lows = new ArrayList<>();
  private final List<Double> highs = new ArrayList<>();

  void add(JsonNode channel) {
    lows.add(channel.path("low").asDouble());
    highs.add(channel.path("high").asDouble());
  }

  double black() {
    Collections.sort(lows);
    return lows.get((int) ((1 - MOST) * (lows.size() - 1)));
  }

  double white() {
    Collections.sort(highs);
    double white = highs.get((int) Math.ceil(MOST * (highs.size() - 1)));
    return white > black() ? white : black() + 1;
  }

  String blackText() {
    return text(black());
  }

  String whiteText() {
    return text(white());
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.3g", value);
  }
}
