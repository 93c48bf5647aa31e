// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.remove;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ngffspark.history.JobHistory;
import org.ngffspark.image.Container;
import org.ngffspark.job.ImageRef;
import org.ngffspark.ngff.ContainerKind;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.ngff.Well;
import org.ngffspark.ngff.WellImage;
import org.ngffspark.table.Tables;
import org.ngffspark.zarr.store.StorePath;

/**
 * Whether something may be removed.
 *
 * @param path of the image
 */
record RemovalCheck(RemoveTask task, ImageRef image, StorePath path) {
  private static final String MASKING = "masking_roi_table";

  static RemovalCheck of(RemoveTask task, ImageRef image) {
    return new RemovalCheck(task, image, image.open());
  }

  StorePath node() {
    String node = task.removal().node();
    return node.isEmpty() ? path : path.child(node);
  }

  /** Whether the image has it itself; those of an image whose labels it uses are not its own. */
  boolean isThere() {
    if (task.removal() instanceof Removal.OfLabel label) {
      return ImageNode.open(path).labels().has(label.name());
    }
    return !(task.removal() instanceof Removal.OfTable table)
        || Tables.open(path).names().contains(table.name());
  }

  /**
   * @throws IllegalArgumentException if it must stay
   */
  void requireAllowed() {
    if (!isThere()) {
      return;
    }
    if (task.foreign() == Foreign.REFUSE) {
      requireOurs();
    }
    if (task.removal() instanceof Removal.OfImage) {
      requireOthersInWell();
    } else if (task.removal() instanceof Removal.OfLabel label) {
      requireNothingBelow(label.name());
    }
    requireUnused();
  }

  private void requireOurs() {
    if (!isOurs(node(), task.removal() instanceof Removal.OfTable)) {
      throw new IllegalArgumentException(
          "This program did not make the " + task.removal() + "; --force removes it all the same");
    }
    List<String> added = task.removal() instanceof Removal.OfImage ? added() : List.of();
    if (!added.isEmpty()) {
      throw new IllegalArgumentException(
          "The image has "
              + String.join(", ", added)
              + ", which this program did not make and its source has not; --force removes them"
              + " with it");
    }
  }

  private boolean isOurs(StorePath node, boolean isTable) {
    return JobHistory.of(node).filter(JobHistory::isMade).isPresent()
        || isTable && isMadeOfLabel(node.name());
  }

  /** Masking ROI tables have no record; those of this program bear what they were made of. */
  private boolean isMadeOfLabel(String table) {
    Tables tables = Tables.open(path);
    return tables.type(table).equals(MASKING)
        && tables.maskingRoiTable(table).fingerprint().isPresent();
  }

  /** Label images and tables that were put into a derived image by others. */
  private List<String> added() {
    Optional<Container> source = source();
    if (source.isEmpty()) {
      return List.of();
    }
    Set<String> labels = Set.copyOf(source.get().labels());
    Set<String> tables = Set.copyOf(source.get().tables().names());
    List<String> added = new ArrayList<>();
    ImageNode.open(path).labels().names().stream()
        .filter(name -> !labels.contains(name))
        .filter(name -> !isOurs(path.child("labels").child(name), false))
        .forEach(name -> added.add("label image '" + name + "'"));
    Tables.open(path).names().stream()
        .filter(name -> !tables.contains(name))
        .filter(name -> !isOurs(path.child("tables").child(name), true))
        .forEach(name -> added.add("table '" + name + "'"));
    return added;
  }

  /** The image beside it that it was made from, if it is there still. */
  private Optional<Container> source() {
    return JobHistory.of(path)
        .flatMap(JobHistory::sibling)
        .filter(name -> !path.path().isEmpty())
        .map(name -> new StorePath(path.store(), beside(name)))
        .filter(place -> ContainerKind.find(place).filter(ContainerKind.IMAGE::equals).isPresent())
        .map(Container::open);
  }

  private String beside(String name) {
    return path.path().substring(0, path.path().lastIndexOf('/') + 1) + name;
  }

  private void requireNothingBelow(String label) {
    List<String> below =
        ImageNode.open(path).labels().names().stream()
            .filter(name -> name.startsWith(label + "/"))
            .toList();
    if (!below.isEmpty()) {
      throw new IllegalArgumentException(
          "Label images " + below + " lie in label image '" + label + "'; remove them first");
    }
  }

  private void requireOthersInWell() {
    Optional<Well> well = Well.around(path);
    if (well.isPresent()
        && well.get().images().stream().map(WellImage::path).allMatch(this::isRemoved)) {
      throw new IllegalArgumentException(
          "The well "
              + well.get().path()
              + " would have no image left, and must have one; delete the plate, or leave an image");
    }
  }

  /** Whether an image beside this one goes in the same run. */
  private boolean isRemoved(String name) {
    return task.images().stream()
        .anyMatch(other -> other.root().equals(image.root()) && other.path().equals(beside(name)));
  }

  private void requireUnused() {
    boolean isImage = task.removal() instanceof Removal.OfImage;
    if (!isImage && task.foreign() == Foreign.REMOVE) {
      return;
    }
    Set<String> users =
        LabelUsers.of(image).stream()
            .filter(name -> !isImage || !isRemoved(name))
            .collect(Collectors.toSet());
    if (!users.isEmpty()) {
      throw new IllegalArgumentException(
          "The labels and tables of this image are used by "
              + String.join(", ", users)
              + " (--link-labels), which could not be opened without them; remove "
              + (users.size() == 1 ? "that image" : "those images")
              + " first");
    }
  }
}
