// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ngffspark.commit.CommitInputs;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.InputState;
import org.ngffspark.commit.MetadataDraft;
import org.ngffspark.commit.MetadataEdit;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.image.Pyramid;
import org.ngffspark.image.PyramidStep;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.store.StorePath;

/** Makes all coarser levels of one image or label image anew from its finest level. */
public final class PyramidBuild {

  /**
   * What is built.
   *
   * @param labelName a label image of the image; {@code ""} for the image itself
   * @param levels how many levels there are at the end, at least; 0 for those there are
   */
  public record Spec(String labelName, int levels) implements Serializable {
    public Spec {
      if (levels < 0) {
        throw new IllegalArgumentException("Levels must not be negative, got " + levels);
      }
    }

    /** The image's node below the container. */
    String node() {
      return labelName.isEmpty() ? "" : "labels/" + labelName;
    }
  }

  private final Spec spec;
  private final StorePath container;
  private final MetadataDraft draft;
  private final ChunkPool pool;
  private final List<PyramidStep> steps;

  private PyramidBuild(
      Spec spec,
      StorePath container,
      MetadataDraft draft,
      ChunkPool pool,
      List<PyramidStep> steps) {
    this.spec = spec;
    this.container = container;
    this.draft = draft;
    this.pool = pool;
    this.steps = steps;
  }

  /**
   * Opens an image; levels that are to be made are planned, not written.
   *
   * @throws org.ngffspark.zarr.store.FormatException if the image is damaged
   * @throws IllegalArgumentException if there is no such label image, or the levels cannot be made
   */
  public static PyramidBuild open(ImageRef ref, Spec spec, ChunkPool pool) {
    StorePath container = ref.open();
    ImageNode image = ImageNode.open(container);
    StorePath place =
        spec.labelName().isEmpty() ? container : image.labels().child(spec.labelName());
    ImageNode node = spec.labelName().isEmpty() ? image : ImageNode.open(place);
    MetadataDraft draft = new MetadataDraft();
    draft.copy(container, spec.node());
    for (Dataset dataset : node.metadata().datasets()) {
      draft.copy(container, join(spec.node(), dataset.path()));
    }
    Pyramid.Kind kind = spec.labelName().isEmpty() ? Pyramid.Kind.IMAGE : Pyramid.Kind.LABEL;
    // Without chunks in memory the new levels are described at once.
    StorePath inDraft = spec.node().isEmpty() ? draft.root() : draft.root().child(spec.node());
    ImageNode planned = Pyramid.of(ImageNode.open(inDraft), kind).withLevels(spec.levels()).node();
    return new PyramidBuild(spec, container, draft, pool, steps(planned, place, kind));
  }

  private static List<PyramidStep> steps(ImageNode planned, StorePath place, Pyramid.Kind kind) {
    List<PyramidStep> steps = new ArrayList<>();
    List<Dataset> datasets = planned.metadata().datasets();
    for (int level = 1; level < datasets.size(); level++) {
      steps.add(
          PyramidStep.of(kind, array(planned, place, level - 1), array(planned, place, level)));
    }
    return steps;
  }

  private static ZarrArray array(ImageNode planned, StorePath place, int level) {
    String path = planned.metadata().datasets().get(level).path();
    return ZarrArray.at(place.child(path), ZarrArray.open(planned.dataset(level)).metadata());
  }

  private static String join(String node, String path) {
    return node.isEmpty() ? path : node + "/" + path;
  }

  /** Number of levels that are made. */
  public int steps() {
    return steps.size();
  }

  /**
   * The write units of a level that is made.
   *
   * @param step 0 for the level after the finest
   */
  public ChunkGrid units(int step) {
    return steps.get(step).target().writeUnits();
  }

  /**
   * The write units of the finer level that one unit is made from.
   *
   * @param step 0 for the level after the finest
   */
  public List<GridPosition> finerUnits(int step, GridPosition unit) {
    Box needed = steps.get(step).needed(List.of(units(step).box(unit)));
    return steps.get(step).source().writeUnits().touching(needed);
  }

  /**
   * Makes one write unit.
   *
   * @param step 0 for the level after the finest
   * @param finer staged write units of the finer level that it is made from
   */
  public TaskResult make(
      int step, GridPosition unit, List<WrittenUnit> finer, StagedOutput output) {
    ReadTrace inputs = new ReadTrace(container);
    UnitStage stage = new UnitStage(output);
    PyramidStep rule = steps.get(step);
    Map<String, StagedUnit> staged = new HashMap<>();
    finer.forEach(each -> staged.put(rule.source().key(each.unit()), each.staged()));
    StorePath path = rule.source().path();
    ZarrArray source =
        ZarrArray.at(
            new StorePath(new StagedStore(path.store(), output.stage(), staged), path.path()),
            rule.source().metadata());
    // What lies in the stage is no input of the container.
    ReadTrace read = step == 0 ? inputs : new ReadTrace(container);
    try (TaskChunks chunks = new TaskChunks(source, pool, read)) {
      long old =
          new PyramidTask(pool, inputs, stage)
              .makeUnits(rule, step + 1, Map.of(unit, List.of(units(step).box(unit))), chunks);
      return new TaskResult(
          List.copyOf(stage.units()),
          List.of(),
          inputs.states(),
          List.of(),
          WorkCount.written(stage.units(), 0).plus(WorkCount.reads(chunks.reads() + old, 0)));
    }
  }

  /** Where the units go: the image itself. */
  public StagedOutput output(ImageTransaction transaction) {
    String prefix = spec.node().isEmpty() ? "" : spec.node() + "/";
    String from = spec.node().isEmpty() ? container.key("") : container.key(prefix);
    return new StagedOutput(transaction.stage(), from, prefix, StagedOutput.Copying.CHANGED);
  }

  /** The metadata of levels that are new. */
  public List<MetadataEdit> metadata() {
    return draft.edits();
  }

  /** What was read: the metadata here, and these values. */
  public CommitInputs inputs(List<InputState> values) {
    return CommitInputs.of(container).withValues(values).withMetadata(draft.read());
  }
}
