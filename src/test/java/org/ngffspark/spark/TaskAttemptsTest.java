// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ngffspark.job.TileKey;

class TaskAttemptsTest {

  @ParameterizedTest
  @CsvSource({
    "local, 1",
    "local[4], 1",
    "local[*], 1",
    "'local[2,3]', 3",
    "'local[*, 7]', 7",
    "'local-cluster[2,1,1024]', 4",
    "spark://host:7077, 4",
    "yarn, 4"
  })
  void sparkStartsATaskAsOftenAsTheMasterSays(String master, int attempts) {
    assertThat(TaskAttempts.of(new SparkConf(false).setMaster(master)).max()).isEqualTo(attempts);
  }

  @Test
  void theConfigurationCountsWhereSparkHeedsIt() {
    SparkConf conf = new SparkConf(false).set("spark.task.maxFailures", "9");
    assertThat(TaskAttempts.of(conf.clone().setMaster("yarn")).max()).isEqualTo(9);
    assertThat(TaskAttempts.of(conf.clone().setMaster("local[2]")).max()).isEqualTo(1);
  }

  @Test
  void everyTileOfEveryImageHasAPartitionOfItsOwn() {
    TilePartitioner partitioner = new TilePartitioner(new int[] {2, 5, 1});
    assertThat(partitioner.numPartitions()).isEqualTo(8);
    for (int partition = 0; partition < 8; partition++) {
      assertThat(partitioner.getPartition(partitioner.key(partition))).isEqualTo(partition);
    }
    assertThat(partitioner.key(0)).isEqualTo(new TileKey(0, 0));
    assertThat(partitioner.key(2)).isEqualTo(new TileKey(1, 0));
    assertThat(partitioner.key(7)).isEqualTo(new TileKey(2, 0));
  }
}
