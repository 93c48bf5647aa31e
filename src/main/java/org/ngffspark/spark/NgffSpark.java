// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Work on OME-Zarr images for programs that have a Spark:
 *
 * <pre>{@code
 * RunResult result = NgffSpark.transform(spark, "plate.zarr")
 *     .label("nuclei")
 *     .with(MaskedTransform.ofValues(x -> x / 2))
 *     .zoom(1.5)
 *     .suffix("Half")
 *     .run();
 * }</pre>
 *
 * <p>An input is an image, a well or a plate, a path or a URI. What an action is told it checks at
 * once; {@code run} does it and returns how each image ended. An image that fails is in that list
 * and throws nothing.
 */
public final class NgffSpark {
  private NgffSpark() {}

  /** Runs a function on every object of images and writes its pixels. */
  public static TransformAction transform(JavaSparkContext spark, String... inputs) {
    return new TransformAction(spark, List.of(inputs));
  }

  /** As {@link #transform(JavaSparkContext, String...)}. */
  public static TransformAction transform(SparkSession spark, String... inputs) {
    return transform(context(spark), inputs);
  }

  /** Writes each object of images into a file, or all objects into one training set. */
  public static CropsAction crops(JavaSparkContext spark, String... inputs) {
    return new CropsAction(spark, List.of(inputs));
  }

  /** As {@link #crops(JavaSparkContext, String...)}. */
  public static CropsAction crops(SparkSession spark, String... inputs) {
    return crops(context(spark), inputs);
  }

  /** Writes the boxes of the objects of images as a masking ROI table. */
  public static RoisAction rois(JavaSparkContext spark, String... inputs) {
    return new RoisAction(spark, List.of(inputs));
  }

  /** As {@link #rois(JavaSparkContext, String...)}. */
  public static RoisAction rois(SparkSession spark, String... inputs) {
    return rois(context(spark), inputs);
  }

  /** Makes the coarser levels of images anew from the finest one. */
  public static PyramidAction pyramid(JavaSparkContext spark, String... inputs) {
    return new PyramidAction(spark, List.of(inputs));
  }

  /** As {@link #pyramid(JavaSparkContext, String...)}. */
  public static PyramidAction pyramid(SparkSession spark, String... inputs) {
    return pyramid(context(spark), inputs);
  }

  private static JavaSparkContext context(SparkSession spark) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }
}
