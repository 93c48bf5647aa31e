// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ngffspark.job.TaskLimits;
import org.ngffspark.spark.SparkResources.Registered;

class SparkResourcesTest {
  private static final double SHARE = 0.45;

  private static SparkConf conf(String master, String... settings) {
    SparkConf conf = new SparkConf(false).setMaster(master);
    for (int i = 0; i < settings.length; i += 2) {
      conf.set(settings[i], settings[i + 1]);
    }
    return conf;
  }

  @ParameterizedTest
  @CsvSource({"4096, 4096", "4g, 4096", "512m, 512", "1048576k, 1024"})
  void memoryOfExecutorsIsInMebibytesUnlessItHasAUnit(String setting, long mebibytes) {
    SparkConf conf =
        conf("spark://head:7077", "spark.executor.memory", setting, "spark.executor.cores", "2");
    assertThat(SparkResources.of(conf, new Registered(8, 4)).memoryPerTask())
        .isEqualTo((long) ((mebibytes << 20) * SHARE / 2));
  }

  @Test
  void executorsHaveOneGibibyteUnlessTold() {
    SparkConf conf = conf("spark://head:7077", "spark.executor.cores", "1");
    assertThat(SparkResources.of(conf, new Registered(3, 3)).memoryPerTask())
        .isEqualTo((long) ((1L << 30) * SHARE));
  }

  @Test
  void anExecutorOfAStandaloneMasterHasAllCoresOfItsMachineUnlessTold() {
    SparkResources open = SparkResources.of(conf("spark://head:7077"), new Registered(16, 2));
    assertThat(open.cores()).isEqualTo(16);
    assertThat(open.memoryPerTask()).isEqualTo((long) ((1L << 30) * SHARE / 8));
    SparkConf most = conf("spark://head:7077", "spark.cores.max", "4");
    assertThat(SparkResources.of(most, new Registered(1, 1)).cores()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"yarn", "k8s://https://head:6443"})
  void onYarnAndKubernetesTheConfigurationCountsNotWhatHasRegistered(String master) {
    SparkResources few = SparkResources.of(conf(master), new Registered(2, 1));
    assertThat(few.cores()).as("two executors with one core each").isEqualTo(2);
    assertThat(few.memoryPerTask()).isEqualTo((long) ((1L << 30) * SHARE));
    SparkConf told = conf(master, "spark.executor.instances", "5", "spark.executor.cores", "4");
    for (Registered registered : new Registered[] {new Registered(2, 1), new Registered(20, 5)}) {
      SparkResources resources = SparkResources.of(told, registered);
      assertThat(resources.cores()).isEqualTo(20);
      assertThat(resources.memoryPerTask()).isEqualTo((long) ((1L << 30) * SHARE / 4));
    }
    SparkConf dynamic = conf(master, "spark.dynamicAllocation.enabled", "true");
    assertThat(SparkResources.of(dynamic, new Registered(6, 6)).cores()).isEqualTo(6);
  }

  @Test
  void inThisJvmTasksShareItsMemory() {
    SparkResources local = SparkResources.of(conf("local[3]"), new Registered(3, 1));
    assertThat(local.cores()).isEqualTo(3);
    assertThat(local.memoryPerTask())
        .isEqualTo((long) (Runtime.getRuntime().maxMemory() * SHARE / 3));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 8", "2, 4", "3, 3", "5, 2", "6, 1", "7, 1", "8, 1", "9, 1", "24, 1"})
  void imagesAreCutWhereCoresWouldBeIdleForLong(int images, int tiles) {
    SparkResources resources = new SparkResources(8, 1L << 30);
    TaskLimits limits = resources.limits(images, 0);
    assertThat(limits.tilesPerImage()).isEqualTo(tiles);
    assertThat(limits.memoryPerTask()).isEqualTo(1L << 30);
  }
}
