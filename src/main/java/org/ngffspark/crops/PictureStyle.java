// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.io.Serializable;
import java.util.List;

/**
 * How objects are drawn for people.
 *
 * @param scale pixels of the picture along each side of a pixel of the image
 * @param limits values that are black and white, one pair for all channels; empty for those of
 *     {@link org.ngffspark.samples.ThumbnailPlanes#limits}, which are the same for all objects of
 *     an image
 * @param outline whether the border of the object is drawn
 * @param channels how channels come together
 * @param sheet whether an image gets a picture of many of its objects besides
 */
public record PictureStyle(
    int scale, List<Limits> limits, Outline outline, Channels channels, Sheet sheet)
    implements Serializable {
  private static final int MOST = 32;

  /** Values that are black and white in all channels. */
  public record Limits(double black, double white) implements Serializable {
    /**
     * @throws IllegalArgumentException if black is not below white
     */
    public Limits {
      if (!(black < white)) {
        throw new IllegalArgumentException(
            "Contrast goes from a value that is black to a greater one that is white, got "
                + black
                + ","
                + white);
      }
    }
  }

  /** The border of an object. */
  public enum Outline {
    NONE,
    YELLOW
  }

  /** How channels come together. */
  public enum Channels {
    /** Each is a grey picture. */
    APART,
    /** They are added up in their colours. */
    COMPOSITE
  }

  /** A picture of many objects. */
  public enum Sheet {
    NONE,
    /** Up to 100 objects of an image, ascending by id. */
    OF_IMAGE
  }

  /**
   * @throws IllegalArgumentException if the scale is not 1 to 32
   */
  public PictureStyle {
    limits = List.copyOf(limits);
    if (scale < 1 || scale > MOST) {
      throw new IllegalArgumentException("--scale is 1 to " + MOST + ", got " + scale);
    }
  }
}
