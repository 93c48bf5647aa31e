// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.executor.InputMetrics;
import org.apache.spark.executor.OutputMetrics;
import org.apache.spark.util.LongAccumulator;
import org.ngffspark.job.WorkCount;

/**
 * What tasks have done, as Spark's pages show it: by stage and task. They are for people; the run
 * itself counts by what tasks return, which counts a task once however often it was tried.
 *
 * @param objects label ids that were taken
 * @param chunksRead write units of images and label images
 * @param chunksWritten write units of all levels
 * @param bytesRead encoded
 * @param bytesWritten encoded
 */
record WorkCounters(
    LongAccumulator objects,
    LongAccumulator chunksRead,
    LongAccumulator chunksWritten,
    LongAccumulator bytesRead,
    LongAccumulator bytesWritten)
    implements Serializable {

  /** New ones, which the tasks of one run share. */
  static WorkCounters of(SparkContext spark) {
    return new WorkCounters(
        spark.longAccumulator("objects"),
        spark.longAccumulator("chunks read"),
        spark.longAccumulator("chunks written"),
        spark.longAccumulator("bytes read"),
        spark.longAccumulator("bytes written"));
  }

  /** Adds what the task that this thread runs has done. */
  void add(WorkCount work) {
    long read = work.chunksRead() + work.labelChunksRead();
    long written = work.unitsWritten() + work.pyramidUnitsWritten();
    objects.add(work.objects());
    chunksRead.add(read);
    chunksWritten.add(written);
    bytesRead.add(work.bytesRead());
    bytesWritten.add(work.bytesWritten());
    InputMetrics input = TaskContext.get().taskMetrics().inputMetrics();
    input.incBytesRead(work.bytesRead());
    input.incRecordsRead(read);
    OutputMetrics output = TaskContext.get().taskMetrics().outputMetrics();
    output.setBytesWritten(output.bytesWritten() + work.bytesWritten());
    output.setRecordsWritten(output.recordsWritten() + written);
  }
}
