// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ngffspark.zarr.ChunkEncoding.IndexLocation;
import org.ngffspark.zarr.ChunkEncoding.ShardIndexEncoding;
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
  static Chunking read(JsonFields fields, Shape grid) {
    JsonNode codecs = fields.list("codecs");
    int place = find(codecs);
    if (place < 0) {
      return new Chunking(grid, Optional.empty(), new ChunkEncoding.V3(codecs, Optional.empty()));
    }
    if (codecs.size() > 1) {
      throw fields.problem(
          "codecs",
          "has other codecs beside sharding_indexed, which is not supported: "
              + JsonFields.shown(codecs));
    }
    JsonFields codec = fields.object(codecs.get(place), "codecs[0]");
    codec.allowOnly(Set.of("name", "configuration", "must_understand"));
    JsonFields configuration = codec.object("configuration");
    configuration.allowOnly(Set.of("chunk_shape", "codecs", "index_codecs", "index_location"));
    JsonNode inner = configuration.list("codecs");
    JsonNode index = configuration.list("index_codecs");
    if (find(inner) >= 0 || find(index) >= 0) {
      throw configuration.problem("codecs", "nests sharding_indexed, which is not supported");
    }
    return new Chunking(
        configuration.shape("chunk_shape", 1),
        Optional.of(grid),
        new ChunkEncoding.V3(
            inner, Optional.of(new ShardIndexEncoding(index, location(configuration)))));
  }

  private static int find(JsonNode codecs) {
    for (int i = 0; i < codecs.size(); i++) {
      JsonNode codec = codecs.get(i);
      if (SHARDING.equals(codec.isTextual() ? codec.textValue() : codec.path("name").textValue())) {
        return i;
      }
    }
    return -1;
  }

  private static IndexLocation location(JsonFields configuration) {
    if (!configuration.has("index_location")) {
      return IndexLocation.END;
    }
    return switch (configuration.text("index_location")) {
      case "start" -> IndexLocation.START;
      case "end" -> IndexLocation.END;
      default ->
          throw configuration.problem(
              "index_location",
              "should be \"start\" or \"end\", but is "
                  + JsonFields.shown(configuration.get("index_location")));
    };
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
