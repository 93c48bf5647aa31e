// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ngffspark.zarr.json.MetadataProblem;
import org.ngffspark.zarr.json.Problems;
import org.ngffspark.zarr.store.StorePath;

/** A well of a plate: it lists its images. A snapshot of the moment it was opened. */
public final class Well {
  private final OmeGroup group;
  private final List<WellImage> images;
  private final List<MetadataProblem> problems;

  private Well(OmeGroup group) {
    Problems found = new Problems();
    group.attributes().note(found);
    this.group = group;
    this.images = List.copyOf(WellParser.parse(group.attributes(), found));
    this.problems = found.list();
  }

  /**
   * Opens a well.
   *
   * @throws org.ngffspark.zarr.store.FormatException if there is none, or its metadata are wrong
   */
  public static Well open(StorePath path) {
    return new Well(ContainerKind.WELL.open(path));
  }

  /**
   * The well that an image lies in: its parent, if that is a well and lists the image. Empty for
   * images outside wells, and for one that is the root of its store.
   */
  public static Optional<Well> around(StorePath image) {
    if (image.path().isEmpty()) {
      return Optional.empty();
    }
    String parent = image.path().substring(0, Math.max(0, image.path().lastIndexOf('/')));
    return OmeGroup.find(new StorePath(image.store(), parent))
        .filter(group -> group.attributes().ome().has(WellParser.WELL))
        .map(Well::new)
        .filter(well -> well.find(image.name()).isPresent());
  }

  /** Makes a well. */
  public static Well create(StorePath path, NgffVersion version, List<WellImage> images) {
    images.forEach(image -> NodeName.checked(image.path()));
    OmeForm form = OmeForm.of(version);
    return new Well(OmeGroup.write(path, form, WellParser.toJson(form, images)));
  }

  public StorePath path() {
    return group.path();
  }

  /** The images in the order of the metadata. */
  public List<WellImage> images() {
    return images;
  }

  /** What is wrong or unusual in the metadata, and how it is taken. */
  public List<MetadataProblem> problems() {
    return problems;
  }

  private Optional<WellImage> find(String image) {
    return images.stream().filter(candidate -> candidate.path().equals(image)).findFirst();
  }

  /**
   * Lists {@code image} with the acquisition of {@code source}, which the well lists already.
   * Nothing happens if it is listed. The list is read, changed and written: one at a time for each
   * well.
   *
   * @throws IllegalArgumentException if the well does not list {@code source}, or {@code image} is
   *     no name
   */
  public Well register(String image, String source) {
    Well current = open(path());
    OptionalInt acquisition =
        current
            .find(source)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "No image '" + source + "' in well " + path() + "; it has " + images))
            .acquisition();
    if (current.find(NodeName.checked(image)).isPresent()) {
      return current;
    }
    ObjectNode ome = current.group.attributes().ome().deepCopy();
    WellParser.append(ome, new WellImage(image, acquisition));
    return new Well(current.group.withOme(ome));
  }

  /**
   * Lists an image no more; the image itself stays. Nothing happens if it is not listed. The list
   * is read, changed and written: one at a time for each well.
   */
  public Well unregister(String image) {
    Well current = open(path());
    if (current.find(image).isEmpty()) {
      return current;
    }
    ObjectNode ome = current.group.attributes().ome().deepCopy();
    WellParser.remove(ome, image);
    return new Well(current.group.withOme(ome));
  }
}
