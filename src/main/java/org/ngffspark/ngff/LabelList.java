// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.store.StorePath;

/**
 * The group {@code labels} of an image: it lists the label images by name. Adding and removing read
 * the list, change it and write it: one at a time for each image.
 */
public final class LabelList {
  private static final String OME = "ome";
  private static final String VERSION = "version";
  private static final String LABELS = "labels";

  private final StorePath path;
  private final NgffVersion version;

  LabelList(StorePath image, NgffVersion version) {
    this.path = image.child(LABELS);
    this.version = version;
  }

  /** The group that lists and holds the nodes; it may not exist yet. */
  public StorePath path() {
    return path;
  }

  /**
   * The names in their order, each once; empty if there is no such group or it lists none.
   *
   * @throws org.ngffspark.zarr.store.FormatException if a name leads out of the group
   */
  public List<String> names() {
    return List.copyOf(open().map(this::names).orElse(Set.of()));
  }

  private Optional<Group> open() {
    return Group.open(path, OmeGroup.formatOf(version));
  }

  private Set<String> names(Group group) {
    Set<String> names = new LinkedHashSet<>();
    holder(group)
        .flatMap(view -> view.find(LABELS))
        .map(JsonView::elements)
        .orElse(List.of())
        .forEach(element -> names.add(NodeName.name(element)));
    return names;
  }

  private Optional<JsonView> holder(Group group) {
    String file = path.child(version == NgffVersion.V0_4 ? ".zattrs" : "zarr.json").toString();
    String prefix = version == NgffVersion.V0_4 ? "" : "attributes";
    JsonView attributes = new JsonView(file, prefix, group.attributes());
    return version == NgffVersion.V0_5 ? attributes.find(OME) : Optional.of(attributes);
  }

  /**
   * The place of a listed node.
   *
   * @throws IllegalArgumentException if there is none of that name; the message lists those that
   *     are
   */
  public StorePath child(String name) {
    List<String> names = names();
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "No label '" + name + "' in " + path + "; it has " + names);
    }
    return path.child(name);
  }

  /**
   * Lists a node, and makes the group if it is missing. Nothing happens if it is listed already.
   *
   * @return the place of the node
   * @throws IllegalArgumentException if the name is not one, see the message
   */
  public StorePath add(String name) {
    NodeName.checked(name);
    Group group = open().orElseGet(() -> Group.create(path, OmeGroup.formatOf(version)));
    List<String> names = new ArrayList<>(names(group));
    if (!names.contains(name)) {
      names.add(name);
      write(group, names);
    }
    return path.child(name);
  }

  /** Takes a node from the list; the node itself stays. Nothing happens if it is not listed. */
  public void remove(String name) {
    Optional<Group> group = open();
    List<String> names = new ArrayList<>(group.map(this::names).orElse(Set.of()));
    if (names.remove(name)) {
      write(group.orElseThrow(), names);
    }
  }

  private void write(Group group, List<String> names) {
    ObjectNode attributes = group.attributes().deepCopy();
    ObjectNode holder = attributes;
    if (version == NgffVersion.V0_5) {
      holder = attributes.withObjectProperty(OME);
      holder.put(VERSION, version.text());
    }
    ArrayNode list = holder.putArray(LABELS);
    names.forEach(list::add);
    group.writeAttributes(attributes);
  }
}
