// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.ngffspark.job.ObjectFailure;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.transform.TransformUnavailableException;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells failures that will happen again from those that may pass. The former are the image's, at
 * once; the latter are Spark's to retry, and the image's when Spark would give up.
 *
 * @param max how often Spark starts a task before it gives the job up
 */
record TaskAttempts(int max) implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskAttempts.class);
  private static final int SPARK_DEFAULT = 4;

  /** As the configuration says; {@code local[N]} tries once, {@code local[N,F]} F times. */
  static TaskAttempts of(SparkConf conf) {
    String master = conf.get("spark.master", "");
    if (master.startsWith("local") && !master.startsWith("local-cluster")) {
      int comma = master.indexOf(',');
      return new TaskAttempts(
          comma < 0
              ? 1
              : Integer.parseInt(master.substring(comma + 1, master.length() - 1).strip()));
    }
    return new TaskAttempts(conf.getInt("spark.task.maxFailures", SPARK_DEFAULT));
  }

  /**
   * Runs the work of a task for one image. Why it failed stands in the log in full, for those who
   * write transforms.
   *
   * @param task whose work it is
   */
  <T> TaskOutcome<T> run(TaskContext task, Supplier<T> work) {
    try {
      return new TaskOutcome.Done<>(work.get());
    } catch (FormatException | IllegalArgumentException | ObjectFailure permanent) {
      return failed(permanent.getMessage(), permanent);
    } catch (OutOfMemoryError exhausted) {
      String message =
          "a task ran out of memory ("
              + exhausted.getMessage()
              + "); give the executors more, or run fewer tasks at once";
      return failed(message, exhausted);
    } catch (RuntimeException | LinkageError passing) {
      if (task.isInterrupted() || task.attemptNumber() + 1 < max) {
        throw passing;
      }
      boolean foreseen =
          passing instanceof StoreException || passing instanceof TransformUnavailableException;
      return failed(foreseen ? passing.getMessage() : passing.toString(), passing);
    }
  }

  private static <T> TaskOutcome<T> failed(String message, Throwable cause) {
    LOG.warn("A task failed for good: {}", message, cause);
    return new TaskOutcome.Failed<>(message);
  }
}
