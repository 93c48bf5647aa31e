// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.ChunkEncoding;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.codec.Order;
import org.ngffspark.zarr.nd.DataType;

/** How chunks are compressed, by one name for all formats. */
public enum OutputCodec {
  /** That of the source where the format stays, else the format's default. */
  KEPT("keep", ""),
  BLOSC_LZ4("blosc-lz4", "lz4"),
  BLOSC_ZSTD("blosc-zstd", "zstd"),
  ZSTD("zstd", ""),
  GZIP("gzip", ""),
  NONE("none", "");

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int GZIP_LEVEL = 5;
  private static final int BLOSC_LEVEL = 5;
  private static final int ZSTD_LEVEL = 3;
  private static final String LEVEL = "level";

  private final String text;
  private final String blosc;

  OutputCodec(String text, String blosc) {
    this.text = text;
    this.blosc = blosc;
  }

  /**
   * @throws IllegalArgumentException if it is none of them
   */
  public static OutputCodec of(String text) {
    return Arrays.stream(values())
        .filter(codec -> codec.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "A codec must be one of " + List.of(values()) + ", got '" + text + "'"));
  }

  /** The encoding of a chunk that is in no shard; of a codec that is named. */
  ChunkEncoding encoding(ZarrFormat format, DataType type) {
    return switch (format) {
      case V2 ->
          new ChunkEncoding.V2(
              ByteOrder.LITTLE_ENDIAN, Order.C, compressor("id"), NullNode.getInstance());
      case V3 -> new ChunkEncoding.V3(codecs(type), Optional.empty());
      case N5 -> new ChunkEncoding.N5(this == NONE ? raw() : compressor("type"));
    };
  }

  private static ObjectNode raw() {
    return JSON.objectNode().put("type", "raw");
  }

  /** As Zarr v2 and N5 write it. */
  private JsonNode compressor(String name) {
    return switch (this) {
      case NONE -> NullNode.getInstance();
      case GZIP -> JSON.objectNode().put(name, "gzip").put(LEVEL, GZIP_LEVEL);
      case ZSTD -> JSON.objectNode().put(name, "zstd").put(LEVEL, ZSTD_LEVEL);
      default -> blosc(JSON.objectNode().put(name, "blosc")).put("shuffle", 1);
    };
  }

  private ObjectNode blosc(ObjectNode settings) {
    return settings.put("cname", blosc).put("clevel", BLOSC_LEVEL).put("blocksize", 0);
  }

  private ArrayNode codecs(DataType type) {
    ArrayNode codecs = JSON.arrayNode();
    ObjectNode bytes = codecs.addObject().put("name", "bytes");
    if (type.bytes() > 1) {
      bytes.putObject("configuration").put("endian", "little");
    }
    if (this == NONE) {
      return codecs;
    }
    String name = blosc.isEmpty() ? text : "blosc";
    ObjectNode settings = codecs.addObject().put("name", name).putObject("configuration");
    switch (this) {
      case GZIP -> settings.put(LEVEL, GZIP_LEVEL);
      case ZSTD -> settings.put(LEVEL, ZSTD_LEVEL).put("checksum", false);
      default -> blosc(settings).put("shuffle", "shuffle").put("typesize", type.bytes());
    }
    return codecs;
  }

  @Override
  public String toString() {
    return text;
  }
}
