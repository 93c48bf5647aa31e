// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

/** The file {@code zarr.json} of an array, of the Zarr v3 specification. */
final class ArrayJsonV3 {
  static final String FILE = "zarr.json";
  private static final String STRINGS = "string";
  private static final Set<String> KNOWN =
      Set.of(
          "zarr_format",
          "node_type",
          "shape",
          "data_type",
          "chunk_grid",
          "chunk_key_encoding",
          "fill_value",
          "codecs",
          "attributes",
          "dimension_names",
          "storage_transformers");

  private ArrayJsonV3() {}

  static ArrayLayout parse(JsonFields fields) {
    fields.requireNumber("zarr_format", 3);
    fields.requireText("node_type", "array");
    fields.allowOnly(KNOWN);
    Shape shape = fields.shape("shape", 0);
    requireNoStorageTransformers(fields);
    if (fields.has("attributes")) {
      fields.object("attributes");
    }
    ShardingJson.Chunking chunking = ShardingJson.read(fields, chunkShape(fields));
    return new ArrayLayout(
        ZarrFormat.V3,
        shape,
        chunking.chunks(),
        chunking.shards(),
        type(fields),
        fields.required("fill_value"),
        chunking.encoding(),
        keys(fields),
        dimensionNames(fields, shape.rank()));
  }

  private static void requireNoStorageTransformers(JsonFields fields) {
    if (fields.has("storage_transformers") && !fields.list("storage_transformers").isEmpty()) {
      throw fields.problem(
          "storage_transformers",
          "should be empty: none is supported, got "
              + JsonFields.shown(fields.get("storage_transformers")));
    }
  }

  private static Shape chunkShape(JsonFields fields) {
    JsonFields grid = extension(fields, "chunk_grid");
    grid.requireText("name", "regular");
    JsonFields configuration = grid.object("configuration");
    configuration.allowOnly(Set.of("chunk_shape"));
    return configuration.shape("chunk_shape", 1);
  }

  /** A name with a configuration; a bare string stands for a name without one. */
  private static JsonFields extension(JsonFields fields, String field) {
    JsonNode value = fields.required(field);
    JsonFields extension =
        fields.object(
            value.isTextual() ? Json.object().put("name", value.textValue()) : value, field);
    extension.allowOnly(Set.of("name", "configuration", "must_understand"));
    return extension;
  }

  private static Optional<DataType> type(JsonFields fields) {
    JsonFields type = extension(fields, "data_type");
    String name = type.text("name");
    boolean configured = type.has("configuration") && !type.get("configuration").isEmpty();
    Optional<DataType> known = DataType.ofZarrName(name);
    if (configured || !(known.isPresent() || name.equals(STRINGS))) {
      throw fields.problem(
          "data_type",
          JsonFields.shown(fields.get("data_type"))
              + " is not supported; supported are "
              + Arrays.toString(DataType.values())
              + " and string");
    }
    return known;
  }

  private static ChunkKeys keys(JsonFields fields) {
    JsonFields encoding = extension(fields, "chunk_key_encoding");
    boolean defaultStyle = encoding.text("name").equals("default");
    if (!defaultStyle && !encoding.text("name").equals("v2")) {
      throw encoding.problem(
          "name",
          "should be \"default\" or \"v2\", but is " + JsonFields.shown(encoding.get("name")));
    }
    String separator = defaultStyle ? "/" : ".";
    if (encoding.has("configuration")) {
      JsonFields configuration = encoding.object("configuration");
      configuration.allowOnly(Set.of("separator"));
      separator = configuration.has("separator") ? configuration.text("separator") : separator;
      if (!separator.equals("/") && !separator.equals(".")) {
        throw configuration.problem(
            "separator", "should be \"/\" or \".\", but is \"" + separator + "\"");
      }
    }
    return new ChunkKeys(defaultStyle ? ChunkKeys.Style.DEFAULT : ChunkKeys.Style.V2, separator);
  }

  private static List<String> dimensionNames(JsonFields fields, int rank) {
    if (fields.get("dimension_names").isMissingNode() || fields.get("dimension_names").isNull()) {
      return List.of();
    }
    JsonNode list = fields.list("dimension_names");
    List<String> names = new ArrayList<>();
    for (JsonNode name : list) {
      if (!name.isTextual() && !name.isNull()) {
        throw fields.problem(
            "dimension_names", "should be strings or null, but is " + JsonFields.shown(list));
      }
      names.add(name.isNull() ? "" : name.textValue());
    }
    if (names.size() != rank) {
      throw fields.problem(
          "dimension_names",
          "should have "
              + rank
              + " names, as the shape has axes, but is "
              + JsonFields.shown(list));
    }
    return names.stream().allMatch(String::isEmpty) ? List.of() : names;
  }

  static ObjectNode write(ArrayLayout layout, ObjectNode attributes) {
    ObjectNode node = Json.object();
    ArrayJsonV2.putLengths(node.putArray("shape"), layout.shape());
    node.put("data_type", layout.type().map(DataType::zarrName).orElse(STRINGS));
    ArrayJsonV2.putLengths(
        configuration(node.putObject("chunk_grid"), "regular").putArray("chunk_shape"),
        layout.shards().orElse(layout.chunks()));
    boolean defaultStyle = layout.keys().style() == ChunkKeys.Style.DEFAULT;
    configuration(node.putObject("chunk_key_encoding"), defaultStyle ? "default" : "v2")
        .put("separator", layout.keys().separator());
    node.set("fill_value", layout.fill());
    node.set("codecs", ShardingJson.write(layout));
    node.set("attributes", attributes);
    if (!layout.dimensionNames().isEmpty()) {
      ArrayNode names = node.putArray("dimension_names");
      layout.dimensionNames().forEach(name -> names.add(name.isEmpty() ? null : name));
    }
    node.put("zarr_format", 3).put("node_type", "array").putArray("storage_transformers");
    return node;
  }

  static ObjectNode configuration(ObjectNode extension, String name) {
    return extension.put("name", name).putObject("configuration");
  }
}
