// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.ngffspark.commit.InputState;
import org.ngffspark.zarr.nd.Box;

/**
 * What a task has done for a tile.
 *
 * @param units staged write units
 * @param changed boxes of the transformed level whose pixels may have changed, in pixels
 * @param inputs what was read, as it was then
 * @param skipped objects that kept their pixels because their transform threw
 * @param work what it took
 */
public record TaskResult(
    List<WrittenUnit> units,
    List<Box> changed,
    List<InputState> inputs,
    List<SkippedObject> skipped,
    WorkCount work)
    implements Serializable {
  public static final TaskResult NOTHING =
      new TaskResult(List.of(), List.of(), List.of(), List.of(), WorkCount.NONE);

  /** What both have done. */
  public TaskResult plus(TaskResult other) {
    return new TaskResult(
        join(units, other.units),
        join(changed, other.changed),
        join(inputs, other.inputs),
        join(skipped, other.skipped),
        work.plus(other.work));
  }

  private static <T> List<T> join(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** Adds up many results. */
  public static final class Sum {
    private final List<WrittenUnit> units = new ArrayList<>();
    private final List<Box> changed = new ArrayList<>();
    // Of an input that changed while it was read there are several states, so one is not as now.
    private final Set<InputState> inputs = new LinkedHashSet<>();
    private final List<SkippedObject> skipped = new ArrayList<>();
    private WorkCount work = WorkCount.NONE;

    public void add(TaskResult part) {
      units.addAll(part.units);
      changed.addAll(part.changed);
      skipped.addAll(part.skipped);
      work = work.plus(part.work);
      inputs.addAll(part.inputs);
    }

    public TaskResult result() {
      return new TaskResult(
          List.copyOf(units),
          List.copyOf(changed),
          List.copyOf(inputs),
          List.copyOf(skipped),
          work);
    }
  }
}
