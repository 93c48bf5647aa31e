// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.tables;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.ngffspark.commit.MetadataDraft;
import org.ngffspark.commit.MetadataEdit;
import org.ngffspark.commit.Stage;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.history.JobDecision;
import org.ngffspark.history.JobHistory;
import org.ngffspark.job.ContainerTarget.Change;
import org.ngffspark.job.Existing;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.TableFingerprint;
import org.ngffspark.table.Tables;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.store.StorePath;

/**
 * What has to be committed so that a table of a container is written, replaced or deleted.
 *
 * @param container that has the table
 * @param table name of the table
 * @param existing what happens to a table of that name that is there already
 */
public record TableChange(StorePath container, String table, Existing existing) {
  private static final String TABLES = "tables";

  /** Whether there is a table of that name. */
  public boolean isThere() {
    return Tables.open(container).names().contains(table);
  }

  /** Whether the table may be written: not over one that is to be kept. */
  public JobDecision decision() {
    return existing == Existing.REFUSE && isThere()
        ? JobDecision.refuse(
            "there is a table '"
                + table
                + "' already; replace it with --overwrite, or choose another name")
        : JobDecision.run();
  }

  /** The jobs that have made the table that is there; empty if there is none. */
  public Optional<JobHistory> history() {
    return isThere() ? JobHistory.of(node(container)) : Optional.empty();
  }

  private StorePath node(StorePath root) {
    return root.child(TABLES).child(table);
  }

  /**
   * Writes the table.
   *
   * @param stage takes its files
   * @param write writes it under its name into the tables of a draft
   */
  public Change write(Stage stage, Consumer<Tables> write) {
    return write(stage, write, UnaryOperator.identity());
  }

  /**
   * Writes the table, with attributes of its own. One that is replaced keeps its place in the list.
   *
   * @param attributes makes them of those that were written
   */
  public Change write(Stage stage, Consumer<Tables> write, UnaryOperator<ObjectNode> attributes) {
    MetadataDraft draft = draft();
    Tables tables = Tables.open(draft.root());
    int place = tables.names().indexOf(table);
    tables.delete(table);
    write.accept(tables);
    if (place >= 0) {
      tables.move(table, place);
    }
    Group.open(node(draft.root()))
        .ifPresent(group -> group.writeAttributes(attributes.apply(group.attributes())));
    List<StagedUnit> units = new ArrayList<>(draft.stageUnits(stage));
    List<MetadataEdit> metadata =
        existing == Existing.REFUSE ? draft.edits() : draft.editsReplacing(TABLES + "/" + table);
    units.addAll(leftovers(stage, draft));
    return new Change(units, metadata);
  }

  /** Deletes the table: first it is listed no more, then its files go. */
  public Change delete() {
    MetadataDraft draft = draft();
    Tables.open(draft.root()).delete(table);
    return new Change(List.of(), draft.edits(), List.of(TABLES + "/" + table), List.of());
  }

  /**
   * Writes other regions into the masking ROI table that is there; see {@link Tables#rewrite}.
   *
   * @param stage takes its files
   */
  public Change rewrite(Stage stage, MaskingRoiTable regions) {
    MetadataDraft draft = draft();
    draft.copy(container, TABLES + "/" + table);
    Tables.open(draft.root()).rewrite(table, regions);
    List<StagedUnit> units = new ArrayList<>(draft.stageUnits(stage));
    List<MetadataEdit> metadata = draft.editsReplacing(TABLES + "/" + table);
    units.addAll(leftovers(stage, draft));
    return new Change(units, metadata);
  }

  /** Says of the table that is there that its label image has changed since. */
  public Change setOlder() {
    MetadataDraft draft = draft();
    draft.copy(container, TABLES + "/" + table);
    new TableFingerprint(Tables.open(draft.root()), table).setOlder();
    return new Change(List.of(), draft.edits());
  }

  private MetadataDraft draft() {
    MetadataDraft draft = new MetadataDraft();
    draft.copy(container, "");
    draft.copy(container, TABLES);
    return draft;
  }

  /** Deletions of what the replaced table has and the new one has not. */
  private List<StagedUnit> leftovers(Stage stage, MetadataDraft draft) {
    return stage.deleteOthers(
        container, node(container), Set.copyOf(draft.root().store().list("")));
  }
}
