// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.network.util.JavaUtils;
import org.ngffspark.job.TaskLimits;

/**
 * What the tasks of a run may use.
 *
 * @param cores tasks that run at once, all executors together
 * @param memoryPerTask bytes of decoded pixels that one task may hold
 */
record SparkResources(int cores, long memoryPerTask) {
  // The other half is for what is encoded, shuffled and transformed, and for Spark.
  private static final double SHARE_OF_TASKS = 0.45;
  private static final double SHARE_OF_POOL = 0.2;
  // A cut decodes chunks twice; it pays where it saves more than that.
  private static final double COST_OF_CUTS = 1.5;
  private static final int MEBI_BITS = 20;

  /**
   * What has registered with the driver so far.
   *
   * @param cores of all executors together
   * @param executors their number, at least 1
   */
  record Registered(int cores, int executors) {}

  /** Of a Spark whose executors have registered: tasks have run on it. */
  static SparkResources of(JavaSparkContext spark) {
    // The driver is listed with the executors.
    int executors = Math.max(1, spark.sc().statusTracker().getExecutorInfos().length - 1);
    return of(spark.getConf(), new Registered(spark.defaultParallelism(), executors));
  }

  /** What the configuration says counts; what it leaves open is taken from what has registered. */
  static SparkResources of(SparkConf conf, Registered registered) {
    int cores = Math.max(1, cores(conf, registered));
    int perExecutor = Math.max(1, coresPerExecutor(conf, registered, cores));
    return new SparkResources(cores, (long) (heap(conf) * SHARE_OF_TASKS / perExecutor));
  }

  /** Bytes of idle chunks that an executor keeps. */
  static long poolBytes(JavaSparkContext spark) {
    return (long) (heap(spark.getConf()) * SHARE_OF_POOL);
  }

  private static String master(SparkConf conf) {
    return conf.get("spark.master", "");
  }

  private static boolean isInThisJvm(SparkConf conf) {
    return master(conf).startsWith("local") && !master(conf).startsWith("local-cluster");
  }

  private static long heap(SparkConf conf) {
    return isInThisJvm(conf)
        ? Runtime.getRuntime().maxMemory()
        : JavaUtils.byteStringAsMb(conf.get("spark.executor.memory", "1g")) << MEBI_BITS;
  }

  private static int cores(SparkConf conf, Registered registered) {
    if (isManaged(conf) && !conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      return conf.getInt("spark.executor.instances", 2) * conf.getInt("spark.executor.cores", 1);
    }
    return conf.getInt("spark.cores.max", registered.cores());
  }

  /** YARN and Kubernetes give executors one core unless told otherwise, a standalone master all. */
  private static int coresPerExecutor(SparkConf conf, Registered registered, int cores) {
    if (isInThisJvm(conf)) {
      return cores;
    }
    int open = isManaged(conf) ? 1 : (cores + registered.executors() - 1) / registered.executors();
    return conf.getInt("spark.executor.cores", open);
  }

  private static boolean isManaged(SparkConf conf) {
    return master(conf).startsWith("yarn") || master(conf).startsWith("k8s");
  }

  /**
   * What tasks may use of a run of so many images.
   *
   * @param forcedTiles tiles that every image is cut into at least; 0 for as many as cores and
   *     memory suggest
   */
  TaskLimits limits(int images, int forcedTiles) {
    return new TaskLimits(memoryPerTask, tilesPerImage(images), forcedTiles);
  }

  /** Into how many tiles each of so many images is cut, so that no core is idle for long. */
  private int tilesPerImage(int images) {
    int rounds = (images + cores - 1) / cores;
    boolean busy = (double) rounds * cores < COST_OF_CUTS * images;
    return busy || images == 0 ? 1 : (cores + images - 1) / images;
  }
}
