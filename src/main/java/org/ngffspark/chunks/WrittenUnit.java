// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.chunks;

import java.io.Serializable;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.zarr.nd.GridPosition;

/**
 * A write unit that a task has staged.
 *
 * @param level of the pyramid
 * @param unit in the grid of write units of that level
 * @param staged its new value
 */
public record WrittenUnit(int level, GridPosition unit, StagedUnit staged)
    implements Serializable {}
