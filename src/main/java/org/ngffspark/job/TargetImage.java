// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.ngffspark.commit.MetadataDraft;
import org.ngffspark.commit.MetadataEdit;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.commit.SharedMetadata;
import org.ngffspark.commit.Stage;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.history.JobHistory;
import org.ngffspark.history.JobRecord;
import org.ngffspark.job.Destination.Existing;
import org.ngffspark.job.TransformSpec.Target;
import org.ngffspark.ngff.ContainerKind;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.ngff.Well;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/** Where the pixels of one image of a run go, and the metadata that come with them. */
public final class TargetImage {
  private final StorePath source;
  private final StorePath container;
  private final Target target;
  private final String node;
  private final Destination destination;

  private TargetImage(
      StorePath source, StorePath container, Target target, String node, Destination destination) {
    this.source = source;
    this.container = container;
    this.target = target;
    this.node = node;
    this.destination = destination;
  }

  /** Finds the target of an image; nothing is read or written. */
  public static TargetImage of(ImageRef ref, Target target, Destination destination) {
    StorePath source = ref.open();
    String node = target instanceof Target.OfLabel label ? "labels/" + label.name() : "";
    StorePath container = source;
    if (destination instanceof Destination.NewImage image) {
      container = StorePath.root(StoreLocations.open(image.uri()));
    } else if (destination instanceof Destination.Sibling sibling) {
      if (target instanceof Target.OfLabel) {
        node += sibling.suffix();
      } else {
        container = beside(ref, sibling.suffix());
      }
    }
    return new TargetImage(source, container, target, node, destination);
  }

  private static StorePath beside(ImageRef ref, String suffix) {
    if (!ref.path().isEmpty()) {
      return new StorePath(StoreLocations.open(ref.root()), suffixed(ref.path(), suffix));
    }
    String root = ref.root().toString();
    String trimmed = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    return StorePath.root(StoreLocations.open(URI.create(suffixed(trimmed, suffix))));
  }

  /** A name keeps its extension. */
  private static String suffixed(String path, String suffix) {
    String extension =
        Stream.of(".ome.zarr", ".zarr").filter(path::endsWith).findFirst().orElse("");
    return path.substring(0, path.length() - extension.length()) + suffix + extension;
  }

  /** The container that is changed or made. */
  public StorePath container() {
    return container;
  }

  /** Where people find the result. */
  public String location() {
    return new ImageRef(container.store().uri(), targetNode().path()).toString();
  }

  /** Whether the image itself is changed. */
  public boolean isInPlace() {
    return destination instanceof Destination.InPlace;
  }

  /** Where tasks put write units. */
  public StagedOutput output(Stage stage) {
    return new StagedOutput(
        stage,
        sourceNode().isEmpty() ? source.key("") : source.child(sourceNode()).key(""),
        node.isEmpty() ? "" : node + "/",
        isInPlace() ? StagedOutput.Copying.CHANGED : StagedOutput.Copying.ALL);
  }

  /** The jobs that the target says were committed to it; empty if there is no target yet. */
  public Optional<JobHistory> history() {
    return Group.open(targetNode())
        .map(group -> JobHistory.from(group.attributes(), group.path().toString()));
  }

  /**
   * Lengths of what a job reads, as they are now, by key below the source.
   *
   * @param labelName masking label image
   */
  public SortedMap<String, Long> content(String labelName) {
    return ImageContent.of(source, sourceNode(), labelName);
  }

  private String sourceNode() {
    return target instanceof Target.OfLabel label ? "labels/" + label.name() : "";
  }

  /** The source as seen from the target: a sibling by its name, another image by its place. */
  public String sourceFromTarget() {
    if (isInPlace()) {
      return ".";
    }
    if (!node.isEmpty()) {
      return "../" + ((Target.OfLabel) target).name();
    }
    return isSibling() ? "../" + name(source) : source.toString();
  }

  private StorePath targetNode() {
    return node.isEmpty() ? container : container.child(node);
  }

  /**
   * Refuses a target that would lose more than an older result: the source itself, a place that
   * holds it or lies in it, something that is no image.
   *
   * @throws IllegalArgumentException if it is such a target
   */
  public void requireSafe() {
    if (isInPlace()) {
      return;
    }
    if (node.isEmpty()) {
      requireApart();
    } else if (!container.equals(source)) {
      throw new IllegalArgumentException(
          location()
              + ": a transformed label image cannot become a new image; name it with --suffix, or"
              + " change it with --in-place");
    }
    if (isReplaced()
        && ContainerKind.find(targetNode()).filter(ContainerKind.IMAGE::equals).isEmpty()
        && !container.store().list(targetNode().path()).isEmpty()) {
      throw new IllegalArgumentException(
          location() + " is not an image, so it is not replaced; choose another name");
    }
  }

  private void requireApart() {
    String from = place(source);
    String to = place(container);
    if ((from + "/").startsWith(to + "/") || (to + "/").startsWith(from + "/")) {
      throw new IllegalArgumentException(
          location()
              + " must lie apart from the image that is read, "
              + source
              + "; choose another name, or change the image with --in-place");
    }
  }

  /** Where something lies, links followed. */
  private static String place(StorePath path) {
    URI root = path.store().uri();
    return StoreLocations.isLocal(root)
        ? StoreLocations.canonical(Path.of(root).resolve(path.path()).toUri()).toString()
        : StoreLocations.canonical(root) + (path.path().isEmpty() ? "" : "/" + path.path());
  }

  /** Whether a target that is there already is replaced. */
  public boolean isReplaced() {
    return destination instanceof Destination.NewImage image
        ? image.existing() == Existing.REPLACE
        : destination instanceof Destination.Sibling sibling
            && sibling.existing() == Existing.REPLACE;
  }

  /**
   * The target's metadata with the record of the job; a job in place is added to those that were
   * before it.
   *
   * @param record what was done
   */
  public List<MetadataEdit> metadata(JobRecord record) {
    MetadataDraft draft = new MetadataDraft();
    if (isInPlace()) {
      draft.copy(source, node);
    } else if (node.isEmpty()) {
      derive(ImageNode.open(source), draft.root(), name(container));
    } else {
      deriveLabel(draft);
    }
    Group group = Group.open(nodeIn(draft)).orElseThrow();
    JobHistory before = isInPlace() ? history().orElseThrow() : new JobHistory(List.of());
    group.writeAttributes(before.with(record).addTo(group.attributes()));
    return isReplaced() ? draft.editsReplacing(node) : draft.edits();
  }

  private StorePath nodeIn(MetadataDraft draft) {
    return node.isEmpty() ? draft.root() : draft.root().child(node);
  }

  private static String name(StorePath image) {
    String path = image.path().isEmpty() ? image.store().uri().getPath() : image.path();
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }

  private void deriveLabel(MetadataDraft draft) {
    draft.copy(source, "");
    draft.copy(source, "labels");
    String from = "labels/" + ((Target.OfLabel) target).name();
    StorePath to = draft.root().child(node);
    derive(ImageNode.open(source.child(from)), to, to.name());
    ImageNode image = ImageNode.open(draft.root());
    if (!image.labels().names().contains(to.name())) {
      image.labels().add(to.name());
    }
  }

  private static void derive(ImageNode from, StorePath to, String name) {
    for (int level = 0; level < from.metadata().datasets().size(); level++) {
      String path = from.metadata().datasets().get(level).path();
      ZarrArray.create(to.child(path), ZarrArray.open(from.dataset(level)).metadata());
    }
    ImageNode.create(to, from.metadata().derived(name));
  }

  /**
   * Deletions of what an older target has and the new one has not.
   *
   * @param kept keys of all that is about to be written
   */
  public List<StagedUnit> leftovers(Stage stage, Set<String> kept) {
    if (!isReplaced()) {
      return List.of();
    }
    String prefix = container.key("");
    List<StagedUnit> deletions = new ArrayList<>();
    for (String key : container.store().list(targetNode().path())) {
      String inContainer = key.substring(prefix.length());
      if (!kept.contains(inContainer)) {
        deletions.add(stage.delete(inContainer));
      }
    }
    return deletions;
  }

  /** The container that is read. */
  public StorePath source() {
    return source;
  }

  /**
   * Makes a new image known to its well, if it lies in one; may be repeated.
   *
   * @param run which adds to what other runs may be adding to at the same time
   */
  public void register(RunInfo run) {
    if (isSibling()) {
      Well.around(source)
          .ifPresent(
              well ->
                  SharedMetadata.change(
                      well.path(),
                      run,
                      copy -> Well.open(copy).register(container.name(), source.name())));
    }
  }

  /** Whether it is an image beside the one that is read. */
  private boolean isSibling() {
    return destination instanceof Destination.Sibling && node.isEmpty();
  }
}
