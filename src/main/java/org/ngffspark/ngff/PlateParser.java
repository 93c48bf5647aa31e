// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The {@code plate} field, read and written. */
final class PlateParser {
  static final String PLATE = "plate";
  private static final String NAME = "name";
  private static final String ROWS = "rows";
  private static final String COLUMNS = "columns";
  private static final String WELLS = "wells";
  private static final String PATH = "path";
  private static final String ROW_INDEX = "rowIndex";
  private static final String COLUMN_INDEX = "columnIndex";
  private static final String ACQUISITIONS = "acquisitions";
  private static final String ID = "id";
  private static final String VERSION = "version";

  private PlateParser() {}

  static PlateMetadata parse(OmeAttributes attributes) {
    JsonView plate = attributes.view().require(PLATE);
    OmeAttributes.checkVersion(plate, attributes.version());
    Set<String> rows = names(plate.require(ROWS));
    Set<String> columns = names(plate.require(COLUMNS));
    return new PlateMetadata(
        plate.find(NAME).map(JsonView::text),
        List.copyOf(rows),
        List.copyOf(columns),
        wells(plate.require(WELLS), rows, columns),
        plate.find(ACQUISITIONS).map(PlateParser::acquisitions).orElse(List.of()));
  }

  private static Set<String> names(JsonView list) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonView element : list.elements()) {
      addNew(names, NodeName.name(element.require(NAME)), element);
    }
    return names;
  }

  private static List<String> wells(JsonView list, Set<String> rows, Set<String> columns) {
    Set<String> paths = new LinkedHashSet<>();
    for (JsonView element : list.elements()) {
      JsonView view = element.require(PATH);
      String path = NodeName.path(view);
      String[] parts = path.split("/", -1);
      if (parts.length != 2 || !rows.contains(parts[0]) || !columns.contains(parts[1])) {
        throw view.problem("must be a row and a column of the plate, as in B/03");
      }
      element.find(ROW_INDEX).ifPresent(JsonView::index);
      element.find(COLUMN_INDEX).ifPresent(JsonView::index);
      addNew(paths, path, view);
    }
    return List.copyOf(paths);
  }

  private static List<Acquisition> acquisitions(JsonView list) {
    List<Acquisition> acquisitions = new ArrayList<>();
    Set<Integer> ids = new HashSet<>();
    for (JsonView element : list.elements()) {
      int id = element.require(ID).index();
      addNew(ids, id, element);
      acquisitions.add(new Acquisition(id, element.find(NAME).map(JsonView::text)));
    }
    return acquisitions;
  }

  private static <T> void addNew(Set<T> values, T value, JsonView view) {
    if (!values.add(value)) {
      throw view.problem("must not be listed twice");
    }
  }

  static ObjectNode toJson(NgffVersion version, PlateMetadata plate) {
    ObjectNode ome = JsonNodeFactory.instance.objectNode();
    ObjectNode json = ome.putObject(PLATE);
    if (!plate.acquisitions().isEmpty()) {
      ArrayNode list = json.putArray(ACQUISITIONS);
      for (Acquisition acquisition : plate.acquisitions()) {
        ObjectNode node = list.addObject().put(ID, acquisition.id());
        acquisition.name().ifPresent(name -> node.put(NAME, name));
      }
    }
    putNames(json.putArray(COLUMNS), plate.columns());
    plate.name().ifPresent(name -> json.put(NAME, name));
    putNames(json.putArray(ROWS), plate.rows());
    ArrayNode wells = json.putArray(WELLS);
    for (String path : plate.wells()) {
      String[] parts = path.split("/", -1);
      wells
          .addObject()
          .put(PATH, path)
          .put(ROW_INDEX, plate.rows().indexOf(parts[0]))
          .put(COLUMN_INDEX, plate.columns().indexOf(parts[parts.length - 1]));
    }
    json.put(VERSION, version.text());
    return ome;
  }

  private static void putNames(ArrayNode list, List<String> names) {
    names.forEach(name -> list.addObject().put(NAME, name));
  }
}
