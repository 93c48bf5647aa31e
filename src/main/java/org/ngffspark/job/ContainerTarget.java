// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.ngffspark.chunks.StagedOutput;
import org.ngffspark.commit.MetadataEdit;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.commit.Stage;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.zarr.store.StorePath;

/** A container, new or existing, that a run changes as a whole or not at all. */
public non-sealed interface ContainerTarget<V> extends ImageTarget<V> {

  /** The container; it is locked from before it is planned until it is committed. */
  StorePath container();

  /**
   * Looks whether the container may be changed, before it is locked.
   *
   * @throws IllegalArgumentException if not
   */
  default void requireSafe() {}

  /** Where tasks put write units. */
  StagedOutput output(Stage stage);

  /**
   * What is committed.
   *
   * @param units in any order
   * @param metadata worked into what is there, in this order, after all units
   * @param removed nodes below the container that go with all in them, after the metadata; {@code
   *     ""} for the container
   * @param remarks what there is to say of it, without the name of the image
   */
  record Change(
      List<StagedUnit> units,
      List<MetadataEdit> metadata,
      List<String> removed,
      List<String> remarks) {
    /** Of which there is nothing to say. */
    public Change(List<StagedUnit> units, List<MetadataEdit> metadata) {
      this(units, metadata, List.of(), List.of());
    }

    public Change {
      units = List.copyOf(units);
      metadata = List.copyOf(metadata);
      removed = List.copyOf(removed);
      remarks = List.copyOf(remarks);
    }

    /** Both. */
    public Change plus(Change other) {
      return new Change(
          joined(units, other.units),
          joined(metadata, other.metadata),
          joined(removed, other.removed),
          joined(remarks, other.remarks));
    }

    /**
     * The same, and what lies below a node that is replaced and is not written again is deleted.
     *
     * @param container what keys are below of
     * @param node in it; it may not exist
     * @param all what tasks have staged
     */
    public Change replacing(StorePath container, StorePath node, TaskResult<?> all, Stage stage) {
      Set<String> kept = new HashSet<>();
      all.units().forEach(unit -> kept.add(unit.staged().key()));
      all.files().forEach(file -> kept.add(file.key()));
      units.forEach(unit -> kept.add(unit.key()));
      metadata.forEach(edit -> kept.add(edit.key()));
      return plus(new Change(stage.deleteOthers(container, node, kept), List.of()));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
      return Stream.concat(first.stream(), second.stream()).toList();
    }
  }

  /**
   * Says what is committed when all tasks are done; may stage more.
   *
   * @param all what the tasks have returned
   */
  Change change(OpenedImage image, TaskResult<V> all, Stage stage);

  /**
   * Makes a committed image known to others; may be repeated.
   *
   * @param run which may be changing the same at the same time
   */
  default void register(RunInfo run) {}
}
