// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

/** On one thread, where what waits for another task would wait forever. */
class SingleThreadJobTest extends EqualsLoopContract {
  SingleThreadJobTest() {
    super("local[1]", 1, 0, 5);
  }
}
