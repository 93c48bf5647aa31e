// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
public record TileResult(
    List<WrittenUnit> units,
    List<Box> changed,
    List<InputState> inputs,
    List<SkippedObject> skipped,
    WorkCount work)
    implements Serializable {
  public static final TileResult NOTHING =
      new TileResult(List.of(), List.of(), List.of(), List.of(), WorkCount.NONE);

  /** What both have done. */
  public TileResult plus(TileResult other) {
    return new TileResult(
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
    private final Map<String, InputState> inputs = new LinkedHashMap<>();
    private final List<SkippedObject> skipped = new ArrayList<>();
    private WorkCount work = WorkCount.NONE;

    public void add(TileResult part) {
      units.addAll(part.units);
      changed.addAll(part.changed);
      skipped.addAll(part.skipped);
      work = work.plus(part.work);
      for (InputState state : part.inputs) {
        // The first one seen stays: if a later one differs, so does the one before the commit.
        inputs.putIfAbsent(state.key(), state);
      }
    }

    public TileResult result() {
      return new TileResult(
          List.copyOf(units),
          List.copyOf(changed),
          List.copyOf(inputs.values()),
          List.copyOf(skipped),
          work);
    }
  }
}
