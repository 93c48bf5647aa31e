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
        wrong2("zarr_format", "3", "should be 2, but is 3"),
        wrong2("zarr_format", "'2'", "should be 2, but is \"2\""),
        wrong2("zarr_format", "2.5", "should be 2, but is 2.5"),
        wrong2("zarr_format", "1e400", "should be 2"),
        wrong2("shape", "5", "should be a list, but is 5"),
        wrong2("shape", "[5,-1,3]", "should be integers from 0 to 2^53, but is [5,-1,3]"),
        wrong2("shape", "[5,1.5,3]", "should be integers"),
        wrong2("shape", "[5,null,3]", "should be integers"),
        wrong2("shape", "[5,13,9999999999999999999999]", "should be integers"),
        wrong2("shape", "[9007199254740992,9007199254740992,4]", "exceeds 2^63 bytes"),
        wrong2("shape", "[5,13]", "must have as many axes as the shape [5, 13]"),
        wrong2("shape", "[" + "1,".repeat(40) + "1]", "has 41 axes"),
        wrong2("chunks", "[2,0,3]", "should be integers from 1 to 2^53, but is [2,0,3]"),
        wrong2("chunks", "null", "should be a list, but is null"),
        wrong2("chunks", "[100000,100000,100000]", "2 GiB"),
        wrong2("chunks", "[9007199254740992,9007199254740992,9]", "2 GiB"),
        wrong2("dtype", "'<c8'", "\"<c8\" is not supported; supported are |b1"),
        wrong2("dtype", "'|u2'", "\"|u2\" is not supported"),
        wrong2("dtype", "'u2'", "is not supported"),
        wrong2("dtype", "''", "is not supported"),
        wrong2("dtype", "[['a','<u2']]", "is not supported"),
        wrong2("dtype", "'|O'", "holds strings where numbers are needed"),
        wrong2("order", "'K'", "should be \"C\" or \"F\", but is \"K\""),
        wrong2("order", "1", "should be a string, but is 1"),
        wrong2("compressor", "'blosc'", "should be null or an object, but is \"blosc\""),
        wrong2("compressor", "{'id':'lzma'}", "lzma"),
        wrong2("filters", "[{'id':'delta','dtype':'<u2'}]", "delta"),
        wrong2("filters", "{}", "should be null or a list, but is {}"),
        wrong2("fill_value", "'x'", "should be an integer that fits uint16, but is \"x\""),
        wrong2("fill_value", "65536", "should be an integer that fits uint16, but is 65536"),
        wrong2("fill_value", "-1", "should be an integer that fits uint16"),
        wrong2("fill_value", "'NaN'", "should be an integer that fits uint16"),
        wrong2("dimension_separator", "'_'", "should be \".\" or \"/\", but is \"_\""),
        wrong2("dimension_separator", "null", "should be \".\" or \"/\", but is null"));
  }

  @TestFactory
  Stream<DynamicTest> fieldsOfV3() {
    String grid = "{'name':'regular','configuration':{'chunk_shape':%s}}";
    return Stream.of(
        wrong3("zarr_format", "2", "should be 3, but is 2"),
        wrong3("node_type", "'tree'", "should be \"array\", but is \"tree\""),
        wrong3("shape", "{}", "should be a list, but is {}"),
        wrong3("data_type", "'complex64'", "\"complex64\" is not supported; supported are [bool"),
        wrong3("data_type", "{'name':'uint16','configuration':{'a':1}}", "is not supported"),
        wrong3("data_type", "'string'", "strings"),
        wrong3("chunk_grid", "{'name':'rectilinear'}", "chunk_grid.name should be \"regular\""),
        wrong3("chunk_grid", "{'name':'regular'}", "chunk_grid.configuration is missing"),
        wrong3("chunk_grid", grid.formatted("[2,4]"), "must have as many axes"),
        wrong3("chunk_grid", grid.formatted("[2,4,0]"), "chunk_grid.configuration.chunk_shape"),
        wrong3("chunk_grid", grid.formatted("[999999,99999,99999]"), "2 GiB"),
        wrong3("chunk_key_encoding", "{'name':'v4'}", "should be \"default\" or \"v2\""),
        wrong3(
            "chunk_key_encoding",
            "{'name':'default','configuration':{'separator':'-'}}",
            "chunk_key_encoding.configuration.separator should be \"/\" or \".\", but is \"-\""),
        wrong3("fill_value", "null", "should be an integer that fits uint16, but is null"),
        wrong3("fill_value", "'0x0000'", "should be an integer that fits uint16"),
        wrong3("codecs", "{}", "codecs should be a list, but is {}"),
        wrong3("codecs", "[]", "codec"),
        wrong3("codecs", "[{'name':'bytes','configuration':{'endian':'mid'}}]", "mid"),
        wrong3("codecs", "[{'name':'numcodecs.pcodec'}]", "numcodecs.pcodec"),
        wrong3("attributes", "[]", "attributes should be an object, but is []"),
        wrong3("dimension_names", "['y','x']", "should have 3 names"),
        wrong3("dimension_names", "[1,2,3]", "should be strings or null"),
        wrong3("storage_transformers", "[{'name':'x'}]", "should be empty"),
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
        wrong3("codecs", "[" + nested + "]", "nests sharding_indexed, which is not supported"),
        wrong3("codecs", "['sharding_indexed']", "codecs[0] should be an object"),
        sharded("'chunk_shape':[1,3,3]," + codecs + index, "must be a multiple"),
        sharded("'chunk_shape':[1,2]," + codecs + index, "must have as many axes"),
        sharded("'chunk_shape':[1,2,0]," + codecs + index, "should be integers from 1"),
        sharded(codecs + index, "codecs[0].configuration.chunk_shape is missing"),
        sharded(inner + index, "codecs[0].configuration.codecs is missing"),
        sharded(inner + codecs + "'index_location':'end'", "index_codecs is missing"),
        sharded(inner + codecs + index + ",'index_location':'middle'", "\"start\" or \"end\""),
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
        Stream.of(
                "zarr_format",
                "shape",
                "chunks",
                "dtype",
                "compressor",
                "fill_value",
                "order",
                "filters")
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
