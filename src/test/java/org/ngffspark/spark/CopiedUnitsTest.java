// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TransformTask;
import org.ngffspark.chunks.ChunkPool;
import org.ngffspark.chunks.StagedOutput;
import org.ngffspark.chunks.UnitStage;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.InputState;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.image.Container;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImagePlan;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.PlanTask;
import org.ngffspark.job.PlannedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;

/** Units that a new image gets as they are stored. */
class CopiedUnitsTest {
  @TempDir Path folder;

  @Test
  void theyAreCountedAndGuardedAgainstChangesLikeAllThatIsRead() {
    Path image = folder.resolve("image.zarr");
    Container container = JobImage.plane().fill(9).write(image);
    ImageRef ref = new ImageRef(image.toUri(), "");
    TransformTask task =
        new TransformTask(
            SpecBuilder.on(JobImage.NUCLEI).build(),
            new Destination.Sibling("_new", Existing.REFUSE));
    ImagePlan plan;
    try (OpenedImage opened = OpenedImage.unplanned(ref, task, new ChunkPool(0))) {
      plan = new PlanTask(task).run(opened);
    }
    RunInfo run = RunInfo.current("test", Map.of());
    try (ImageTransaction transaction =
        ImageTransaction.begin(container.path(), run, CommitOptions.standard())) {
      StagedOutput output = new StagedOutput(transaction.stage(), "", "", StagedOutput.Copying.ALL);
      GridPosition missing = GridPosition.of(0, 0, 0);
      GridPosition stored = GridPosition.of(1, 2, 3);
      PlannedImage planned = new PlannedImage(0, ref, plan, TileGrid.single(plan.units()), output);
      OpenedImage opened = OpenedImage.of(planned, task, new ChunkPool(0));
      UnitStage stage = opened.stage();
      stage.copyOthers(0, opened.level().array(), List.of(missing, stored));
      TaskResult<Box> result = opened.counted(TaskResult.<Box>nothing().withUnits(stage.units()));
      assertThat(result.units()).hasSize(1);
      assertThat(result.units().get(0).staged().key()).isEqualTo("0/1/2/3");
      assertThat(result.inputs())
          .containsExactlyInAnyOrder(
              InputState.of(container.path(), "0/0/0/0"),
              InputState.of(container.path(), "0/1/2/3"));
      assertThat(result.work().chunksRead()).isEqualTo(2);
      assertThat(result.work().unitsWritten()).isEqualTo(1);
    }
  }
}
