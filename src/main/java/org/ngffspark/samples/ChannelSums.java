// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pixels of all objects of an image in one channel.
 *
 * @param channel index in the image; 0 where it has no such axis
 * @param times the pixels before the run, and after it if it changes pixels
 */
public record ChannelSums(int channel, List<ValueSum> times) implements Serializable {
  public ChannelSums {
    times = List.copyOf(times);
  }

  private ChannelSums plus(ChannelSums other) {
    List<ValueSum> sums = new ArrayList<>();
    for (int time = 0; time < times.size(); time++) {
      sums.add(times.get(time).plus(other.times.get(time)));
    }
    return new ChannelSums(channel, sums);
  }

  /** Those of each channel together, ascending by channel. */
  static List<ChannelSums> joined(Collection<ChannelSums> parts) {
    SortedMap<Integer, ChannelSums> byChannel = new TreeMap<>();
    parts.forEach(part -> byChannel.merge(part.channel, part, ChannelSums::plus));
    return List.copyOf(byChannel.values());
  }
}
