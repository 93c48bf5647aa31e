// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.ngffspark.zarr.store.FormatException;

/** The {@code compressor} and {@code filters} of Zarr v2 array metadata. */
final class V2Compressor {
  private static final List<String> SUPPORTED =
      List.of("blosc", "bz2", "gzip", "lz4", "zlib", "zstd");
  private static final int MAX_ACCELERATION = 65537;

  private V2Compressor() {}

  /**
   * @param elementBytes Blosc's typesize
   * @param location the metadata file, for errors
   * @return no codec for null, else one
   */
  static List<BytesCodec> parse(JsonNode compressor, int elementBytes, String location) {
    if (compressor.isNull() || compressor.isMissingNode()) {
      return List.of();
    }
    String id = compressor.path("id").asText("");
    if (!SUPPORTED.contains(id)) {
      throw new FormatException(
          location,
          "unknown compressor "
              + (id.isEmpty() ? compressor : "'" + id + "'")
              + "; supported are null, "
              + String.join(", ", SUPPORTED));
    }
    CodecSettings settings = new CodecSettings(id, compressor, location).ignore("id");
    BytesCodec codec = codec(id, settings, elementBytes);
    settings.refuseOthers();
    return List.of(codec);
  }

  private static BytesCodec codec(String id, CodecSettings settings, int elementBytes) {
    return switch (id) {
      case "bz2" -> new Bz2Codec(settings.integer("level", 1, 9, 1));
      case "gzip" -> new GzipCodec(settings.integer("level", 0, 9, 1));
      case "zlib" -> new ZlibCodec(settings.integer("level", -1, 9, 1));
      case "zstd" -> ZstdCodec.of(settings);
      case "lz4" -> {
        settings.integer("acceleration", Integer.MIN_VALUE, MAX_ACCELERATION, 1);
        yield new Lz4Codec();
      }
      default -> BloscCodec.ofV2(settings, elementBytes);
    };
  }

  /** Refuses all filters but those expected: none for numbers. */
  static void requireFilters(JsonNode filters, List<String> expected, String location) {
    boolean none =
        filters.isNull() || filters.isMissingNode() || (filters.isArray() && filters.isEmpty());
    List<String> ids = new ArrayList<>();
    filters.forEach(filter -> ids.add(filter.size() == 1 ? filter.path("id").asText("") : ""));
    if (none ? expected.isEmpty() : filters.isArray() && ids.equals(expected)) {
      return;
    }
    throw new FormatException(
        location,
        "filters "
            + filters
            + " are not supported; supported are "
            + (expected.isEmpty() ? "null" : "one " + expected.get(0)));
  }
}
