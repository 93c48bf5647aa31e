// SPDX-License-Identifier: Apache-2.0
/**
 * Runs the tasks of images as Spark jobs; the only floor that knows Spark. {@link
 * org.ngffspark.spark.ObjectRun} is where to begin.
 */
package org.ngffspark.spark;
