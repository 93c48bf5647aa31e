// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ngffspark.zarr.TestLayouts.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

class StringArrayTest {
  private static final String V3 =
      "{'shape':[%d],'data_type':'string','chunk_grid':{'name':'regular','configuration':"
          + "{'chunk_shape':[%d]}},'chunk_key_encoding':{'name':'default','configuration':"
          + "{'separator':'/'}},'fill_value':'%s','codecs':%s,'attributes':{},'zarr_format':3,"
          + "'node_type':'array','storage_transformers':[]}";
  private static final String VLEN = "[{'name':'vlen-utf8','configuration':{}}]";
  private static final String SHARDED =
      "[{'name':'sharding_indexed','configuration':{'chunk_shape':[2],'codecs':"
          + "[{'name':'vlen-utf8'}],'index_codecs':[{'name':'bytes','configuration':"
          + "{'endian':'little'}}],'index_location':'start'}}]";

  private final MemoryStore store = new MemoryStore();
  private final StorePath path = StorePath.root(store).child("obs/_index");

  @Test
  void aColumnIsReadAsItWasWritten() {
    List<String> values = List.of("FOV_1", "", "Zürich", "細胞", "a".repeat(1000), "\0");
    for (ZarrFormat format : List.of(ZarrFormat.V2, ZarrFormat.V3)) {
      ObjectNode attributes = Json.object().put("encoding-type", "string-array");
      StringArray.create(path, format, values, attributes);
      StringArray array = StringArray.open(path, format);
      assertThat(array.read()).isEqualTo(values);
      assertThat(array.length()).isEqualTo(6);
      assertThat(array.attributes()).isEqualTo(attributes);
    }
  }

  @Test
  void emptyColumnsAndColumnsOfEmptyStringsHaveNoChunk() {
    for (ZarrFormat format : List.of(ZarrFormat.V2, ZarrFormat.V3)) {
      for (List<String> values : List.of(List.<String>of(), List.of("", ""))) {
        StringArray.create(path, format, values, Json.object());
        assertThat(StringArray.open(path, format).read()).isEqualTo(values);
        assertThat(store.list("obs/_index"))
            .allMatch(key -> key.endsWith("zarr.json") || key.contains("/.z"));
        store.deleteTree("");
      }
    }
  }

  @Test
  void metadataIsWhatZarrPythonWrites() {
    StringArray.create(path, ZarrFormat.V3, List.of("a", "b"), Json.object());
    String codecs =
        "[{'name':'vlen-utf8','configuration':{}},"
            + "{'name':'zstd','configuration':{'level':0,'checksum':false}}]";
    assertThat(Json.read(path.child("zarr.json")).orElseThrow())
        .isEqualTo(json(V3.formatted(2, 2, "", codecs)));
    StringArray.create(path, ZarrFormat.V2, List.of("a", "b"), Json.object());
    assertThat(Json.read(path.child(".zarray")).orElseThrow())
        .isEqualTo(
            json(
                "{'shape':[2],'chunks':[2],'dtype':'|O','fill_value':'','order':'C','filters':"
                    + "[{'id':'vlen-utf8'}],'dimension_separator':'.','compressor':{'id':'blosc',"
                    + "'cname':'lz4','clevel':5,'shuffle':1,'blocksize':0},'zarr_format':2}"));
  }

  @Test
  void missingChunksAreFillValueAndTheLastOneIsCut() {
    metadata(V3.formatted(5, 2, "-", VLEN));
    store.write("obs/_index/c/0", chunk("a", "b"));
    store.write("obs/_index/c/2", chunk("e", "past the end"));
    assertThat(StringArray.open(path, ZarrFormat.V3).read())
        .containsExactly("a", "b", "-", "-", "e");
  }

  @Test
  void shardsOfStringsAreRead() {
    metadata(V3.formatted(5, 6, "-", SHARDED));
    ByteBuffer last = chunk("e", "past the end");
    ByteBuffer shard = ByteBuffer.allocate(48 + last.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    shard.putLong(-1).putLong(-1).putLong(-1).putLong(-1).putLong(48).putLong(last.remaining());
    shard.put(last).flip();
    store.write("obs/_index/c/0", shard);
    assertThat(StringArray.open(path, ZarrFormat.V3).read())
        .containsExactly("-", "-", "-", "-", "e");
  }

  @Test
  void whatIsNoColumnOfStringsIsRefused() {
    ZarrArray.create(path, TestLayouts.v3(DataType.UINT8));
    refused("holds uint8 where strings are needed");
    metadata(V3.formatted(5, 0, "", VLEN));
    refused("chunk_shape must be integers from 1");
    metadata(V3.formatted(1L << 40, 5, "", VLEN));
    refused("at most 67108864 strings");
    metadata(V3.formatted(5, 1L << 40, "", SHARDED));
    refused("at most 67108864 strings");
    metadata(V3.formatted(5, 5, "", SHARDED));
    refused("in whole chunks");
    metadata(V3.formatted(5, 5, "", VLEN).replace("[5]", "[5,5]"));
    refused("they must have one axis");
    metadata(V3.formatted(5, 5, "", "[{'name':'bytes'}]"));
    refused("bytes");
    store.deleteTree("");
    refused("there is no array: no zarr.json");
  }

  @Test
  void damagedChunksAreRefused() {
    metadata(V3.formatted(2, 2, "", VLEN));
    ByteBuffer three = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 3);
    store.write("obs/_index/c/0", three);
    assertThatThrownBy(() -> StringArray.open(path, ZarrFormat.V3).read())
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("obs/_index/c/0");
  }

  @Test
  void flippedBytesGiveStringsOrAreRefused() {
    List<String> values = List.of("FOV_1", "Zürich", "細胞", "a".repeat(300), "");
    for (ZarrFormat format : List.of(ZarrFormat.V2, ZarrFormat.V3)) {
      StringArray.create(path, format, values, Json.object());
      String chunk = format == ZarrFormat.V2 ? "obs/_index/0" : "obs/_index/c/0";
      ByteBuffer whole = store.read(chunk).orElseThrow();
      for (int seed = 0; seed < Integer.getInteger("ngff.fuzz.iterations", 1500); seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] damaged = new byte[random.nextInt(whole.remaining()) + 1];
        whole.duplicate().get(damaged);
        damaged[random.nextInt(damaged.length)] ^= (byte) random.nextInt(1, 256);
        store.write(chunk, ByteBuffer.wrap(damaged));
        try {
          assertThat(StringArray.open(path, format).read()).as("seed %d", seed).hasSize(5);
        } catch (FormatException refused) {
          assertThat(refused).as("seed %d", seed).hasMessageContaining(chunk);
        }
      }
    }
  }

  private void metadata(String text) {
    Json.write(path.child("zarr.json"), json(text));
  }

  private void refused(String message) {
    assertThatThrownBy(() -> StringArray.open(path, ZarrFormat.V3))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("obs/_index")
        .hasMessageContaining(message);
  }

  /** Number of strings, then each with its length, as the codec vlen-utf8 lays them out. */
  private static ByteBuffer chunk(String... strings) {
    ByteBuffer bytes = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(strings.length);
    for (String string : strings) {
      byte[] utf8 = string.getBytes(StandardCharsets.UTF_8);
      bytes.putInt(utf8.length).put(utf8);
    }
    return bytes.flip();
  }
}
