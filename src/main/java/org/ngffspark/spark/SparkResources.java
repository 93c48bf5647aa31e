// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.network.util.JavaUtils;

/**
 * What the tasks of a run may use.
 *
 * @param cores tasks that run at once, all executors together
 * @param memoryPerTask bytes of decoded pixels that one task may hold
 * @param poolBytes bytes of idle chunks that an executor keeps
 */
record SparkResources(int cores, long memoryPerTask, long poolBytes) {
  // The other half is for what is encoded, shuffled and transformed, and for Spark.
  private static final double SHARE_OF_TASKS = 0.45;
  private static final double SHARE_OF_POOL = 0.2;

  // A cut decodes chunks twice; it pays where it saves more than that.
  private static final double COST_OF_CUTS = 1.5;

  static SparkResources of(JavaSparkContext spark) {
    SparkConf conf = spark.getConf();
    int cores = Math.max(1, spark.defaultParallelism());
    boolean local = spark.isLocal();
    long heap =
        local
            ? Runtime.getRuntime().maxMemory()
            : JavaUtils.byteStringAsBytes(conf.get("spark.executor.memory", "1g"));
    int coresPerExecutor =
        local ? cores : conf.getInt("spark.executor.cores", perExecutor(conf, cores));
    return new SparkResources(
        cores, (long) (heap * SHARE_OF_TASKS / coresPerExecutor), (long) (heap * SHARE_OF_POOL));
  }

  /** Into how many tiles each of so many images is cut, so that no core is idle for long. */
  int tilesPerImage(int images) {
    int rounds = (images + cores - 1) / cores;
    boolean busy = (double) rounds * cores / images < COST_OF_CUTS;
    return busy ? 1 : (cores + images - 1) / images;
  }

  /** A standalone executor takes all cores of its machine unless told otherwise. */
  private static int perExecutor(SparkConf conf, int cores) {
    String master = conf.get("spark.master", "");
    if (master.startsWith("local-cluster[")) {
      return Integer.parseInt(
          master.substring("local-cluster[".length()).split(",", -1)[1].strip());
    }
    return cores;
  }
}
