// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/**
 * The attributes of a table's group. Nothing is checked before it is asked for, so that a table
 * nobody uses cannot be in the way.
 *
 * @param location of the group, for messages
 */
record TableAttributes(String location, ZarrFormat format, ObjectNode node) {
  static final String TYPE = "type";
  static final String VERSION = "table_version";
  static final String BACKEND = "backend";
  static final String INDEX_KEY = "index_key";
  static final String INDEX_TYPE = "index_type";
  static final String REGION = "region";
  static final String PATH = "path";
  static final String INSTANCE_KEY = "instance_key";

  /** Ours; other programs keep it or pass it over. */
  static final String LABEL_FINGERPRINT = "ngff_spark_label_fingerprint";

  static final String SUPPORTED_VERSION = "1";

  // What pandas calls an index without a name when it becomes a column of a file.
  private static final List<String> UNNAMED = List.of("__index_level_0__", "_index");

  /** The same attributes for messages about a file of the group. */
  TableAttributes at(StorePath file) {
    return new TableAttributes(file.toString(), format, node);
  }

  /** {@code generic_table} where nothing is said. */
  String type() {
    return text(TYPE).orElse(TableType.GENERIC.attribute());
  }

  boolean isType(TableType type) {
    return type.attribute().equals(node.path(TYPE).asText());
  }

  /**
   * @throws FormatException if it has none of these types
   */
  void requireType(TableType... types) {
    if (Arrays.stream(types).noneMatch(this::isType)) {
      List<String> wanted = Arrays.stream(types).map(TableType::attribute).toList();
      throw new FormatException(
          location, "its type must be one of " + wanted + ", got \"" + type() + "\"");
    }
  }

  /** ngio's default backend where nothing is said. */
  String backend() {
    return text(BACKEND).orElse("anndata_v1");
  }

  /**
   * @throws FormatException if the table has a version other than 1
   */
  void requireSupportedVersion() {
    JsonNode version = node.path(VERSION);
    boolean known =
        version.isMissingNode() || version.isNull() || version.asText().equals(SUPPORTED_VERSION);
    if (!known) {
      throw new FormatException(
          location, "table_version must be \"" + SUPPORTED_VERSION + "\", got " + version);
    }
  }

  /** The path of the label image that the rows belong to, as written. */
  Optional<String> regionPath() {
    JsonNode path = node.path(REGION).path(PATH);
    return path.isTextual() ? Optional.of(path.textValue()) : Optional.empty();
  }

  /** What the label image was like when the table was made of it; empty if nothing is said. */
  Optional<String> fingerprint() {
    JsonNode value = node.path(LABEL_FINGERPRINT);
    return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
  }

  Optional<String> indexKey() {
    return text(INDEX_KEY);
  }

  Optional<String> instanceKey() {
    return text(INSTANCE_KEY);
  }

  private Optional<IndexType> indexType() {
    return text(INDEX_TYPE).map(this::indexType).or(() -> defaults().map(DefaultIndex::type));
  }

  private IndexType indexType(String name) {
    return Arrays.stream(IndexType.values())
        .filter(type -> type.attribute().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new FormatException(
                    location, "index_type must be \"int\" or \"str\", got \"" + name + "\""));
  }

  private Optional<DefaultIndex> defaults() {
    return Arrays.stream(TableType.values())
        .filter(this::isType)
        .findFirst()
        .flatMap(TableType::defaultIndex);
  }

  private Optional<String> text(String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new FormatException(location, field + " must be a string, got " + value);
    }
    return Optional.of(value.textValue());
  }

  /**
   * Makes a table of these columns. Its index is the column that {@code index_key} names; a column
   * that pandas wrote for an index without a name counts as that one.
   *
   * @param stored the index that the backend itself names, if it does
   * @throws FormatException if there is no such column, a column appears twice, lengths differ, or
   *     an id is not of {@code index_type}
   */
  Table table(List<Column> columns, Optional<String> stored) {
    Optional<String> key = indexKey().or(() -> defaults().map(DefaultIndex::key));
    Optional<Column> index = key.flatMap(name -> first(columns, withUnnamed(name)));
    if (index.isEmpty() && indexKey().isPresent()) {
      throw new FormatException(
          location,
          "index_key '%s' names no column; there are %s"
              .formatted(indexKey().get(), columns.stream().map(Column::name).toList()));
    }
    try {
      return index.isPresent()
          ? keyed(columns, index.get(), key.orElseThrow())
          : unkeyed(columns, first(columns, stored.map(List::of).orElse(UNNAMED)));
    } catch (IllegalArgumentException wrong) {
      throw new FormatException(location, wrong.getMessage(), wrong);
    }
  }

  private static List<String> withUnnamed(String name) {
    List<String> names = new ArrayList<>(List.of(name));
    names.addAll(UNNAMED);
    return names;
  }

  private static Optional<Column> first(List<Column> columns, List<String> names) {
    return names.stream()
        .flatMap(name -> columns.stream().filter(column -> column.name().equals(name)))
        .findFirst();
  }

  private Table keyed(List<Column> columns, Column index, String key) {
    List<Column> rest = new ArrayList<>(columns);
    rest.remove(index);
    rest.removeIf(column -> UNNAMED.contains(column.name()));
    Column renamed = index.named(key);
    Optional<IndexType> type = indexType().filter(wanted -> converts(wanted, renamed));
    return Table.of(type.map(wanted -> wanted.convert(location, renamed)).orElse(renamed), rest);
  }

  /** A label that is none fails a row of a masking ROI table, not the table. */
  private boolean converts(IndexType type, Column index) {
    return type != IndexType.INT
        || !isType(TableType.MASKING_ROI)
        || IntStream.range(0, index.size())
            .allMatch(row -> ColumnConversion.wholeNumber(index, row).isPresent());
  }

  private static Table unkeyed(List<Column> columns, Optional<Column> index) {
    List<Column> rest = new ArrayList<>(columns);
    index.ifPresent(rest::remove);
    return index.map(column -> Table.of(column, rest)).orElseGet(() -> Table.of(rest));
  }
}
