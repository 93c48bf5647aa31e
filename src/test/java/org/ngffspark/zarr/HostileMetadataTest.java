// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.ngffspark.zarr.TestLayouts.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StorePath;

/** Metadata that lies or makes no sense: the error names file, field, value and what is right. */
class HostileMetadataTest {

  @TestFactory
  Stream<DynamicTest> fieldsOfV2() {
    return Stream.of(
        wrong2("zarr_format", "3", "must be 2, got 3"),
        wrong2("zarr_format", "'2'", "must be 2, got \"2\""),
        wrong2("zarr_format", "2.5", "must be 2, got 2.5"),
        wrong2("zarr_format", "1e400", "must be 2"),
        wrong2("shape", "5", "must be an array, got 5"),
        wrong2("shape", "[5,-1,3]", "must be integers from 0 to 2^53, got [5,-1,3]"),
        wrong2("shape", "[5,1.5,3]", "must be integers"),
        wrong2("shape", "[5,null,3]", "must be integers"),
        wrong2("shape", "[5,13,9999999999999999999999]", "must be integers"),
        wrong2("shape", "[9007199254740992,9007199254740992,4]", "exceeds 2^63 bytes"),
        wrong2("shape", "[5,13]", "must have as many axes as the shape [5, 13]"),
        wrong2("shape", "[" + "1,".repeat(40) + "1]", "has 41 axes"),
        wrong2("chunks", "[2,0,3]", "must be integers from 1 to 2^53, got [2,0,3]"),
        wrong2("chunks", "null", "chunks is missing"),
        wrong2("chunks", "[100000,100000,100000]", "2 GiB"),
        wrong2("chunks", "[9007199254740992,9007199254740992,9]", "2 GiB"),
        wrong2("dtype", "'<c8'", "dtype must be |b1, |i1, |u1, |O for strings"),
        wrong2("dtype", "'|u2'", "with < or > before them, got \"|u2\""),
        wrong2("dtype", "'u2'", "dtype must be |b1"),
        wrong2("dtype", "''", "dtype must be |b1"),
        wrong2("dtype", "[['a','<u2']]", "dtype must be |b1"),
        wrong2("dtype", "'|O'", "holds strings where numbers are needed"),
        wrong2("order", "'K'", "must be one of C, F, got \"K\""),
        wrong2("order", "1", "must be one of C, F, got 1"),
        wrong2("compressor", "'blosc'", "compressor must be an object, got \"blosc\""),
        wrong2("compressor", "{'id':'pcodec'}", "compressor.id must be one of astype, blosc,"),
        wrong2("filters", "[{'id':'quantize','digits':2}]", "filters[0].id must be one of astype"),
        wrong2("filters", "{}", "filters must be an array, got {}"),
        wrong2("fill_value", "'x'", "must be an integer that fits uint16, got \"x\""),
        wrong2("fill_value", "65536", "must be an integer that fits uint16, got 65536"),
        wrong2("fill_value", "-1", "must be an integer that fits uint16"),
        wrong2("fill_value", "'NaN'", "must be an integer that fits uint16"),
        wrong2("dimension_separator", "'_'", "must be one of ., /, got \"_\""));
  }

  @TestFactory
  Stream<DynamicTest> fieldsOfV3() {
    String grid = "{'name':'regular','configuration':{'chunk_shape':%s}}";
    return Stream.of(
        wrong3("zarr_format", "2", "must be 3, got 2"),
        wrong3("node_type", "'tree'", "must be \"array\", got \"tree\""),
        wrong3("shape", "{}", "must be an array, got {}"),
        wrong3("data_type", "'complex64'", "data_type must be string or one of [bool"),
        wrong3("data_type", "{'name':'uint16','configuration':{'a':1}}", "must be string or one"),
        wrong3("data_type", "'string'", "strings"),
        wrong3("chunk_grid", "{'name':'rectilinear'}", "chunk_grid.name must be \"regular\""),
        wrong3("chunk_grid", "{'name':'regular'}", "chunk_grid.configuration is missing"),
        wrong3("chunk_grid", grid.formatted("[2,4]"), "must have as many axes"),
        wrong3("chunk_grid", grid.formatted("[2,4,0]"), "chunk_grid.configuration.chunk_shape"),
        wrong3("chunk_grid", grid.formatted("[999999,99999,99999]"), "2 GiB"),
        wrong3("chunk_key_encoding", "{'name':'v4'}", "must be one of default, v2"),
        wrong3(
            "chunk_key_encoding",
            "{'name':'default','configuration':{'separator':'-'}}",
            "chunk_key_encoding.configuration.separator must be one of /, ., got \"-\""),
        wrong3("fill_value", "null", "must be an integer that fits uint16, got null"),
        wrong3("fill_value", "'0x0000'", "must be an integer that fits uint16"),
        wrong3("codecs", "{}", "codecs must be an array, got {}"),
        wrong3("codecs", "[]", "codec"),
        wrong3("codecs", "[{'name':'bytes','configuration':{'endian':'mid'}}]", "mid"),
        wrong3("codecs", "[{'name':'numcodecs.pcodec'}]", "got \"numcodecs.pcodec\""),
        wrong3("attributes", "[]", "attributes must be an object, got []"),
        wrong3("dimension_names", "['y','x']", "must have 3 names"),
        wrong3("dimension_names", "[1,2,3]", "dimension_names[0] must be a string"),
        wrong3("storage_transformers", "[{'name':'x'}]", "must be empty"),
        wrong3("extra", "{'name':'x'}", "extra is not known and must be understood"),
        wrong3("extra", "{'must_understand':true}", "extra is not known and must be understood"),
        wrong3("extra", "1", "extra is not known and must be understood"));
  }

  @TestFactory
  Stream<DynamicTest> sharding() {
    String bytes = "{'name':'bytes','configuration':{'endian':'little'}}";
    String sharded = "{'name':'sharding_indexed','configuration':{%s}}";
    String inner = "'chunk_shape':[1,2,3],";
    String codecs = "'codecs':[" + bytes + "],";
    String index = "'index_codecs':[" + bytes + "]";
    String whole = sharded.formatted(inner + codecs + index);
    String nested = sharded.formatted(inner + "'codecs':[" + whole + "]," + index);
    return Stream.of(
        wrong3("codecs", "[" + bytes + "," + whole + "]", "beside sharding_indexed"),
        wrong3("codecs", "[" + whole + ",{'name':'crc32c'}]", "beside sharding_indexed"),
        wrong3("codecs", "[" + nested + "]", "must not nest sharding_indexed"),
        wrong3("codecs", "['sharding_indexed']", "codecs[0] must be an object"),
        sharded("'chunk_shape':[1,3,3]," + codecs + index, "must be a multiple"),
        sharded("'chunk_shape':[1,2]," + codecs + index, "must have as many axes"),
        sharded("'chunk_shape':[1,2,0]," + codecs + index, "must be integers from 1"),
        sharded(codecs + index, "codecs[0].configuration.chunk_shape is missing"),
        sharded(inner + index, "codecs[0].configuration.codecs is missing"),
        sharded(inner + codecs + "'index_location':'end'", "index_codecs is missing"),
        sharded(inner + codecs + index + ",'index_location':'middle'", "must be one of start, end"),
        sharded(inner + codecs + index + ",'other':1", "other is not known"),
        sharded(inner + codecs + "'index_codecs':[" + bytes + ",{'name':'gzip'}]", "gzip"),
        sharded(
            inner
                + codecs
                + "'index_codecs':["
                + bytes
                + ",{'name':'zstd','configuration':{'level':1,'checksum':false}}]",
            "index_codecs must give a fixed length"));
  }

  @TestFactory
  Stream<DynamicTest> tooManyInnerChunks() {
    ObjectNode node = TestLayouts.v3(DataType.UINT8).withShards(TestLayouts.SHARDS).toJson(empty());
    ((ObjectNode) node.at("/chunk_grid/configuration"))
        .set("chunk_shape", json("[1000000,1000000,3]"));
    ((ObjectNode) node.at("/codecs/0/configuration")).set("chunk_shape", json("[1,1,1]"));
    return Stream.of(refused("inner chunks", "zarr.json", node, "at most 4194304 are supported"));
  }

  @TestFactory
  Stream<DynamicTest> missingFields() {
    ObjectNode v2 = TestLayouts.v2(DataType.UINT16).toJson(empty());
    ObjectNode v3 = TestLayouts.v3(DataType.UINT16).toJson(empty());
    return Stream.concat(
        Stream.of("zarr_format", "shape", "chunks", "dtype", "fill_value", "order")
            .map(name -> without(".zarray", v2, name)),
        Stream.of(
                "zarr_format",
                "node_type",
                "shape",
                "data_type",
                "chunk_grid",
                "chunk_key_encoding",
                "fill_value",
                "codecs")
            .map(name -> without("zarr.json", v3, name)));
  }

  @TestFactory
  Stream<DynamicTest> filesThatAreNoObjects() {
    String deep = "{'a':".repeat(300) + "1" + "}".repeat(300);
    return Stream.of(
        file("", "should hold a JSON object, but holds nothing"),
        file("[]", "should hold a JSON object, but holds a list"),
        file("null", "should hold a JSON object, but holds null"),
        file("{'a':1", "not valid JSON at line 1"),
        file("{'a':1}{'b':2}", "not valid JSON"),
        file("{'shape':[1],'shape':[2]}", "Duplicate field 'shape'"),
        file(deep, "not valid JSON"),
        file("{'a':" + "9".repeat(2000) + "}", "not valid JSON"),
        file("\0\0\0\0", "not valid JSON"));
  }

  private static DynamicTest wrong2(String field, String value, String problem) {
    ObjectNode node = TestLayouts.v2(DataType.UINT16).toJson(empty());
    node.set(field, json(value));
    return refused(field + " " + value, ".zarray", node, problem);
  }

  private static DynamicTest wrong3(String field, String value, String problem) {
    ObjectNode node = TestLayouts.v3(DataType.UINT16).toJson(empty());
    node.set(field, json(value));
    return refused(field + " " + value, "zarr.json", node, problem);
  }

  private static DynamicTest sharded(String configuration, String problem) {
    return wrong3(
        "codecs", "[{'name':'sharding_indexed','configuration':{" + configuration + "}}]", problem);
  }

  private static DynamicTest without(String file, ObjectNode whole, String field) {
    ObjectNode node = whole.deepCopy();
    node.remove(field);
    return refused(file + " without " + field, file, node, field + " is missing");
  }

  private static DynamicTest refused(String name, String file, JsonNode node, String problem) {
    return refused(name, file, Json.bytes(node), problem);
  }

  private static DynamicTest file(String text, String problem) {
    ByteBuffer bytes = ByteBuffer.wrap(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    String name = "'" + text.substring(0, Math.min(40, text.length())).replace('\0', '0') + "'";
    return refused(name, "zarr.json", bytes, problem);
  }

  private static DynamicTest refused(String name, String file, ByteBuffer bytes, String problem) {
    return dynamicTest(
        name,
        () -> {
          Store store = new MemoryStore();
          store.write("image/0/" + file, bytes);
          assertThatThrownBy(() -> ZarrArray.open(StorePath.root(store).child("image/0")))
              .isInstanceOf(FormatException.class)
              .hasMessageContaining("image/0/" + file)
              .hasMessageContaining(problem);
        });
  }

  private static ObjectNode empty() {
    return Json.object();
  }
}
