// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.InputState;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.image.Container;
import org.ngffspark.job.ChunkPool;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageTasks;
import org.ngffspark.job.StagedOutput;
import org.ngffspark.job.TaskResult;
import org.ngffspark.zarr.nd.GridPosition;

/** Units that a new image gets as they are stored. */
class CopiedUnitsTest {
  @TempDir Path folder;

  @Test
  void theyAreCountedAndGuardedAgainstChangesLikeAllThatIsRead() {
    Path image = folder.resolve("image.zarr");
    Container container = JobImage.plane().fill(9).write(image);
    ImageTasks tasks =
        ImageTasks.open(
            new ImageRef(image.toUri(), ""),
            SpecBuilder.on(JobImage.NUCLEI).build(),
            new ChunkPool(0));
    RunInfo run = RunInfo.current("test", Map.of());
    try (ImageTransaction transaction =
        ImageTransaction.begin(container.path(), run, CommitOptions.standard())) {
      StagedOutput output = new StagedOutput(transaction.stage(), "", "", StagedOutput.Copying.ALL);
      GridPosition missing = GridPosition.of(0, 0, 0);
      GridPosition stored = GridPosition.of(1, 2, 3);
      TaskResult result = tasks.copy(0, List.of(missing, stored), output);
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
