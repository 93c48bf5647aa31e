// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.List;
import org.ngffspark.zarr.nd.Box;

/**
 * What the boxes of an image's objects touch. Where no objects are taken, all is touched; where
 * they are yet to be found, all in which one may be.
 *
 * @param pixels in the boxes, all channels that are taken together
 * @param boxes of the write units of the level that they touch, in pixels of the level
 * @param units how many write units these are
 * @param bytes of them, encoded
 * @param bytesAgain of those that several tasks read, as often as they do so after the first
 * @param labelBytes of the write units of the label image that they touch, encoded, as often as
 *     they are read; 0 if no objects are taken
 * @param labelUnits how many write units of the label image that are, each time that one is read;
 *     of a label image that is looked through, all
 * @param levels all levels of the image or label image whose pixels are taken
 * @param level which of them it is
 * @param tiles tasks that do pixels
 */
public record TouchedUnits(
    long pixels,
    List<Box> boxes,
    long units,
    long bytes,
    long bytesAgain,
    long labelBytes,
    long labelUnits,
    List<StoredUnits> levels,
    int level,
    int tiles) {
  public TouchedUnits {
    boxes = List.copyOf(boxes);
    levels = List.copyOf(levels);
  }

  /** The same with all of the label image. */
  TouchedUnits plusLabels(StoredUnits labels) {
    return new TouchedUnits(
        pixels,
        boxes,
        units,
        bytes,
        bytesAgain,
        labelBytes + labels.bytes(),
        labelUnits + labels.array().writeUnits().count(),
        levels,
        level,
        tiles);
  }

  /** Bytes of all write units of the level, encoded. */
  public long levelBytes() {
    return levels.get(level).bytes();
  }

  /** Bytes of all write units of the other levels, encoded. */
  public long otherBytes() {
    return levels.stream().mapToLong(StoredUnits::bytes).sum() - levelBytes();
  }
}
