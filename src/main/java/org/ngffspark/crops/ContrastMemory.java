// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.samples.ThumbnailPlanes;

/**
 * What is black and what is white in the channels of images, read by the first task that asks and
 * kept for the others of its executor. What was read does not travel. Thread-safe.
 */
final class ContrastMemory implements Serializable {
  private static final long serialVersionUID = 1L;

  // Longest side, in pixels, of what the values are taken from.
  private static final int SIDE = 256;

  private transient Map<String, List<ThumbnailPlanes.Limits>> known;

  /** The limits of all channels of an image, see {@link ThumbnailPlanes#limits}. */
  List<ThumbnailPlanes.Limits> of(OpenedImage image) {
    return known()
        .computeIfAbsent(
            image.ref().toString(),
            ref -> ThumbnailPlanes.ofAllChannels(image.container(), SIDE).limits());
  }

  private synchronized Map<String, List<ThumbnailPlanes.Limits>> known() {
    if (known == null) {
      known = new ConcurrentHashMap<>();
    }
    return known;
  }
}
