// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** What a start costs without this program: {@code jvm} does nothing, {@code spark} one job. */
public final class BareStart {
  private BareStart() {}

  /** Starts what the argument names. */
  public static void main(String[] arguments) {
    if (List.of(arguments).equals(List.of("spark"))) {
      SparkConf conf =
          new SparkConf().setMaster("local[*]").setAppName("bare").set("spark.ui.enabled", "false");
      try (JavaSparkContext spark = new JavaSparkContext(conf)) {
        if (spark.parallelize(List.of(1, 2), 2).map(x -> x + 1).collect().size() != 2) {
          throw new IllegalStateException("Spark has lost something");
        }
      }
    }
  }
}
