// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ngffspark.zarr.ChunkEncoding.IndexLocation;
import org.ngffspark.zarr.ChunkEncoding.ShardIndexEncoding;
import org.ngffspark.zarr.codec.Order;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

/** Metadata of arrays of every layout, small enough for random tests. */
final class TestLayouts {
  static final Shape SHAPE = Shape.of(5, 13, 11);
  static final Shape CHUNKS = Shape.of(2, 4, 3);
  static final Shape SHARDS = Shape.of(4, 8, 9);

  static final String PLAIN = "[{'name':'bytes','configuration':{'endian':'little'}}]";
  static final String CHECKED =
      "[{'name':'bytes','configuration':{'endian':'little'}},{'name':'crc32c'}]";
  private static final String GZIPPED_BIG_TRANSPOSED =
      "[{'name':'transpose','configuration':{'order':[2,0,1]}},"
          + "{'name':'bytes','configuration':{'endian':'big'}},"
          + "{'name':'gzip','configuration':{'level':1}}]";

  private TestLayouts() {}

  /** One of each kind, by name. */
  static Map<String, ArrayMetadata> all(DataType type) {
    Map<String, ArrayMetadata> all = new LinkedHashMap<>();
    all.put("v2", v2(type));
    all.put(
        "v2 without codec, order F, dots",
        v2(type)
            .withEncoding(
                new ChunkEncoding.V2(
                    ByteOrder.BIG_ENDIAN, Order.F, NullNode.getInstance(), NullNode.getInstance()))
            .withKeys(new ChunkKeys(ChunkKeys.Style.V2, ".")));
    all.put("v2 without fill value", v2(type).withFill(FillValue.undefined(type)));
    all.put("v2 with fill value 1", v2(type).withFill(FillValue.of(type, 1)));
    all.put("v3", v3(type));
    all.put(
        "v3 transposed",
        v3(type)
            .withEncoding(new ChunkEncoding.V3(json(GZIPPED_BIG_TRANSPOSED), Optional.empty()))
            .withKeys(new ChunkKeys(ChunkKeys.Style.DEFAULT, ".")));
    all.put("sharded", v3(type).withShards(SHARDS));
    all.put("sharded, index first", sharded(type, json(PLAIN), json(CHECKED), IndexLocation.START));
    all.put(
        "sharded, plain index, fill value 1",
        sharded(type, json(GZIPPED_BIG_TRANSPOSED), json(PLAIN), IndexLocation.END)
            .withFill(FillValue.of(type, 1)));
    if (ArrayJsonN5.hasType(type)) {
      all.put("N5", n5(type, "{'type':'gzip','level':1,'useZlib':true}"));
      all.put("N5 without compression", n5(type, "{'type':'raw'}"));
      all.put("N5 in blocks of lz4", n5(type, "{'type':'lz4','blockSize':64}"));
    }
    return all;
  }

  static ArrayMetadata v2(DataType type) {
    return ArrayMetadata.defaults(ZarrFormat.V2, SHAPE, CHUNKS, type, List.of());
  }

  static ArrayMetadata v3(DataType type) {
    return ArrayMetadata.defaults(ZarrFormat.V3, SHAPE, CHUNKS, type, List.of("z", "y", "x"));
  }

  static ArrayMetadata n5(DataType type, String compression) {
    return ArrayMetadata.defaults(ZarrFormat.N5, SHAPE, CHUNKS, type, List.of())
        .withEncoding(new ChunkEncoding.N5(json(compression)));
  }

  static ArrayMetadata sharded(
      DataType type, JsonNode codecs, JsonNode indexCodecs, IndexLocation location) {
    ChunkEncoding encoding =
        new ChunkEncoding.V3(codecs, Optional.of(new ShardIndexEncoding(indexCodecs, location)));
    return new ArrayMetadata(
        ZarrFormat.V3,
        SHAPE,
        CHUNKS,
        Optional.of(SHARDS),
        type,
        FillValue.zero(type),
        encoding,
        new ChunkKeys(ChunkKeys.Style.DEFAULT, "/"),
        List.of());
  }

  /** JSON with single quotes in place of double ones. */
  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
