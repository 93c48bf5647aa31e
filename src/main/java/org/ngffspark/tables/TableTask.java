// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.tables;

import java.io.Serializable;
import java.util.Map;
import org.ngffspark.chunks.StagedOutput;
import org.ngffspark.commit.Stage;
import org.ngffspark.history.JobDecision;
import org.ngffspark.history.Repeat;
import org.ngffspark.job.ContainerTarget;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageTarget;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.Tile;
import org.ngffspark.ngff.NodeName;
import org.ngffspark.table.CopiedTables;
import org.ngffspark.table.Tables;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.store.StorePath;

/**
 * Copies or deletes a table of each image.
 *
 * @param name of the table
 */
public record TableTask(String name, Work work) implements ObjectTask<Nothing, Nothing> {

  /** What is done with the table. */
  public sealed interface Work extends Serializable {}

  /**
   * Writes it once more; type, index and columns stay.
   *
   * @param to name of the copy; that of the table itself to write it in another backend
   * @param existing what happens to a table of that name that is there already
   */
  public record Copy(String to, WritableBackend backend, Existing existing) implements Work {
    public Copy {
      NodeName.checked(to);
    }
  }

  /** Deletes it. */
  public record Delete() implements Work {}

  @Override
  public ImageTarget<Nothing> target(ImageRef image) {
    return new Target(image, image.open(), name, work);
  }

  @Override
  public Map<String, String> details() {
    return Map.of("table", name);
  }

  /**
   * @throws IllegalArgumentException if there is no such table; the message lists those that are
   */
  @Override
  public void check(OpenedImage image) {
    image.container().tables().backend(name);
  }

  @Override
  public TaskResult<Nothing> run(OpenedImage image, Tile<Nothing> tile) {
    return TaskResult.nothing();
  }

  private record Target(ImageRef image, StorePath container, String name, Work work)
      implements ContainerTarget<Nothing> {

    @Override
    public String location() {
      return image.toString();
    }

    @Override
    public JobDecision decide(OpenedImage opened, Repeat repeat) {
      return work instanceof Copy copy
          ? new TableChange(container, copy.to, copy.existing).decision()
          : JobDecision.run();
    }

    @Override
    public StagedOutput output(Stage stage) {
      return new StagedOutput(stage, container.key(""), "", StagedOutput.Copying.CHANGED);
    }

    @Override
    public Change change(OpenedImage opened, TaskResult<Nothing> all, Stage stage) {
      if (work instanceof Copy copy) {
        Tables source = Tables.open(container);
        return new TableChange(container, copy.to, copy.existing)
            .write(
                stage,
                tables -> new CopiedTables(source, tables).copy(name, copy.to, copy.backend));
      }
      return new TableChange(container, name, Existing.REPLACE).delete();
    }
  }
}
