// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.chunks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.store.WritesBehind;

/** Stages write units under the keys of the run's target. Not safe for several threads. */
public final class UnitStage {
  private final StagedOutput output;
  private final LongAdder reads;
  private final WritesBehind writes;
  private final List<WrittenUnit> units = new ArrayList<>();

  /**
   * @param reads counts the write units that are read to be copied
   * @param writes to the stage of the output
   */
  public UnitStage(StagedOutput output, LongAdder reads, WritesBehind writes) {
    this.output = output;
    this.reads = reads;
    this.writes = writes;
  }

  /**
   * Encodes and stages each changed write unit of a level.
   *
   * @param level number of the level in its pyramid
   */
  public void write(int level, LevelWriter writer) {
    writer.units().forEach(unit -> write(level, writer, unit));
  }

  /**
   * Encodes and stages one changed write unit of a level.
   *
   * @param level number of the level in its pyramid
   */
  public void write(int level, LevelWriter writer, GridPosition unit) {
    writer.encode(
        unit,
        value -> {
          String key = output.target(writer.array().key(unit));
          StagedUnit staged =
              value
                  .map(bytes -> output.stage().put(key, bytes, writes))
                  .orElseGet(() -> output.stage().delete(key));
          units.add(new WrittenUnit(level, unit, staged));
        });
  }

  /**
   * Stages the write units of {@code candidates} that were not written, as they are stored, if the
   * target needs all.
   */
  public void copyOthers(int level, ZarrArray array, List<GridPosition> candidates) {
    if (output.copying() == StagedOutput.Copying.CHANGED) {
      return;
    }
    Set<GridPosition> written = new HashSet<>();
    units.stream().filter(unit -> unit.level() == level).forEach(unit -> written.add(unit.unit()));
    for (GridPosition unit : candidates) {
      if (!written.contains(unit)) {
        String key = output.target(array.key(unit));
        reads.increment();
        array
            .readUnit(unit)
            .map(bytes -> output.stage().put(key, bytes, writes))
            .ifPresent(staged -> units.add(new WrittenUnit(level, unit, staged)));
      }
    }
  }

  /**
   * What was staged so far, when it is there.
   *
   * @throws org.ngffspark.zarr.store.StoreException if something of it could not be written
   */
  public List<WrittenUnit> units() {
    writes.finish();
    return units;
  }
}
