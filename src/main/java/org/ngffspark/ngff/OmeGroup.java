// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.ngffspark.n5.N5Image;
import org.ngffspark.ngff.OmeForm.Place;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/** A group whose attributes have an OME part, or say the same by the conventions of N5. */
record OmeGroup(StorePath path, Group group, OmeAttributes attributes) {

  /**
   * Opens a group.
   *
   * @throws FormatException if there is none or it has no OME part
   */
  static OmeGroup open(StorePath path) {
    return look(path).orElseThrow(() -> new FormatException(path.toString(), whatIsThere(path)));
  }

  /** As {@link #find}, also of a folder of N5 without attributes that holds levels. */
  static Optional<OmeGroup> look(StorePath path) {
    return find(path).or(() -> withoutAttributes(path));
  }

  /**
   * Opens a group of that format.
   *
   * @throws FormatException if there is none or it has no OME part
   */
  static OmeGroup open(StorePath path, ZarrFormat format) {
    return Group.open(path, format)
        .flatMap(group -> find(path, group))
        .or(() -> format == ZarrFormat.N5 ? withoutAttributes(path) : Optional.empty())
        .orElseThrow(
            () ->
                new FormatException(
                    path.toString(),
                    "there is no OME-Zarr of Zarr " + format + ": " + whatIsThere(path)));
  }

  /**
   * The group and its OME part; empty if there is no group or it has none. A folder of N5 without
   * attributes is none: it may hold levels of an image that was never finished.
   */
  static Optional<OmeGroup> find(StorePath path) {
    return Group.open(path).flatMap(group -> find(path, group));
  }

  /** A folder of N5 without attributes that holds levels of an image. */
  private static Optional<OmeGroup> withoutAttributes(StorePath path) {
    Group group = Group.withoutAttributes(path);
    return path.store().status(path.key(OmeForm.attributesFile(ZarrFormat.N5))).isPresent()
        ? Optional.empty()
        : find(path, group);
  }

  private static Optional<OmeGroup> find(StorePath path, Group group) {
    if (group.format() == ZarrFormat.N5) {
      Optional<ObjectNode> told =
          group.isDataSet()
              ? N5Image.ofDataSet(path, group.attributes())
              : ofN5(path, group.attributes());
      return told.flatMap(ome -> OmeAttributes.find(ZarrFormat.N5, path.toString(), ome))
          .map(attributes -> new OmeGroup(path, group, attributes));
    }
    return OmeAttributes.find(group.format(), path.toString(), group.attributes())
        .map(attributes -> new OmeGroup(path, group, attributes));
  }

  /** Plates and wells say in N5 what they say in OME-NGFF 0.4. */
  private static Optional<ObjectNode> ofN5(StorePath path, ObjectNode attributes) {
    return attributes.hasNonNull("plate") || attributes.hasNonNull("well")
        ? Optional.of(attributes.deepCopy())
        : N5Image.ome(path, attributes);
  }

  /**
   * Makes the group, or changes it: other attributes stay, those of {@code ome} are replaced.
   *
   * @throws IllegalArgumentException if there is a group of the other Zarr format
   */
  static OmeGroup write(StorePath path, OmeForm form, ObjectNode ome) {
    ObjectNode wrapped = form.wrap(ome);
    Optional<Group> there = Group.open(path);
    if (there.filter(group -> group.format() != form.format()).isPresent()) {
      throw new IllegalArgumentException(
          "NGFF "
              + form.version()
              + " cannot be written into "
              + path
              + ": it is of another Zarr format than "
              + form.format());
    }
    if (there.isEmpty()) {
      return find(path, Group.create(path, form.format(), wrapped)).orElseThrow();
    }
    return written(path, there.get(), there.get().attributes().setAll(wrapped));
  }

  private static OmeGroup written(StorePath path, Group group, ObjectNode attributes) {
    group.writeAttributes(
        group.format() == ZarrFormat.N5 ? N5Image.attributes(attributes) : attributes);
    return find(path, group).orElseThrow();
  }

  /** Replaces the OME part; attributes beside {@code ome} stay. */
  OmeGroup withOme(ObjectNode ome) {
    ObjectNode changed = ome.deepCopy();
    return written(
        path,
        group,
        attributes.form().place() == Place.ATTRIBUTES
            ? changed
            : group.attributes().set(OmeForm.OME, changed));
  }

  private static String whatIsThere(StorePath path) {
    if (path.store().status(path.key(".zarray")).isPresent()) {
      return "it is a Zarr array; give the group of the image around it";
    }
    Optional<Group> group = Group.open(path);
    if (group.filter(Group::isDataSet).isPresent()) {
      return "it is a data set of N5 that does not tell its axes; give --axes, from the slowest to"
          + " the fastest, as z,y,x, or the group of the image around it";
    }
    if (group.isPresent() && group.get().format() == ZarrFormat.N5) {
      return "it is a group of N5 without levels (multiscales, or s0, s1, …), so not an image";
    }
    if (group.isPresent()) {
      return "it is a Zarr group without the attribute 'ome', so not an OME-Zarr";
    }
    return path.store().status(path.key("zarr.json")).isPresent()
        ? "it is a Zarr array; give the group of the image around it"
        : "there is no Zarr group (neither .zgroup nor zarr.json)";
  }
}
