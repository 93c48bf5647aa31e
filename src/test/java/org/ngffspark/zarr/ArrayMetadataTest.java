// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ngffspark.zarr.TestLayouts.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

class ArrayMetadataTest {
  private static final Shape SHAPE = Shape.of(2, 64, 64);
  private static final List<String> ZYX = List.of("z", "y", "x");

  /** As ngio 1.1.3 writes level 0 of a new image of NGFF 0.4. */
  private static final String NGIO_V2 =
      "{'shape':[2,64,64],'chunks':[2,64,64],'dtype':'<u2','fill_value':0,'order':'C',"
          + "'filters':null,'dimension_separator':'/','compressor':{'id':'blosc','cname':'lz4',"
          + "'clevel':5,'shuffle':1,'blocksize':0},'zarr_format':2}";

  /** As ngio 1.1.3 writes level 0 of a new image of NGFF 0.5. */
  private static final String NGIO_V3 =
      "{'shape':[2,64,64],'data_type':'uint16','chunk_grid':{'name':'regular','configuration':"
          + "{'chunk_shape':[2,64,64]}},'chunk_key_encoding':{'name':'default','configuration':"
          + "{'separator':'/'}},'fill_value':0,'codecs':[{'name':'bytes','configuration':"
          + "{'endian':'little'}},{'name':'zstd','configuration':{'level':0,'checksum':false}}],"
          + "'attributes':{},'dimension_names':['z','y','x'],'zarr_format':3,'node_type':'array',"
          + "'storage_transformers':[]}";

  /** As zarr-python 3.1.6 writes a sharded array. */
  private static final String SHARDED =
      "{'shape':[2,64,64],'data_type':'uint8','chunk_grid':{'name':'regular','configuration':"
          + "{'chunk_shape':[2,64,64]}},'chunk_key_encoding':{'name':'default','configuration':"
          + "{'separator':'/'}},'fill_value':0,'codecs':[{'name':'sharding_indexed',"
          + "'configuration':{'chunk_shape':[1,32,32],'codecs':[{'name':'bytes'},{'name':'zstd',"
          + "'configuration':{'level':0,'checksum':false}}],'index_codecs':[{'name':'bytes',"
          + "'configuration':{'endian':'little'}},{'name':'crc32c'}],'index_location':'end'}}],"
          + "'attributes':{'a':1},'zarr_format':3,'node_type':'array',"
          + "'storage_transformers':[]}";

  @Test
  void defaultsAreWhatNgioWrites() {
    ArrayMetadata v2 = ArrayMetadata.defaults(ZarrFormat.V2, SHAPE, SHAPE, DataType.UINT16, ZYX);
    assertThat(v2.toJson(Json.object())).hasToString(json(NGIO_V2).toString());
    ArrayMetadata v3 = ArrayMetadata.defaults(ZarrFormat.V3, SHAPE, SHAPE, DataType.UINT16, ZYX);
    assertThat(v3.toJson(Json.object())).hasToString(json(NGIO_V3).toString());
  }

  @Test
  void shardsAreWrittenAsZarrPythonDoes() {
    ArrayMetadata metadata =
        ArrayMetadata.defaults(ZarrFormat.V3, SHAPE, Shape.of(1, 32, 32), DataType.UINT8, List.of())
            .withShards(SHAPE);
    ObjectNode attributes = Json.object().put("a", 1);
    assertThat(metadata.toJson(attributes)).hasToString(json(SHARDED).toString());
    assertThat(metadata.writeUnit()).isEqualTo(SHAPE);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    for (DataType type : DataType.values()) {
      TestLayouts.all(type)
          .forEach(
              (name, metadata) ->
                  assertThat(
                          ArrayMetadata.parse(
                              metadata.format(), metadata.toJson(Json.object()), "x"))
                      .as("%s, %s", name, type)
                      .isEqualTo(metadata));
    }
  }

  @Test
  void anArrayLikeAnotherDiffersInItsShapeOnly() {
    TestLayouts.all(DataType.INT16)
        .forEach(
            (name, metadata) -> {
              Shape other = Shape.of(1, 100, 7);
              ArrayMetadata like = metadata.like(other);
              assertThat(like.shape()).isEqualTo(other);
              assertThat(like.like(metadata.shape())).as(name).isEqualTo(metadata);
            });
  }

  @Test
  void absentPartsHaveTheDefaultsOfTheSpecifications() {
    ObjectNode v2 = object(NGIO_V2);
    v2.remove("dimension_separator");
    assertThat(ArrayMetadata.parse(ZarrFormat.V2, v2, "x").keys().separator()).isEqualTo(".");
    ObjectNode v3 = object(NGIO_V3);
    v3.set("chunk_key_encoding", json("{'name':'default'}"));
    v3.remove(List.of("storage_transformers", "attributes", "dimension_names"));
    ArrayMetadata metadata = ArrayMetadata.parse(ZarrFormat.V3, v3, "x");
    assertThat(metadata.keys()).isEqualTo(new ChunkKeys(ChunkKeys.Style.DEFAULT, "/"));
    assertThat(metadata.dimensionNames()).isEmpty();
    v3.set("chunk_key_encoding", json("{'name':'v2'}"));
    assertThat(ArrayMetadata.parse(ZarrFormat.V3, v3, "x").keys())
        .isEqualTo(new ChunkKeys(ChunkKeys.Style.V2, "."));
  }

  @Test
  void namesMayStandForExtensionsWithoutConfiguration() {
    ObjectNode v3 = object(NGIO_V3);
    v3.put("chunk_key_encoding", "v2");
    v3.set("data_type", json("{'name':'uint16'}"));
    ArrayMetadata metadata = ArrayMetadata.parse(ZarrFormat.V3, v3, "x");
    assertThat(metadata.keys()).isEqualTo(new ChunkKeys(ChunkKeys.Style.V2, "."));
    assertThat(metadata.type()).isEqualTo(DataType.UINT16);
  }

  @Test
  void axesWithoutNameAreKept() {
    ObjectNode v3 = object(NGIO_V3);
    v3.set("dimension_names", json("[null,'y','x']"));
    ArrayMetadata metadata = ArrayMetadata.parse(ZarrFormat.V3, v3, "x");
    assertThat(metadata.dimensionNames()).containsExactly("", "y", "x");
    assertThat(metadata.toJson(Json.object()).get("dimension_names"))
        .isEqualTo(json("[null,'y','x']"));
  }

  @Test
  void whatNeedNotBeUnderstoodIsIgnored() {
    ObjectNode v3 = object(NGIO_V3);
    v3.set("extra", json("{'name':'x','must_understand':false}"));
    assertThat(ArrayMetadata.parse(ZarrFormat.V3, v3, "x").type()).isEqualTo(DataType.UINT16);
    ObjectNode v2 = object(NGIO_V2);
    v2.put("extra", 1);
    assertThat(ArrayMetadata.parse(ZarrFormat.V2, v2, "x").type()).isEqualTo(DataType.UINT16);
  }

  @Test
  void aCallersContradictionsAreRefused() {
    ArrayMetadata v3 = ArrayMetadata.defaults(ZarrFormat.V3, SHAPE, SHAPE, DataType.UINT16, ZYX);
    ArrayMetadata v2 = ArrayMetadata.defaults(ZarrFormat.V2, SHAPE, SHAPE, DataType.UINT16, ZYX);
    refused(() -> v2.withShards(SHAPE), "Zarr v2 has no shards");
    refused(() -> v3.withShards(Shape.of(3, 64, 64)), "multiple of the inner chunk shape");
    refused(() -> v3.withShards(Shape.of(64, 64)), "as many axes");
    refused(() -> v3.like(Shape.of(64, 64)), "as many axes");
    refused(() -> v3.withEncoding(v2.encoding()), "not of format V3");
    refused(() -> v3.withFill(FillValue.zero(DataType.INT16)), "int16");
    refused(() -> v3.like(Shape.of(1L << 40, 1L << 40, 1)), "exceeds 2^63 bytes");
    refused(
        () -> ArrayMetadata.defaults(ZarrFormat.V3, SHAPE, SHAPE, DataType.UINT16, List.of("x")),
        "one name per axis");
    refused(
        () ->
            ArrayMetadata.defaults(
                ZarrFormat.V3, SHAPE, Shape.of(2, 40000, 40000), DataType.UINT16, ZYX),
        "2 GiB");
    refused(
        () ->
            ArrayMetadata.defaults(ZarrFormat.V2, SHAPE, Shape.of(2, 0, 64), DataType.UINT16, ZYX),
        "at least 1");
  }

  @Test
  void aZarrV2ArrayHasNoNames() {
    assertThat(
            ArrayMetadata.defaults(ZarrFormat.V2, SHAPE, SHAPE, DataType.UINT16, ZYX)
                .dimensionNames())
        .isEmpty();
    assertThat(ArrayMetadata.defaults(ZarrFormat.V2, SHAPE, SHAPE, DataType.UINT16, ZYX).shards())
        .isEqualTo(Optional.empty());
  }

  private static ObjectNode object(String text) {
    return (ObjectNode) json(text);
  }

  private static void refused(Runnable action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
