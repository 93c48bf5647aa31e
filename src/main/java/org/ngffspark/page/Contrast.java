// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What is black and what is white in a channel, in all pictures of objects before and after: black
 * is the least value of nine in ten objects or more, white the greatest of nine in ten or fewer,
 * both rounded to what the page says of them.
 */
record Contrast(BigDecimal black, BigDecimal white) {
  private static final double MOST = 0.9;
  // Of the range from black to white, so that one in a hundred or less is lost by rounding.
  private static final int DIGITS = 3;

  /**
   * @param channels one channel of objects with pictures, at least one
   */
  static Contrast of(List<JsonNode> channels) {
    double[] lows = sorted(channels, "low");
    double[] highs = sorted(channels, "high");
    double black = lows[(int) ((1 - MOST) * (lows.length - 1))];
    double most = highs[(int) Math.ceil(MOST * (highs.length - 1))];
    double white = most > black ? most : black + 1;
    int scale = DIGITS - 1 - (int) Math.floor(Math.log10(white - black));
    return new Contrast(rounded(black, scale), rounded(white, scale));
  }

  private static double[] sorted(List<JsonNode> channels, String name) {
    return channels.stream().mapToDouble(each -> each.path(name).asDouble()).sorted().toArray();
  }

  private static BigDecimal rounded(double value, int scale) {
    return BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_EVEN);
  }

  /** A value between 0 for black and 1 for white. */
  double shown(double value) {
    double least = black.doubleValue();
    double share = (value - least) / (white.doubleValue() - least);
    return Math.max(0, Math.min(1, share));
  }

  String blackText() {
    return text(black);
  }

  String whiteText() {
    return text(white);
  }

  private static String text(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
