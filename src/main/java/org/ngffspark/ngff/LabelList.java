// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ngffspark.ngff.OmeForm.Place;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.json.MetadataProblem;
import org.ngffspark.zarr.json.Problems;
import org.ngffspark.zarr.store.StorePath;

/**
 * The group {@code labels} of an image: it lists the label images by name, which may have several
 * parts, as in {@code original/0}. From NGFF 0.5 on the list belongs under the attribute {@code
 * ome}, and some programs put it beside; both are read, and both written where both are there.
 *
 * <p>Adding and removing read the list, change it and write it: one at a time for each image.
 */
public final class LabelList {
  private static final String LABELS = "labels";

  private final StorePath path;
  private final OmeForm form;

  LabelList(StorePath image, OmeForm form) {
    this.path = image.child(LABELS);
    this.form = form;
  }

  /** The group that lists and holds the nodes; it may not exist yet. */
  public StorePath path() {
    return path;
  }

  /**
   * The names in their order, each once; empty if there is no such group or it lists none. In N5,
   * where other programs keep no list, those of all images there if there is no list.
   */
  public List<String> names() {
    Optional<Group> group = open();
    return List.copyOf(
        hasNoList(group)
            ? found()
            : group.map(each -> names(each, new Problems())).orElse(Set.of()));
  }

  /** Other programs of N5 keep no list. */
  private boolean hasNoList(Optional<Group> group) {
    return form.format() == ZarrFormat.N5
        && group.stream().flatMap(this::lists).findAny().isEmpty();
  }

  /** Only stores with directories are looked into: others would list every chunk. */
  private Set<String> found() {
    Set<String> names = new LinkedHashSet<>();
    path.store()
        .names(path.path())
        .ifPresent(there -> there.stream().filter(this::isUnlisted).forEach(names::add));
    return names;
  }

  /** What the list holds besides names. */
  public List<MetadataProblem> problems() {
    Problems problems = new Problems();
    open().ifPresent(group -> names(group, problems));
    return problems.list();
  }

  private Optional<Group> open() {
    return Group.open(path, form.format());
  }

  private Set<String> names(Group group, Problems problems) {
    Set<String> names = new LinkedHashSet<>();
    lists(group)
        .flatMap(list -> problems.member(list, JsonView::elements, "it lists nothing").stream())
        .flatMap(List::stream)
        .forEach(
            element ->
                problems
                    .member(element, NodeName::path, "it cannot be used")
                    .ifPresent(names::add));
    return names;
  }

  /** Where the names are listed; first where they belong. */
  private Stream<JsonView> lists(Group group) {
    JsonView attributes = OmeForm.attributes(group.format(), path.toString(), group.attributes());
    Optional<JsonView> beside = attributes.find(LABELS);
    Optional<JsonView> under =
        attributes
            .find(OmeForm.OME)
            .filter(ome -> ome.node().isObject())
            .flatMap(ome -> ome.find(LABELS));
    return form.place() == Place.OME
        ? Stream.concat(under.stream(), beside.stream())
        : Stream.concat(beside.stream(), under.stream());
  }

  /**
   * The place of a listed node; in N5, where other programs list none, of any image there.
   *
   * @throws IllegalArgumentException if there is none of that name; the message lists those that
   *     are
   */
  public StorePath child(String name) {
    if (!has(name)) {
      throw new IllegalArgumentException(
          "No label '" + name + "' in " + path + "; it has " + names());
    }
    return path.child(name);
  }

  /** Whether there is a node of that name, listed or, in N5, not. */
  public boolean has(String name) {
    return names().contains(name) || isUnlisted(name);
  }

  private boolean isUnlisted(String name) {
    return form.format() == ZarrFormat.N5
        && NodeName.isPath(name)
        && ContainerKind.IMAGE.isAt(path.child(name));
  }

  /**
   * Lists a node, and makes the group if it is missing. Nothing happens if it is listed already.
   *
   * @return the place of the node
   * @throws IllegalArgumentException if the name is not one, see the message
   */
  public StorePath add(String name) {
    NodeName.checked(name);
    Set<String> names = new LinkedHashSet<>(names());
    if (hasNoList(open())) {
      names.remove(name);
    }
    Group group = open().orElseGet(() -> Group.create(path, form.format()));
    if (!names.contains(name)) {
      ObjectNode attributes = group.attributes();
      list(home(attributes), names).add(name);
      if (form.place() == Place.OME && attributes.get(LABELS) instanceof ArrayNode beside) {
        beside.add(name);
      }
      group.writeAttributes(attributes);
    }
    return path.child(name);
  }

  /** Where the list belongs. */
  private ObjectNode home(ObjectNode attributes) {
    if (form.place() == Place.ATTRIBUTES) {
      return attributes;
    }
    ObjectNode ome =
        attributes.get(OmeForm.OME) instanceof ObjectNode there
            ? there
            : attributes.putObject(OmeForm.OME);
    return ome.put(OmeForm.VERSION, form.tag());
  }

  /** The list there; one of these names if there is none. */
  private static ArrayNode list(ObjectNode home, Set<String> names) {
    if (home.get(LABELS) instanceof ArrayNode list) {
      return list;
    }
    ArrayNode list = home.putArray(LABELS);
    names.forEach(list::add);
    return list;
  }

  /** Takes a node from the list; the node itself stays. Nothing happens if it is not listed. */
  public void remove(String name) {
    Optional<Group> group = open();
    if (group.isPresent() && names(group.get(), new Problems()).contains(name)) {
      ObjectNode attributes = group.get().attributes();
      remove(attributes.path(LABELS), name);
      remove(attributes.path(OmeForm.OME).path(LABELS), name);
      group.get().writeAttributes(attributes);
    }
  }

  private static void remove(JsonNode list, String name) {
    for (Iterator<JsonNode> each = list.iterator(); each.hasNext(); ) {
      if (NodeName.withoutLastSlash(each.next().asText()).equals(name)) {
        each.remove();
      }
    }
  }
}
