// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ngffspark.apply.Destination.TablesOfLabel;
import org.ngffspark.chunks.StagedStore;
import org.ngffspark.commit.Stage;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.image.Container;
import org.ngffspark.image.Label;
import org.ngffspark.job.ContainerTarget.Change;
import org.ngffspark.tables.LabelTables;
import org.ngffspark.zarr.store.StorePath;

/**
 * A label image that is about to be changed or replaced, and the tables that were computed from it.
 *
 * @param place where it lies
 * @param units that are staged for it
 */
record ChangedLabel(TargetPlace place, Stage stage, List<StagedUnit> units) {
  private static final String LABELS = "labels/";

  /** What is committed with it for its tables; nothing if it is new, or has none. */
  Change tables() {
    LabelTables tables = new LabelTables(place.container(), name());
    if (tables.names().isEmpty()) {
      return new Change(List.of(), List.of());
    }
    boolean follow =
        place.destination() instanceof Destination.InPlace inPlace
            && inPlace.tables() == TablesOfLabel.FOLLOW;
    return follow ? tables.followed(stage, changed()) : tables.left();
  }

  private String name() {
    return place.node().substring(LABELS.length());
  }

  /** It as it will be: unchanged chunks from where they lie, the others from the stage. */
  private Label changed() {
    StorePath container = place.container();
    Map<String, StagedUnit> staged = new HashMap<>();
    units.forEach(unit -> staged.put(container.key(unit.key()), unit));
    StagedStore store = new StagedStore(container.store(), stage, staged);
    return Container.open(new StorePath(store, container.path())).label(name());
  }
}
