// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.remove;

import java.util.List;
import org.ngffspark.chunks.StagedOutput;
import org.ngffspark.commit.MetadataDraft;
import org.ngffspark.commit.Stage;
import org.ngffspark.history.JobDecision;
import org.ngffspark.history.Repeat;
import org.ngffspark.image.Container;
import org.ngffspark.job.ContainerTarget;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.table.Tables;
import org.ngffspark.tables.TableChange;
import org.ngffspark.zarr.store.StorePath;

/** An image that goes, or loses a label image or a table. */
record RemovedNode(ImageRef image, RemoveTask task) implements ContainerTarget<Nothing> {

  @Override
  public StorePath container() {
    return image.open();
  }

  @Override
  public String location() {
    String node = task.removal().node();
    return node.isEmpty() ? image.toString() : image + "/" + node;
  }

  @Override
  public JobDecision decide(OpenedImage opened, Repeat repeat) {
    if (RemovalCheck.of(task, image).isThere()) {
      return JobDecision.run();
    }
    String missing = "there is no " + task.removal();
    return repeat == Repeat.RESUME ? JobDecision.skip(missing) : JobDecision.refuse(missing);
  }

  @Override
  public StagedOutput output(Stage stage) {
    return new StagedOutput(stage, container().key(""), "", StagedOutput.Copying.CHANGED);
  }

  @Override
  public Change change(OpenedImage opened, TaskResult<Nothing> all, Stage stage) {
    StorePath container = container();
    MetadataDraft draft = new MetadataDraft();
    List<String> remarks = List.of();
    if (task.removal() instanceof Removal.OfLabel label) {
      draft.copy(container, "");
      draft.copy(container, "labels");
      ImageNode.open(draft.root()).labels().remove(label.name());
      remarks = tablesOf(label.name());
    } else if (task.removal() instanceof Removal.OfTable table) {
      return new TableChange(container, table.name(), Existing.REPLACE).delete();
    }
    return new Change(List.of(), draft.edits(), List.of(task.removal().node()), remarks);
  }

  private List<String> tablesOf(String label) {
    Tables tables = Container.open(container()).tables();
    return tables.names().stream()
        .filter(name -> tables.labelName(name).filter(label::equals).isPresent())
        .map(name -> "table '" + name + "' is of this label image, and stays")
        .toList();
  }
}
