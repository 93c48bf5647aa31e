// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ngffspark.ngff.Channel;

/**
 * Which channels of an image are meant: by index, by label or by wavelength, in the order asked.
 * Immutable.
 */
public final class ChannelSelection implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final ChannelSelection ALL = new ChannelSelection(Way.ALL, List.of());

  private enum Way {
    ALL,
    INDEX,
    LABEL,
    WAVELENGTH,
    ANY
  }

  private final Way way;
  private final String[] names;

  private ChannelSelection(Way way, List<String> names) {
    this.way = way;
    this.names = names.toArray(new String[0]);
  }

  /** All channels in their order. */
  public static ChannelSelection all() {
    return ALL;
  }

  /** By index, from 0. */
  public static ChannelSelection indices(int... indices) {
    return new ChannelSelection(
        Way.INDEX, Arrays.stream(indices).mapToObj(Integer::toString).toList());
  }

  /** By the names that the metadata give as label. */
  public static ChannelSelection labels(String... labels) {
    return new ChannelSelection(Way.LABEL, List.of(labels));
  }

  /** By the names that the metadata give as wavelength id. */
  public static ChannelSelection wavelengths(String... wavelengths) {
    return new ChannelSelection(Way.WAVELENGTH, List.of(wavelengths));
  }

  /** By label; what is no label by wavelength; what is neither by index. */
  public static ChannelSelection named(List<String> names) {
    return new ChannelSelection(Way.ANY, names);
  }

  public boolean isAll() {
    return way == Way.ALL;
  }

  /**
   * The indices of the selected channels.
   *
   * @param channels the channels that the image has
   * @param image where they are, for messages
   * @throws IllegalArgumentException if none is selected or one is not there; the message lists
   *     those that are
   */
  int[] resolve(List<Channel> channels, String image) {
    if (isAll()) {
      return IntStream.range(0, channels.size()).toArray();
    }
    if (names.length == 0) {
      throw new IllegalArgumentException(
          "A selection of channels must name at least one" + known(channels, image));
    }
    return Arrays.stream(names).mapToInt(name -> find(name, channels, image)).toArray();
  }

  private int find(String name, List<Channel> channels, String image) {
    List<String> labels = channels.stream().map(Channel::label).toList();
    List<String> wavelengths = channels.stream().map(Channel::wavelengthId).toList();
    int found =
        switch (way) {
          case INDEX -> index(name, channels.size());
          case LABEL -> labels.indexOf(name);
          case WAVELENGTH -> wavelengths.indexOf(name);
          case ANY, ALL ->
              IntStream.of(
                      labels.indexOf(name), wavelengths.indexOf(name), index(name, channels.size()))
                  .filter(index -> index >= 0)
                  .findFirst()
                  .orElse(-1);
        };
    if (found < 0) {
      throw new IllegalArgumentException(
          "No channel " + (way == Way.INDEX ? name : "'" + name + "'") + known(channels, image));
    }
    return found;
  }

  private static String known(List<Channel> channels, String image) {
    return " in "
        + image
        + "; it has "
        + channels.stream().map(Channel::label).toList()
        + " with wavelengths "
        + channels.stream().map(Channel::wavelengthId).toList()
        + ", numbered from 0";
  }

  private static int index(String name, int count) {
    return IntStream.range(0, count)
        .filter(index -> Integer.toString(index).equals(name))
        .findFirst()
        .orElse(-1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelSelection selection
        && way == selection.way
        && Arrays.equals(names, selection.names);
  }

  @Override
  public int hashCode() {
    return 31 * way.hashCode() + Arrays.hashCode(names);
  }

  @Override
  public String toString() {
    return isAll() ? "all channels" : "channels " + Arrays.toString(names);
  }
}
