// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ngffspark.ngff.NodeName;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/** The group {@code tables} of a container: its list of names, and where these lead. */
record TableList(StorePath container, ZarrFormat format) {
  private static final String TABLES = "tables";

  private StorePath group() {
    return container.child(TABLES);
  }

  /**
   * @throws FormatException if the list is not an array of strings
   */
  List<String> names() {
    return Group.open(group(), format).map(this::names).orElseGet(List::of);
  }

  private List<String> names(Group group) {
    JsonNode list = group.attributes().path(TABLES);
    List<String> names = new ArrayList<>();
    for (JsonNode name : list) {
      names.add(name.asText());
    }
    boolean texts = list.isArray() || list.isMissingNode();
    for (JsonNode name : list) {
      texts &= name.isTextual();
    }
    if (!texts) {
      throw new FormatException(
          group.path().toString(),
          "tables must be an array of names, got " + Quote.shorten(list.toString()));
    }
    return names;
  }

  /** Attributes of a table; empty if there is no such group. */
  Optional<TableAttributes> attributes(String name) {
    StorePath path = node(name);
    return Group.open(path, format)
        .map(group -> new TableAttributes(path.toString(), format, group.attributes()));
  }

  /**
   * @throws FormatException if the name leads out of the group
   */
  StorePath node(String name) {
    return inside(group(), name, group(), group().toString());
  }

  /** The last component of a path found in metadata, the name of what it leads to. */
  static String lastPart(String path) {
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }

  /**
   * Checks the path to a label image, which is relative to the group {@code tables}.
   *
   * @throws FormatException if it leads out of the container
   */
  void requireInside(String path, String location) {
    inside(group(), path, container, location);
  }

  private static StorePath inside(
      StorePath from, String relative, StorePath root, String location) {
    try {
      StorePath target = from.resolve(relative);
      if (target.path().startsWith(root.path().isEmpty() ? "" : root.path() + "/")) {
        return target;
      }
    } catch (IllegalArgumentException wrong) {
      throw new FormatException(location, wrong.getMessage(), wrong);
    }
    throw new FormatException(location, "path '" + relative + "' leads out of " + root);
  }

  /**
   * @throws IllegalArgumentException if the list does not have the name
   */
  void requireListed(String name) {
    List<String> names = names();
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "No table '" + name + "' in " + container + "; it has " + names);
    }
  }

  /**
   * @throws IllegalArgumentException if the list has the name, or it is not a name
   */
  void requireNew(String name) {
    NodeName.checked(name);
    if (names().contains(name)) {
      throw new IllegalArgumentException(
          "There is a table '" + name + "' in " + container + " already; delete it first");
    }
  }

  void add(String name) {
    List<String> names = new ArrayList<>(names());
    names.add(name);
    write(names);
  }

  void remove(String name) {
    List<String> names = new ArrayList<>(names());
    names.remove(name);
    write(names);
  }

  private void write(List<String> names) {
    Optional<Group> existing = Group.open(group(), format);
    ObjectNode attributes = existing.map(Group::attributes).orElseGet(Json::object);
    ArrayNode array = attributes.putArray(TABLES);
    names.forEach(array::add);
    if (existing.isPresent()) {
      existing.get().writeAttributes(attributes);
    } else {
      Group.create(group(), format, attributes);
    }
  }

  /** Deletes everything below a table's group; it must not be listed any more. */
  void delete(StorePath table) {
    table.store().deleteTree(table.path());
  }
}
