// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.pyramid;

import java.util.List;
import org.ngffspark.chunks.StagedOutput;
import org.ngffspark.commit.MetadataDraft;
import org.ngffspark.commit.Stage;
import org.ngffspark.image.Pyramid;
import org.ngffspark.job.ContainerTarget;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.store.StorePath;

/** An image whose coarser levels are made. */
final class PyramidTarget implements ContainerTarget<Box> {
  private final ImageRef image;
  private final String node;
  private final int levels;
  private final StorePath container;

  /**
   * @param node that holds the levels, below the container
   */
  PyramidTarget(ImageRef image, String node, int levels) {
    this.image = image;
    this.node = node;
    this.levels = levels;
    this.container = image.open();
  }

  @Override
  public StorePath container() {
    return container;
  }

  @Override
  public String location() {
    return image.toString();
  }

  @Override
  public StagedOutput output(Stage stage) {
    String to = node.isEmpty() ? "" : node + "/";
    return new StagedOutput(stage, container.key(to), to, StagedOutput.Copying.CHANGED);
  }

  /** The metadata of levels that are new. */
  @Override
  public Change change(OpenedImage opened, TaskResult<Box> all, Stage stage) {
    MetadataDraft draft = new MetadataDraft();
    StorePath from = opened.container().path();
    draft.copy(from, node);
    for (Dataset dataset : opened.level().node().metadata().datasets()) {
      draft.copy(from, node.isEmpty() ? dataset.path() : node + "/" + dataset.path());
    }
    StorePath copy = node.isEmpty() ? draft.root() : draft.root().child(node);
    Pyramid.of(ImageNode.open(copy), opened.level().pyramid().kind()).withEmptyLevels(levels);
    return new Change(List.of(), draft.edits());
  }
}
