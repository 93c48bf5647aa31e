// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.json.Problems;

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
  private static final String LEFT_OUT = "it is left out";

  private final Problems problems;

  private PlateParser(Problems problems) {
    this.problems = problems;
  }

  /**
   * @param problems takes what is wrong with single rows, columns, wells and acquisitions, which
   *     are then left out
   */
  static PlateMetadata parse(OmeAttributes attributes, Problems problems) {
    JsonView plate = attributes.view().require(PLATE);
    PlateParser parser = new PlateParser(problems);
    List<String> rows = parser.members(plate.require(ROWS), PlateParser::name, row -> row);
    List<String> columns =
        parser.members(plate.require(COLUMNS), PlateParser::name, column -> column);
    return new PlateMetadata(
        plate.find(NAME).flatMap(name -> problems.member(name, JsonView::text, LEFT_OUT)),
        rows,
        columns,
        parser.members(
            plate.require(WELLS), well -> parser.well(well, rows, columns), path -> path),
        plate
            .find(ACQUISITIONS)
            .map(list -> parser.members(list, PlateParser::acquisition, Acquisition::id))
            .orElse(List.of()));
  }

  /** The members of a list that can be read, each once. */
  private <T> List<T> members(
      JsonView list, Function<JsonView, T> parser, Function<T, Object> identity) {
    List<T> members = new ArrayList<>();
    Set<Object> known = new HashSet<>();
    for (JsonView element : list.elements()) {
      problems
          .member(element, parser, LEFT_OUT)
          .ifPresent(
              member -> {
                if (known.add(identity.apply(member))) {
                  members.add(member);
                } else {
                  problems.add(element, "is listed twice");
                }
              });
    }
    return members;
  }

  private static String name(JsonView view) {
    return NodeName.name(view.require(NAME));
  }

  private String well(JsonView element, List<String> rows, List<String> columns) {
    JsonView view = element.require(PATH);
    String path = NodeName.path(view);
    String[] parts = path.split("/", -1);
    if (parts.length != 2) {
      throw view.problem("must be a row and a column of the plate, as in B/03");
    }
    if (!rows.contains(parts[0]) || !columns.contains(parts[1])) {
      problems.add(view, "is not in the rows and columns of the plate, got " + view.quote());
    }
    return path;
  }

  private static Acquisition acquisition(JsonView view) {
    return new Acquisition(view.require(ID).index(), view.find(NAME).map(JsonView::text));
  }

  static ObjectNode toJson(OmeForm form, PlateMetadata plate) {
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
    if (form.version() != NgffVersion.V0_6) {
      json.put(OmeForm.VERSION, form.tag());
    }
    return ome;
  }

  private static void putNames(ArrayNode list, List<String> names) {
    names.forEach(name -> list.addObject().put(NAME, name));
  }
}
