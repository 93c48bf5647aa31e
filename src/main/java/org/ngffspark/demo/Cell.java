// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.demo;

/**
 * A nucleus and the cell around it. All that is not said here follows from the seed.
 *
 * @param nucleusId label id of the nucleus, from 1 on
 * @param cellId label id of the cell body; 0 where a segmentation would have missed it
 * @param y of the centre, in pixels
 * @param x of the centre, in pixels
 * @param radius mean radius of the nucleus, in pixels
 */
record Cell(int nucleusId, int cellId, float y, float x, float radius, long seed) {
  /** No cell body reaches farther from the centre, in radii of the nucleus. */
  static final double REACH = 3.2;
}
