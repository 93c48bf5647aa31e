// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/** A Zarr group whose attributes have an OME part. */
record OmeGroup(StorePath path, Group group, OmeAttributes attributes) {
  private static final String OME = "ome";

  /**
   * Opens a group.
   *
   * @throws FormatException if there is none or it has no OME part
   */
  static OmeGroup open(StorePath path) {
    return find(path).orElseThrow(() -> new FormatException(path.toString(), whatIsThere(path)));
  }

  /**
   * Opens a group of that version.
   *
   * @throws FormatException if there is none or it has no OME part
   */
  static OmeGroup open(StorePath path, NgffVersion version) {
    return Group.open(path, formatOf(version))
        .flatMap(group -> find(path, group))
        .orElseThrow(
            () ->
                new FormatException(
                    path.toString(), "there is no OME-Zarr " + version + ": " + whatIsThere(path)));
  }

  /** The group and its OME part; empty if there is no group or it has none. */
  static Optional<OmeGroup> find(StorePath path) {
    return Group.open(path).flatMap(group -> find(path, group));
  }

  private static Optional<OmeGroup> find(StorePath path, Group group) {
    return OmeAttributes.find(versionOf(group), path, group.attributes())
        .map(attributes -> new OmeGroup(path, group, attributes));
  }

  static NgffVersion versionOf(Group group) {
    return group.format() == ZarrFormat.V2 ? NgffVersion.V0_4 : NgffVersion.V0_5;
  }

  static ZarrFormat formatOf(NgffVersion version) {
    return version == NgffVersion.V0_4 ? ZarrFormat.V2 : ZarrFormat.V3;
  }

  /**
   * Makes the group, or changes it: other attributes stay, those of {@code ome} are replaced.
   *
   * @throws IllegalArgumentException if there is a group of the other Zarr format
   */
  static OmeGroup write(StorePath path, NgffVersion version, ObjectNode ome) {
    ObjectNode wrapped = OmeAttributes.wrap(version, ome);
    Optional<Group> there = Group.open(path);
    if (there.filter(group -> versionOf(group) != version).isPresent()) {
      throw new IllegalArgumentException(
          "NGFF " + version + " cannot be written into " + path + ": it is of another Zarr format");
    }
    if (there.isEmpty()) {
      Group made = Group.create(path, formatOf(version), wrapped);
      return new OmeGroup(path, made, OmeAttributes.find(version, path, wrapped).orElseThrow());
    }
    return written(path, there.get(), there.get().attributes().setAll(wrapped));
  }

  private static OmeGroup written(StorePath path, Group group, ObjectNode attributes) {
    group.writeAttributes(attributes);
    return new OmeGroup(
        path, group, OmeAttributes.find(versionOf(group), path, attributes).orElseThrow());
  }

  /** Replaces the OME part; in 0.5 other attributes stay. */
  OmeGroup withOme(ObjectNode ome) {
    ObjectNode changed = ome.deepCopy();
    return written(
        path,
        group,
        attributes.version() == NgffVersion.V0_4 ? changed : group.attributes().set(OME, changed));
  }

  private static String whatIsThere(StorePath path) {
    if (path.store().status(path.key(".zarray")).isPresent()) {
      return "it is a Zarr array; give the group of the image around it";
    }
    if (Group.open(path).isPresent()) {
      return "it is a Zarr group without the attribute 'ome', so not an OME-Zarr";
    }
    return path.store().status(path.key("zarr.json")).isPresent()
        ? "it is a Zarr array; give the group of the image around it"
        : "there is no Zarr group (neither .zgroup nor zarr.json)";
  }
}
