// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.tables;

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
import org.ngffspark.table.FeatureTable;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.store.StorePath;

/** Writes a feature table into each image. The tables stay on the driver. */
public final class NewTablesTask implements ObjectTask<Nothing, Nothing> {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final transient Map<ImageRef, FeatureTable> tables;
  private final WritableBackend backend;
  private final Existing existing;

  /**
   * @param name of the tables
   * @param tables one for each image of the run
   * @param existing what happens to a table of that name that is there already
   */
  public NewTablesTask(
      String name, Map<ImageRef, FeatureTable> tables, WritableBackend backend, Existing existing) {
    this.name = NodeName.checked(name);
    this.tables = Map.copyOf(tables);
    this.backend = backend;
    this.existing = existing;
  }

  @Override
  public ImageTarget<Nothing> target(ImageRef image) {
    return new Target(image);
  }

  @Override
  public Map<String, String> details() {
    return Map.of("table", name);
  }

  @Override
  public TaskResult<Nothing> run(OpenedImage image, Tile<Nothing> tile) {
    return TaskResult.nothing();
  }

  private final class Target implements ContainerTarget<Nothing> {
    private final ImageRef image;
    private final TableChange change;

    Target(ImageRef image) {
      this.image = image;
      this.change = new TableChange(image.open(), name, existing);
    }

    @Override
    public StorePath container() {
      return change.container();
    }

    @Override
    public String location() {
      return image.toString();
    }

    @Override
    public JobDecision decide(OpenedImage opened, Repeat repeat) {
      return existing == Existing.REFUSE && change.isThere()
          ? JobDecision.refuse(
              "there is a table '%s' already; mode overwrite replaces it, or choose another name"
                  .formatted(name))
          : JobDecision.run();
    }

    @Override
    public StagedOutput output(Stage stage) {
      return new StagedOutput(stage, container().key(""), "", StagedOutput.Copying.CHANGED);
    }

    /**
     * @throws IllegalArgumentException if the image has not the label image of the features
     */
    @Override
    public Change change(OpenedImage opened, TaskResult<Nothing> all, Stage stage) {
      FeatureTable table = tables.get(image);
      opened.container().label(table.labelName());
      return change.write(stage, written -> written.write(name, table, backend));
    }
  }
}
