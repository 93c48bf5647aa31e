// SPDX-License-Identifier: Apache-2.0
package com.example;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.RunResult;
import org.ngffspark.spark.NgffSpark;

/** Standardizes the nuclei of a plate, for spark-submit. */
public final class StandardizePlate {
  private StandardizePlate() {}

  /** Takes the place of a plate; writes an image beside each of its images. */
  public static void main(String[] arguments) {
    try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {
      RunResult result =
          NgffSpark.transform(spark, arguments)
              .label("nuclei")
              .channels("0")
              .with("com.example.Standardize", Map.of("mean", "500"))
              .suffix("Standard")
              .run();
      for (ImageOutcome image : result.images()) {
        System.out.println(image.state() + " " + image.output() + " " + image.message());
      }
    }
  }
}
