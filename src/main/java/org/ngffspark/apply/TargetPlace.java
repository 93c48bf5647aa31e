// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.commit.SharedMetadata;
import org.ngffspark.history.JobRecord;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.ngff.ContainerKind;
import org.ngffspark.ngff.Well;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/**
 * Where the pixels of one image come from and go to.
 *
 * @param source container that is read
 * @param sourceNode image or label image that is read, below its container; {@code ""} for itself
 * @param container that is changed or made
 * @param node image or label image that is changed or made, below its container
 */
public record TargetPlace(
    StorePath source,
    String sourceNode,
    StorePath container,
    String node,
    Destination destination) {

  /** Finds the target of an image; nothing is read or written. */
  public static TargetPlace of(ImageRef image, PixelTarget pixels, Destination destination) {
    StorePath source = image.open();
    String node = pixels.node();
    if (destination instanceof Destination.NewImage created) {
      StorePath container = StorePath.root(StoreLocations.open(created.uri()));
      return new TargetPlace(source, node, container, node, destination);
    }
    if (destination instanceof Destination.Sibling sibling) {
      return node.isEmpty()
          ? new TargetPlace(source, "", beside(image, sibling.suffix()), "", destination)
          : new TargetPlace(source, node, source, node + sibling.suffix(), destination);
    }
    return new TargetPlace(source, node, source, node, destination);
  }

  private static StorePath beside(ImageRef image, String suffix) {
    if (!image.path().isEmpty()) {
      return new StorePath(
          StoreLocations.open(image.root()), Destination.Sibling.named(image.path(), suffix));
    }
    String root = image.root().toString();
    String trimmed = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    return StorePath.root(
        StoreLocations.open(URI.create(Destination.Sibling.named(trimmed, suffix))));
  }

  /** Where people find the result. */
  public String location() {
    return new ImageRef(container.store().uri(), target().path()).toString();
  }

  /** What is changed or made. */
  public StorePath target() {
    return node.isEmpty() ? container : container.child(node);
  }

  /** Whether the image itself is changed. */
  boolean isInPlace() {
    return destination instanceof Destination.InPlace;
  }

  /** Whether it is an image beside the one that is read. */
  boolean isSibling() {
    return destination instanceof Destination.Sibling && node.isEmpty();
  }

  /** Whether a target that is there already is replaced. */
  public boolean isReplaced() {
    return destination.existing() == Existing.REPLACE;
  }

  /** The source as seen from the target: a sibling by its name, another image by its place. */
  public String sourceFromTarget() {
    if (isInPlace()) {
      return JobRecord.ITSELF;
    }
    if (!node.isEmpty()) {
      return "../" + sourceNode.substring(sourceNode.lastIndexOf('/') + 1);
    }
    return isSibling() ? "../" + name(source) : source.toString();
  }

  /**
   * The image whose labels and tables a new image uses, as seen from it: the source if it is asked
   * for; else, besides copies of what the source has itself, the image that the source uses.
   *
   * @param ofSource the image that the source uses, as seen from the source
   * @throws IllegalArgumentException if the two are not in file systems
   */
  Optional<String> link(Optional<String> ofSource) {
    if (!node.isEmpty()) {
      return Optional.empty();
    }
    if (destination.companions() == Companions.LINKED) {
      requireLocal("--link-labels is for images in file systems; leave it out for copies");
      return Optional.of(fromTarget(local(source)));
    }
    if (ofSource.isEmpty() || !destination.companions().areCopied()) {
      return Optional.empty();
    }
    requireLocal(
        "the source uses labels and tables of "
            + ofSource.get()
            + ", to which no path leads from there; write into a file system, or give"
            + " --no-copy-labels");
    return Optional.of(fromTarget(local(source).resolve(ofSource.get()).normalize()));
  }

  private void requireLocal(String otherwise) {
    if (!StoreLocations.isLocal(source.store().uri())
        || !StoreLocations.isLocal(container.store().uri())) {
      throw new IllegalArgumentException(location() + ": " + otherwise);
    }
  }

  private String fromTarget(Path image) {
    return local(container).relativize(image).toString();
  }

  private static Path local(StorePath image) {
    return Path.of(URI.create(StoreLocations.real(image)));
  }

  /** The last part of an image's place. */
  static String name(StorePath image) {
    String path = image.path().isEmpty() ? image.store().uri().getPath() : image.path();
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
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
      link(Optional.empty());
    } else if (!container.equals(source)) {
      throw new IllegalArgumentException(
          location()
              + ": a transformed label image cannot become a new image; name it with --suffix, or"
              + " change it with --in-place");
    }
    if (isReplaced()
        && ContainerKind.find(target()).filter(ContainerKind.IMAGE::equals).isEmpty()
        && !container.store().list(target().path()).isEmpty()) {
      throw new IllegalArgumentException(
          location() + " is not an image, so it is not replaced; choose another name");
    }
  }

  /** Makes a new image beside its source known to the well that both lie in; may be repeated. */
  public void register(RunInfo run) {
    if (isSibling()) {
      String name = container.name();
      Well.around(source)
          .ifPresent(
              well ->
                  SharedMetadata.change(
                      well.path(), run, copy -> Well.open(copy).register(name, source.name())));
    }
  }

  private void requireApart() {
    String from = StoreLocations.real(source);
    String to = StoreLocations.real(container);
    if ((from + "/").startsWith(to + "/") || (to + "/").startsWith(from + "/")) {
      throw new IllegalArgumentException(
          location()
              + " must lie apart from the image that is read, "
              + source
              + "; choose another name, or change the image with --in-place");
    }
  }
}
