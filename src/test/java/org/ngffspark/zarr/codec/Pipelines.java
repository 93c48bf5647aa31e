// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

/** Codec pipelines from the JSON that stands in metadata, with {@code '} for {@code "}. */
final class Pipelines {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String LITTLE = "{'name':'bytes','configuration':{'endian':'little'}},";

  private Pipelines() {}

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException invalid) {
      throw new IllegalArgumentException(text, invalid);
    }
  }

  static CodecPipeline v3(String codecs, DataType type, Shape chunk) {
    return CodecPipeline.ofV3(json(codecs), type, chunk, "zarr.json");
  }

  static CodecPipeline v2(String compressor, DataType type, Shape chunk) {
    return v2(compressor, Order.C, ByteOrder.LITTLE_ENDIAN, type, chunk);
  }

  static CodecPipeline v2(
      String compressor, Order order, ByteOrder byteOrder, DataType type, Shape chunk) {
    return CodecPipeline.ofV2(
        json(compressor), json("null"), order, byteOrder, type, chunk, ".zarray");
  }

  static CodecPipeline n5(String compression, DataType type, Shape chunk) {
    return CodecPipeline.ofN5(json(compression), type, chunk, "attributes.json");
  }

  /** Compressions of N5, every one at least once. */
  static List<String> n5Compressions() {
    return List.of(
        "{'type':'raw'}",
        "{'type':'gzip','level':-1}",
        "{'type':'gzip','level':6,'useZlib':true}",
        "{'type':'bzip2','blockSize':1}",
        "{'type':'lz4','blockSize':65536}",
        "{'type':'lz4','blockSize':100}",
        "{'type':'xz','preset':0}",
        "{'type':'zstd','level':3,'nbWorkers':0}",
        "{'type':'blosc','cname':'lz4','clevel':5,'shuffle':1,'blocksize':0,'nthreads':1}",
        "{'type':'blosc'}");
  }

  /** Compressors of v2, every one at least once. */
  static List<String> v2Compressors() {
    List<String> compressors =
        new ArrayList<>(
            List.of(
                "null",
                "{'id':'zstd','level':1,'checksum':true}",
                "{'id':'zstd','level':-5}",
                "{'id':'gzip','level':1}",
                "{'id':'zlib','level':9}",
                "{'id':'zlib','level':0}",
                "{'id':'bz2','level':1}",
                "{'id':'lzma','preset':0}",
                "{'id':'lzma','format':2,'preset':1}",
                "{'id':'lz4','acceleration':1}"));
    for (BloscCompressor compressor : BloscCompressor.values()) {
      for (int shuffle = -1; shuffle <= 2; shuffle++) {
        compressors.add(
            "{'id':'blosc','cname':'%s','clevel':3,'shuffle':%d,'blocksize':%d}"
                .formatted(compressor.cname(), shuffle, shuffle == 2 ? 1000 : 0));
      }
    }
    return compressors;
  }

  private static List<String> v2Filters() {
    return List.of(
        "[{'id':'delta','dtype':'<i2'}]",
        "[{'id':'delta','dtype':'>u2','astype':'<i4'}]",
        "[{'id':'astype','encode_dtype':'<f8','decode_dtype':'<u2'}]",
        "[{'id':'fixedscaleoffset','offset':7,'scale':1,'dtype':'<u2'}]",
        "[{'id':'shuffle','elementsize':2}]",
        "[{'id':'delta','dtype':'<u2'},{'id':'shuffle','elementsize':2},{'id':'zlib','level':1}]");
  }

  /** Pipelines with filters, for elements of two bytes. */
  static List<CodecPipeline> filtered(DataType type, Shape chunk) {
    List<CodecPipeline> pipelines = new ArrayList<>();
    for (String filters : v2Filters()) {
      pipelines.add(
          CodecPipeline.ofV2(
              json("{'id':'zstd'}"),
              json(filters),
              Order.F,
              ByteOrder.LITTLE_ENDIAN,
              type,
              chunk,
              ".zarray"));
    }
    String delta = "{'name':'numcodecs.delta','configuration':{'dtype':'<u2','astype':'uint32'}}";
    pipelines.add(v3("[" + delta + "," + LITTLE + "'zstd']", type, chunk));
    return pipelines;
  }

  /** Lists of codecs of v3, every one at least once, alone and behind each other. */
  static List<String> v3Codecs() {
    String blosc =
        "{'name':'blosc','configuration':{'cname':'lz4','clevel':5,'shuffle':'bitshuffle',"
            + "'typesize':2,'blocksize':0}}";
    String zstd = "{'name':'zstd','configuration':{'level':0,'checksum':true}}";
    String gzip = "{'name':'gzip','configuration':{'level':5}}";
    return List.of(
        "[" + LITTLE.replace("},", "}") + "]",
        "[" + LITTLE + "'crc32c']",
        "[" + LITTLE + zstd + "]",
        "[" + LITTLE + gzip + "]",
        "[" + LITTLE + blosc + "]",
        "[" + LITTLE + "{'name':'crc32c'}," + zstd + ",'crc32c']",
        "[" + LITTLE + gzip + "," + blosc + "]",
        "[" + LITTLE.replace("little", "big") + blosc + ",{'name':'crc32c'}]",
        "[" + LITTLE + "'numcodecs.blosc']",
        "[" + LITTLE + "'numcodecs.shuffle','numcodecs.zlib','crc32c']");
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
