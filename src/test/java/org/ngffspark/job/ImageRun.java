// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.ngffspark.chunks.ChunkPool;
import org.ngffspark.chunks.WrittenUnit;
import org.ngffspark.commit.CommitInputs;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.Leftovers;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.history.JobDecision;
import org.ngffspark.history.Repeat;
import org.ngffspark.job.ContainerTarget.Change;
import org.ngffspark.plan.TileGrid;

/** Does a task on one image as a run with {@code --resume} does it, in this thread. */
public final class ImageRun {
  private static final int PARTS = 64;

  private ImageRun() {}

  /** From the lock of the target to what makes it known to others. */
  public static <V extends Serializable> void of(ObjectTask<?, V> task, ImageRef ref, RunInfo run) {
    ContainerTarget<V> target = (ContainerTarget<V>) task.target(ref);
    target.requireSafe();
    ChunkPool pool = new ChunkPool(0);
    try (ImageTransaction transaction =
            ImageTransaction.begin(target.container(), run, CommitOptions.standard());
        OpenedImage unplanned = OpenedImage.unplanned(ref, task, pool)) {
      JobDecision decision = target.decide(unplanned, Repeat.RESUME);
      if (decision.kind() == JobDecision.Kind.RUN) {
        TileGrid tiles = TileGrid.single(unplanned.level().array().writeUnits());
        ImagePlan plan = new PlanTask(task).run(unplanned);
        commit(
            task,
            target,
            new PlannedImage(0, ref, plan, tiles, target.output(transaction.stage())),
            transaction);
      } else if (decision.kind() == JobDecision.Kind.REFUSE) {
        throw new IllegalStateException(decision.reason());
      }
    }
    target.register(run);
  }

  private static <M extends Serializable, V extends Serializable> void commit(
      ObjectTask<M, V> task,
      ContainerTarget<V> target,
      PlannedImage planned,
      ImageTransaction transaction) {
    try (OpenedImage image = OpenedImage.of(planned, task, new ChunkPool(0))) {
      TaskResult<V> done = new ImageTask<>(task).run(image, planned.tiles());
      Change change = target.change(image, done, transaction.stage());
      List<StagedUnit> units = new ArrayList<>(done.files());
      done.units().stream().map(WrittenUnit::staged).forEach(units::add);
      units.addAll(change.units());
      CommitInputs inputs = CommitInputs.of(planned.ref().open()).withValues(done.inputs());
      Leftovers left = transaction.commit(units, change.metadata(), change.removed(), inputs);
      left.parts(PARTS).forEach(Leftovers.Part::delete);
      left.delete();
    }
  }
}
