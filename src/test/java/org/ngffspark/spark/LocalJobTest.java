// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

/** On two threads, from whole images to a tile for each write unit. */
class LocalJobTest extends EqualsLoopContract {
  LocalJobTest() {
    super("local[2,3]", 4, 1, 2, 7, 1000);
  }
}
