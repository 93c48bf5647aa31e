// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ngffspark.zarr.json.JsonView;
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

  static ArrayLayout parse(JsonView fields) {
    fields.require("zarr_format").requireNumber(3);
    fields.require("node_type").requireText("array");
    fields.requireUnderstood(KNOWN);
    Shape shape = fields.require("shape").shape(0);
    requireNoStorageTransformers(fields);
    fields.find("attributes").ifPresent(JsonView::requireObject);
    ShardingJson.Chunking chunking = ShardingJson.read(fields, chunkShape(fields));
    return new ArrayLayout(
        ZarrFormat.V3,
        shape,
        chunking.chunks(),
        chunking.shards(),
        type(fields),
        fields.present("fill_value").node(),
        chunking.encoding(),
        keys(fields),
        dimensionNames(fields, shape.rank()));
  }

  private static void requireNoStorageTransformers(JsonView fields) {
    fields
        .find("storage_transformers")
        .filter(transformers -> !transformers.elements().isEmpty())
        .ifPresent(
            transformers -> {
              throw transformers.problem("must be empty: none is supported");
            });
  }

  private static Shape chunkShape(JsonView fields) {
    JsonView grid = extension(fields.require("chunk_grid"));
    grid.require("name").requireText("regular");
    JsonView configuration = grid.require("configuration");
    configuration.requireUnderstood(Set.of("chunk_shape"));
    return configuration.require("chunk_shape").shape(1);
  }

  /** A name with a configuration; a bare string stands for a name without one. */
  private static JsonView extension(JsonView value) {
    JsonView extension =
        value.node().isTextual()
            ? new JsonView(
                value.file(), value.field(), Json.object().put("name", value.node().textValue()))
            : value;
    extension.requireUnderstood(Set.of("name", "configuration", "must_understand"));
    return extension;
  }

  private static Optional<DataType> type(JsonView fields) {
    JsonView type = extension(fields.require("data_type"));
    String name = type.require("name").text();
    boolean configured = !type.object("configuration").node().isEmpty();
    Optional<DataType> known = DataType.ofZarrName(name);
    if (configured || !(known.isPresent() || name.equals(STRINGS))) {
      throw fields
          .require("data_type")
          .problem("must be string or one of " + Arrays.toString(DataType.values()));
    }
    return known;
  }

  private static ChunkKeys keys(JsonView fields) {
    JsonView encoding = extension(fields.require("chunk_key_encoding"));
    boolean defaultStyle =
        encoding.require("name").oneOf(List.of("default", "v2")).equals("default");
    JsonView configuration = encoding.object("configuration");
    configuration.requireUnderstood(Set.of("separator"));
    String separator =
        configuration
            .find("separator")
            .map(text -> text.oneOf(List.of("/", ".")))
            .orElse(defaultStyle ? "/" : ".");
    return new ChunkKeys(defaultStyle ? ChunkKeys.Style.DEFAULT : ChunkKeys.Style.V2, separator);
  }

  private static List<String> dimensionNames(JsonView fields, int rank) {
    Optional<JsonView> list = fields.find("dimension_names");
    if (list.isEmpty()) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (JsonView name : list.get().elements()) {
      names.add(name.node().isNull() ? "" : name.text());
    }
    if (names.size() != rank) {
      throw list.get().problem("must have " + rank + " names, as the shape has axes");
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
