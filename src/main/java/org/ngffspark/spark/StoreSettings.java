// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/**
 * What a run was told of Hadoop's file systems, as endpoints and credentials. Spark hands it to
 * executors too, but does not make system properties of it there, as its launcher does for the
 * driver.
 */
public final class StoreSettings implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String PREFIX = "spark.hadoop.";

  private final SortedMap<String, String> properties;

  private StoreSettings(SortedMap<String, String> properties) {
    this.properties = properties;
  }

  /** Those of a Spark. */
  public static StoreSettings of(SparkConf conf) {
    SortedMap<String, String> properties = new TreeMap<>();
    for (Tuple2<String, String> setting : Arrays.asList(conf.getAll())) {
      if (setting._1().startsWith(PREFIX)) {
        properties.put(setting._1(), setting._2());
      }
    }
    return new StoreSettings(properties);
  }

  /** Makes them known to stores that are opened in this process from now on. */
  public void makeKnown() {
    properties.forEach(System::setProperty);
  }
}
