// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
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

  /**
   * By label, wavelength or index, whichever fits. Where the ways lead to different channels, a
   * name must say which is meant: {@code label:1}, {@code wavelength:1} or {@code index:1}.
   */
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
   * @throws IllegalArgumentException if none is selected, or one is not there or fits several
   *     channels; the message lists those that are
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
    SortedSet<Integer> found =
        switch (way) {
          case INDEX -> index(name, channels.size());
          case LABEL -> having(name, channels, Channel::label);
          case WAVELENGTH -> having(name, channels, Channel::wavelengthId);
          case ANY, ALL -> any(name, channels);
        };
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "No channel " + (way == Way.INDEX ? name : "'" + name + "'") + known(channels, image));
    }
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' fits the channels "
              + found
              + ", by index, label or wavelength; say which, as in index:"
              + found.first()
              + (way == Way.ANY ? " or label:" + name : "")
              + known(channels, image));
    }
    return found.first();
  }

  /** Those that the name fits in any way; one way alone if a prefix says which. */
  private static SortedSet<Integer> any(String name, List<Channel> channels) {
    SortedSet<Integer> found = having(name, channels, Channel::label);
    found.addAll(having(name, channels, Channel::wavelengthId));
    found.addAll(index(name, channels.size()));
    if (!found.isEmpty()) {
      return found;
    }
    String rest = name.substring(name.indexOf(':') + 1);
    return switch (name.substring(0, name.length() - rest.length())) {
      case "index:" -> index(rest, channels.size());
      case "label:" -> having(rest, channels, Channel::label);
      case "wavelength:" -> having(rest, channels, Channel::wavelengthId);
      default -> found;
    };
  }

  private static SortedSet<Integer> having(
      String name, List<Channel> channels, Function<Channel, String> property) {
    return indices(channels.size(), index -> property.apply(channels.get(index)).equals(name));
  }

  private static SortedSet<Integer> index(String name, int count) {
    return indices(count, index -> Integer.toString(index).equals(name));
  }

  private static SortedSet<Integer> indices(int count, IntPredicate fits) {
    return IntStream.range(0, count)
        .filter(fits)
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
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
