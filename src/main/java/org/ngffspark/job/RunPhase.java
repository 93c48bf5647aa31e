// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

/** What a run is about; the images that are furthest behind count. */
public enum RunPhase {
  /** Images are locked and looked at. */
  PLANNING("planning"),
  /** Tasks go over objects. */
  OBJECTS("objects"),
  /** All objects are done; coarser levels of images in several tiles are made. */
  LEVELS("coarser levels"),
  /** All tasks have ended; images are committed. */
  COMMITTING("committing");

  private final String words;

  RunPhase(String words) {
    this.words = words;
  }

  /** For people. */
  @Override
  public String toString() {
    return words;
  }
}
