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
   * The image.
   *
   * @param channels channels by index, label or wavelength; empty for all
   */
  record OfImage(List<String> channels, int level) implements PixelTarget {
    public OfImage {
      channels = List.copyOf(channels);
    }

    @Override
    public String node() {
      return "";
    }
  }

  /** A label image of the container. */
  record OfLabel(String name, int level) implements PixelTarget {
    @Override
    public String node() {
      return "labels/" + name;
    }
  }
}
