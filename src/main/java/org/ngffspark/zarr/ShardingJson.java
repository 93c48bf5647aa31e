// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ngffspark.zarr.ChunkEncoding.IndexLocation;
import org.ngffspark.zarr.ChunkEncoding.ShardIndexEncoding;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.nd.Shape;

/**
 * Takes the codec {@code sharding_indexed} (Zarr v3, "Sharding codec") out of an array's list of
 * codecs and puts it back. It is supported as the only codec of that list, not inside itself.
 */
final class ShardingJson {
  private static final String SHARDING = "sharding_indexed";

  private ShardingJson() {}

  /**
   * @param chunks lengths of an inner chunk where there are shards
   */
  record Chunking(Shape chunks, Optional<Shape> shards, ChunkEncoding.V3 encoding) {}

  /**
   * @param grid the chunk shape of the array's grid
   */
  static Chunking read(JsonView fields, Shape grid) {
    JsonView codecs = fields.require("codecs");
    List<JsonView> elements = codecs.elements();
    if (!holdsSharding(codecs)) {
      return new Chunking(
          grid, Optional.empty(), new ChunkEncoding.V3(codecs.node(), Optional.empty()));
    }
    if (elements.size() > 1) {
      throw codecs.problem("must not have other codecs beside sharding_indexed");
    }
    elements.get(0).requireUnderstood(Set.of("name", "configuration", "must_understand"));
    JsonView configuration = elements.get(0).require("configuration");
    configuration.requireUnderstood(
        Set.of("chunk_shape", "codecs", "index_codecs", "index_location"));
    JsonView inner = configuration.require("codecs");
    JsonView index = configuration.require("index_codecs");
    if (holdsSharding(inner) || holdsSharding(index)) {
      throw configuration.problem("must not nest sharding_indexed");
    }
    return new Chunking(
        configuration.require("chunk_shape").shape(1),
        Optional.of(grid),
        new ChunkEncoding.V3(
            inner.node(),
            Optional.of(new ShardIndexEncoding(index.node(), location(configuration)))));
  }

  private static boolean holdsSharding(JsonView codecs) {
    return codecs.elements().stream()
        .map(JsonView::node)
        .map(codec -> codec.isTextual() ? codec : codec.path("name"))
        .anyMatch(name -> SHARDING.equals(name.textValue()));
  }

  private static IndexLocation location(JsonView configuration) {
    return configuration
        .find("index_location")
        .map(location -> location.oneOf(List.of("start", "end")))
        .filter("start"::equals)
        .map(start -> IndexLocation.START)
        .orElse(IndexLocation.END);
  }

  static JsonNode write(ArrayLayout layout) {
    ChunkEncoding.V3 encoding = (ChunkEncoding.V3) layout.encoding();
    if (encoding.index().isEmpty()) {
      return encoding.codecs();
    }
    ShardIndexEncoding index = encoding.index().get();
    ArrayNode codecs = JsonNodeFactory.instance.arrayNode();
    ObjectNode configuration = ArrayJsonV3.configuration(codecs.addObject(), SHARDING);
    ArrayJsonV2.putLengths(configuration.putArray("chunk_shape"), layout.chunks());
    configuration.set("codecs", encoding.codecs());
    configuration.set("index_codecs", index.codecs());
    configuration.put("index_location", index.location().name().toLowerCase(Locale.ROOT));
    return codecs;
  }
}
