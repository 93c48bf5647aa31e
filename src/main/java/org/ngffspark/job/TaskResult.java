// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ngffspark.chunks.WrittenUnit;
import org.ngffspark.commit.InputState;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.samples.TaskSample;

/**
 * What a task has done.
 *
 * @param units staged write units
 * @param files other staged values: what is copied as it is
 * @param values what else the command asks its tasks for
 * @param inputs values that were read, as they were just before
 * @param skipped objects that were left alone because they failed
 * @param sample what the run shows of the objects
 * @param work what it took
 */
public record TaskResult<V>(
    List<WrittenUnit> units,
    List<StagedUnit> files,
    List<V> values,
    List<InputState> inputs,
    List<SkippedObject> skipped,
    TaskSample sample,
    WorkCount work)
    implements Serializable {

  /** Of a task that had nothing to do. */
  public static <V> TaskResult<V> nothing() {
    return of(List.of(), WorkCount.NONE);
  }

  /** Of a task that returns values. */
  public static <V> TaskResult<V> of(List<V> values, WorkCount work) {
    return new TaskResult<>(
        List.of(), List.of(), List.copyOf(values), List.of(), List.of(), TaskSample.NONE, work);
  }

  /** The same with these staged units. */
  public TaskResult<V> withUnits(List<WrittenUnit> staged) {
    return new TaskResult<>(List.copyOf(staged), files, values, inputs, skipped, sample, work);
  }

  /** The same with these staged values besides. */
  public TaskResult<V> withFiles(List<StagedUnit> staged) {
    return new TaskResult<>(units, List.copyOf(staged), values, inputs, skipped, sample, work);
  }

  /** The same with these objects skipped. */
  public TaskResult<V> withSkipped(List<SkippedObject> objects) {
    return new TaskResult<>(units, files, values, inputs, List.copyOf(objects), sample, work);
  }

  /** What both have done. */
  public TaskResult<V> plus(TaskResult<V> other) {
    Sum<V> sum = new Sum<>();
    sum.add(this);
    sum.add(other);
    return sum.result();
  }

  /** Adds up many results. Not safe for several threads. */
  public static final class Sum<V> {
    private final List<WrittenUnit> units = new ArrayList<>();
    private final List<StagedUnit> files = new ArrayList<>();
    private final List<V> values = new ArrayList<>();
    // Of an input that changed while it was read there are several states, so one is not as now.
    private final Set<InputState> inputs = new LinkedHashSet<>();
    private final List<SkippedObject> skipped = new ArrayList<>();
    private TaskSample sample = TaskSample.NONE;
    private WorkCount work = WorkCount.NONE;

    public void add(TaskResult<V> part) {
      units.addAll(part.units);
      files.addAll(part.files);
      values.addAll(part.values);
      inputs.addAll(part.inputs);
      skipped.addAll(part.skipped);
      sample = sample.plus(part.sample);
      work = work.plus(part.work);
    }

    public TaskResult<V> result() {
      return new TaskResult<>(
          List.copyOf(units),
          List.copyOf(files),
          List.copyOf(values),
          List.copyOf(inputs),
          List.copyOf(skipped),
          sample,
          work);
    }
  }
}
