// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.plan.TileSize;
import org.ngffspark.zarr.nd.ChunkGrid;

/**
 * What is to be known of one image of a run to cut it into tasks. Small, however many objects there
 * are.
 *
 * @param regions where the regions of its objects come from
 * @param objects how many are taken; 0 if they are yet to be found in the label image
 * @param units write units of the level whose pixels are taken
 * @param whole axes that every tile spans wholly
 * @param bytesPerUnit bytes of decoded pixels that a task holds for each write unit
 * @param skipped objects that are left alone because their regions are not known
 * @param notes objects per note
 * @param metadata what was read to plan it
 * @param remarks what there is to say of it, without the name of the image
 * @param ids that there are, if the run makes new ones
 */
public record ImagePlan(
    Regions regions,
    long objects,
    ChunkGrid units,
    Set<Integer> whole,
    long bytesPerUnit,
    List<SkippedObject> skipped,
    Map<String, Long> notes,
    KnownMetadata metadata,
    List<String> remarks,
    IdsInUse ids)
    implements Serializable {
  // Below this a shuffle costs more than the second core saves.
  private static final long WORTH_SPLITTING = 64L << 20;

  public ImagePlan {
    whole = new TreeSet<>(whole);
    skipped = List.copyOf(skipped);
    notes = new TreeMap<>(notes);
    remarks = List.copyOf(remarks);
  }

  /** Where the regions of an image's objects come from. */
  public sealed interface Regions extends Serializable {
    /** A table. */
    record Table() implements Regions {}

    /**
     * The label image.
     *
     * @param units its write units
     */
    record LabelImage(ChunkGrid units) implements Regions {}

    /** The run takes no objects. */
    record None() implements Regions {}
  }

  /** The tiles that tasks do. */
  public TileGrid tiles(TaskLimits limits) {
    boolean small = units.count() <= WORTH_SPLITTING / bytesPerUnit;
    int wanted = Math.max(small ? 1 : limits.tilesPerImage(), limits.forcedTiles());
    return new TileSize(bytesPerUnit, limits.memoryPerTask(), wanted).choose(units, whole);
  }
}
