// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.ngffspark.ngff.NodeName;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.json.Problems;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/**
 * The group {@code tables} of a container: its list of names, and where these lead.
 *
 * @param further tables of another container, for names that this one does not list
 */
record TableList(StorePath container, ZarrFormat format, Optional<TableList> further) {
  private static final String TABLES = "tables";

  /** These, and those of another container that are not called as one of these. */
  TableList and(TableList others) {
    return new TableList(container, format, Optional.of(others));
  }

  private List<String> own() {
    return own(new Problems());
  }

  /** The further tables, if a name is of these. */
  private Optional<TableList> elsewhere(String name) {
    return further.filter(others -> !own().contains(name) && others.names().contains(name));
  }

  private StorePath group() {
    return container.child(TABLES);
  }

  /** The names in their order, each once. */
  List<String> names() {
    return names(new Problems());
  }

  /**
   * @param problems takes what the list holds besides names
   */
  List<String> names(Problems problems) {
    Set<String> names = new LinkedHashSet<>(own(problems));
    further.ifPresent(others -> names.addAll(others.names(problems)));
    return List.copyOf(names);
  }

  private List<String> own(Problems problems) {
    return Group.open(group(), format).map(group -> names(group, problems)).orElseGet(List::of);
  }

  private List<String> names(Group group, Problems problems) {
    Set<String> names = new LinkedHashSet<>();
    JsonView attributes = new JsonView(group.path().toString(), "", group.attributes());
    attributes
        .find(TABLES)
        .flatMap(list -> problems.member(list, JsonView::elements, "it lists nothing"))
        .orElse(List.of())
        .forEach(
            element ->
                problems.member(element, this::listed, "it cannot be used").ifPresent(names::add));
    return List.copyOf(names);
  }

  private String listed(JsonView element) {
    String name = element.text();
    inside(group(), name, group(), element.file());
    return name;
  }

  /** Attributes of a table; empty if there is no such group. */
  Optional<TableAttributes> attributes(String name) {
    Optional<TableList> elsewhere = elsewhere(name);
    if (elsewhere.isPresent()) {
      return elsewhere.get().attributes(name);
    }
    StorePath path = node(name);
    return Group.open(path, format)
        .map(group -> new TableAttributes(path.toString(), format, group.attributes()));
  }

  /**
   * @throws FormatException if the name leads out of the group
   */
  StorePath node(String name) {
    Optional<TableList> elsewhere = elsewhere(name);
    if (elsewhere.isPresent()) {
      return elsewhere.get().node(name);
    }
    return inside(group(), name, group(), group().toString());
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
    change(list -> list.add(name));
  }

  void remove(String name) {
    change(
        list -> {
          for (Iterator<JsonNode> each = list.iterator(); each.hasNext(); ) {
            if (each.next().asText().equals(name)) {
              each.remove();
            }
          }
        });
  }

  /**
   * Moves a name.
   *
   * @param index of it in the list from then on
   * @throws IllegalArgumentException if the list does not have the name
   */
  void move(String name, int index) {
    requireListed(name);
    change(
        list -> {
          List<JsonNode> others = new ArrayList<>();
          list.forEach(each -> others.add(each));
          others.removeIf(each -> each.asText().equals(name));
          others.add(Math.min(index, others.size()), TextNode.valueOf(name));
          list.removeAll().addAll(others);
        });
  }

  /** Makes the group with the attributes of another one, without its names, if it has others. */
  void carryAttributes(TableList source) {
    ObjectNode attributes =
        Group.open(source.group(), source.format).map(Group::attributes).orElseGet(Json::object);
    attributes.remove(TABLES);
    if (!attributes.isEmpty()) {
      Group.create(group(), format, attributes);
    }
  }

  /** Changes the list, and makes it and the group if they are missing. */
  private void change(Consumer<ArrayNode> change) {
    Optional<Group> existing = Group.open(group(), format);
    ObjectNode attributes = existing.map(Group::attributes).orElseGet(Json::object);
    change.accept(
        attributes.get(TABLES) instanceof ArrayNode list ? list : attributes.putArray(TABLES));
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
