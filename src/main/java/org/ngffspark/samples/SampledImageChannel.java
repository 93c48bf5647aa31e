// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.util.ArrayList;
import java.util.List;
import org.ngffspark.ngff.Channel;

/**
 * How a channel is called and shown.
 *
 * @param color red, green and blue as six hexadecimal digits
 */
public record SampledImageChannel(String name, String color) {
  // Where metadata name none: colours that add up to white and are told apart by the colour-blind.
  private static final List<String> COLOURS = List.of("00FFFF", "FF00FF", "FFFF00", "FFFFFF");

  /** The channels of an image, with the colours of its metadata where they name some. */
  public static List<SampledImageChannel> of(List<Channel> channels) {
    List<SampledImageChannel> shown = new ArrayList<>();
    for (Channel channel : channels) {
      String other = channels.size() == 1 ? "FFFFFF" : COLOURS.get(shown.size() % COLOURS.size());
      String color = channel.color().filter(text -> text.matches("[0-9A-Fa-f]{6}")).orElse(other);
      shown.add(new SampledImageChannel(channel.label(), color));
    }
    return shown;
  }
}
