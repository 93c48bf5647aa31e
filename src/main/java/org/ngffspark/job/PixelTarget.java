// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.util.List;

/** The pixels that a run takes of each image. */
public sealed interface PixelTarget extends Serializable {
  /** Position of the level in the pyramid; 0 is the finest. */
  int level();

  /** The node that holds them, below the container: {@code ""} for the image itself. */
  String node();

  /** The finest level of the image, all channels. */
  static PixelTarget image() {
    return new OfImage(List.of(), 0);
  }

  /**
   * The same in these channels only.
   *
   * @param channels by index, label or wavelength; empty for all
   * @throws IllegalArgumentException if it is a label image
   */
  PixelTarget channels(List<String> channels);

  /**
   * The same at another level.
   *
   * @throws IllegalArgumentException if the level is negative
   */
  PixelTarget atLevel(int level);

  /**
   * A label image in place of this, at the same level.
   *
   * @throws IllegalArgumentException if channels are chosen
   */
  default PixelTarget onLabel(String name) {
    return new OfLabel(name, level());
  }

  private static void requireLevel(int level) {
    if (level < 0) {
      throw new IllegalArgumentException("A level is 0, the finest, or more, got " + level);
    }
  }

  private static IllegalArgumentException noChannels(List<String> channels, String label) {
    return new IllegalArgumentException(
        "Label images have no channels, got channels " + channels + " of " + label);
  }

  /**
   * The image.
   *
   * @param channels channels by index, label or wavelength; empty for all
   */
  record OfImage(List<String> channels, int level) implements PixelTarget {
    public OfImage {
      channels = List.copyOf(channels);
      requireLevel(level);
    }

    @Override
    public PixelTarget channels(List<String> others) {
      return new OfImage(others, level);
    }

    @Override
    public PixelTarget atLevel(int other) {
      return new OfImage(channels, other);
    }

    @Override
    public PixelTarget onLabel(String name) {
      if (!channels.isEmpty()) {
        throw noChannels(channels, name);
      }
      return new OfLabel(name, level);
    }

    @Override
    public String node() {
      return "";
    }
  }

  /** A label image of the container. */
  record OfLabel(String name, int level) implements PixelTarget {
    public OfLabel {
      requireLevel(level);
    }

    @Override
    public PixelTarget channels(List<String> channels) {
      throw noChannels(channels, name);
    }

    @Override
    public PixelTarget atLevel(int other) {
      return new OfLabel(name, other);
    }

    @Override
    public String node() {
      return "labels/" + name;
    }
  }
}
