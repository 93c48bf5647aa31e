// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

/** On one thread. */
class SingleThreadJobTest extends EqualsLoopContract {
  SingleThreadJobTest() {
    super("local[1]", 0, 5);
  }
}
