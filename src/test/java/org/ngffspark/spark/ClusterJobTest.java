// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

/** On two executors that are processes of their own; threads have seen every case in every cut. */
class ClusterJobTest extends EqualsLoopContract {
  ClusterJobTest() {
    super("local-cluster[2,1,1024]", 1, 1, 9);
  }
}
