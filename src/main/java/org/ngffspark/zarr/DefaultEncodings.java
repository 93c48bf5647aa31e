// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.nio.ByteOrder;
import java.util.Optional;
import org.ngffspark.zarr.codec.CodecPipeline;
import org.ngffspark.zarr.codec.Order;
import org.ngffspark.zarr.nd.DataType;

/** How ngio 1.1.3, zarr-python 3.1.6 and the N5 library encode chunks where they are not told. */
final class DefaultEncodings {
  private DefaultEncodings() {}

  static ChunkEncoding of(ZarrFormat format, DataType type) {
    return switch (format) {
      case V2 -> v2();
      case V3 -> v3(type);
      case N5 -> new ChunkEncoding.N5(CodecPipeline.defaultN5Compression());
    };
  }

  private static ChunkEncoding.V2 v2() {
    return new ChunkEncoding.V2(
        ByteOrder.LITTLE_ENDIAN,
        Order.C,
        CodecPipeline.defaultCompressor(),
        NullNode.getInstance());
  }

  private static ChunkEncoding.V3 v3(DataType type) {
    return new ChunkEncoding.V3(CodecPipeline.defaultCodecs(type), Optional.empty());
  }

  static ArrayNode shardIndex() {
    ArrayNode codecs = JsonNodeFactory.instance.arrayNode();
    codecs.addObject().put("name", "bytes").putObject("configuration").put("endian", "little");
    codecs.addObject().put("name", "crc32c");
    return codecs;
  }
}
