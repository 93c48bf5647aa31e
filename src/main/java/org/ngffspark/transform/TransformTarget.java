// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.Collection;
import org.ngffspark.zarr.nd.DataType;

/** What a transform may be run on. */
public enum TransformTarget {
  IMAGES("images"),
  LABELS("label images"),
  BOTH("images and label images");

  private final String words;

  TransformTarget(String words) {
    this.words = words;
  }

  /**
   * Refuses a run that the configured transform is not made for.
   *
   * @param wanted {@link #IMAGES} or {@link #LABELS}
   * @param type type of the pixels of what it is to run on
   * @throws IllegalArgumentException if the transform works on the other only, if a label image
   *     does not hold integers, or if the transform refuses the type
   */
  public static void check(MaskedTransform transform, TransformTarget wanted, DataType type) {
    TransformTarget able = transform.target();
    if (able != BOTH && able != wanted) {
      throw new IllegalArgumentException(
          "Transform '"
              + transform.name()
              + "' works on "
              + able
              + " only; "
              + (able == LABELS
                  ? "name the label image to change with --on-label"
                  : "leave --on-label out, or choose one for label images"));
    }
    if (wanted == LABELS && !type.isInteger()) {
      throw new IllegalArgumentException("A label image must hold integers, this one is " + type);
    }
    transform.checkType(type);
  }

  /**
   * Refuses a transform with parameters for a channel that is not there.
   *
   * @param channels labels of the channels that it is to run on
   * @throws IllegalArgumentException if it has such
   */
  public static void checkChannels(MaskedTransform transform, Collection<String> channels) {
    for (String channel : ChannelTransform.channels(transform)) {
      if (!channels.contains(channel)) {
        throw new IllegalArgumentException(
            "There are parameters for the channel '"
                + channel
                + "', but the channels that are transformed are "
                + channels);
      }
    }
  }

  /** For messages and lists: {@code label images}. */
  @Override
  public String toString() {
    return words;
  }
}
