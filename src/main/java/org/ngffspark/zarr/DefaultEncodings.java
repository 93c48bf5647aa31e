// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteOrder;
import java.util.Optional;
import org.ngffspark.zarr.codec.Order;
import org.ngffspark.zarr.nd.DataType;

/** The codecs that ngio 1.1.3 and zarr-python 3.1.6 take where none are asked for. */
final class DefaultEncodings {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private DefaultEncodings() {}

  static ChunkEncoding.V2 v2() {
    return new ChunkEncoding.V2(ByteOrder.LITTLE_ENDIAN, Order.C, blosc(), NODES.nullNode());
  }

  static ObjectNode blosc() {
    return Json.object()
        .put("id", "blosc")
        .put("cname", "lz4")
        .put("clevel", 5)
        .put("shuffle", 1)
        .put("blocksize", 0);
  }

  static ChunkEncoding.V3 v3(DataType type) {
    ObjectNode bytes = codec("bytes");
    if (type.bytes() > 1) {
      bytes.putObject("configuration").put("endian", "little");
    }
    return new ChunkEncoding.V3(NODES.arrayNode().add(bytes).add(zstd()), Optional.empty());
  }

  static ObjectNode zstd() {
    ObjectNode zstd = codec("zstd");
    zstd.putObject("configuration").put("level", 0).put("checksum", false);
    return zstd;
  }

  static ArrayNode shardIndex() {
    ObjectNode bytes = codec("bytes");
    bytes.putObject("configuration").put("endian", "little");
    return NODES.arrayNode().add(bytes).add(codec("crc32c"));
  }

  static ObjectNode codec(String name) {
    return Json.object().put("name", name);
  }
}
