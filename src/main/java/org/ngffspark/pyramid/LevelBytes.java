// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.pyramid;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ngffspark.image.PyramidStep;
import org.ngffspark.job.StoredUnits;
import org.ngffspark.job.TouchedUnits;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;

/**
 * What it takes to make coarser levels follow a changed one, beside reading what was changed.
 *
 * @param read bytes of write units of which a part stays as it is, encoded
 * @param unitsRead how many write units these are
 * @param written bytes of write units that change, as long as they are now, encoded
 * @param unitsWritten how many write units these are
 */
public record LevelBytes(long read, long unitsRead, long written, long unitsWritten) {

  /**
   * @param steps from the changed level to each coarser one
   * @param touched of the changed level
   */
  public static LevelBytes of(List<PyramidStep> steps, TouchedUnits touched) {
    long read = 0;
    long unitsRead = 0;
    long written = 0;
    long unitsWritten = 0;
    List<Box> changed = touched.boxes();
    int level = touched.level();
    for (PyramidStep step : steps) {
      level++;
      Map<GridPosition, List<Box>> derived = NextLevel.derived(step, changed);
      StoredUnits stored = touched.levels().get(level);
      ChunkGrid units = step.target().writeUnits();
      List<GridPosition> inPart = new ArrayList<>();
      changed = new ArrayList<>();
      for (Map.Entry<GridPosition, List<Box>> unit : derived.entrySet()) {
        changed.addAll(unit.getValue());
        if (!unit.getValue().contains(units.box(unit.getKey()))) {
          inPart.add(unit.getKey());
        }
      }
      read += stored.bytes(inPart);
      unitsRead += inPart.size();
      unitsWritten += derived.size();
      written += stored.bytes(derived.keySet());
    }
    return new LevelBytes(read, unitsRead, written, unitsWritten);
  }
}
