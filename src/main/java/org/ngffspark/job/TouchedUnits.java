// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

/**
 * What the boxes of an image's objects touch.
 *
 * @param pixels in the boxes, all channels that are taken together
 * @param bytes of the write units of the level that they touch, encoded; without a table, and where
 *     no objects are taken, of all
 * @param levelBytes of all write units of the level, encoded
 * @param otherBytes of all write units of the other levels, encoded
 */
public record TouchedUnits(long pixels, long bytes, long levelBytes, long otherBytes) {
  /** The part of the level that is touched, 0 to 1. */
  public double share() {
    return levelBytes == 0 ? 0 : (double) bytes / levelBytes;
  }
}
