// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;

/** What codecs may say in metadata. */
class CodecMetadataTest {
  private static final Shape CHUNK = Shape.of(4, 5);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "['bytes','lzma'] | codecs[1].name must be one of blosc, bytes, crc32c",
        "['bytes',{'name':'snappy','must_understand':false}] | codecs[1].name must be one of",
        "['bytes',{'nome':'x'}] | codecs[1] has nome, which is not known; known are name, configuration, must_understand",
        "['bytes',7] | codecs[1] must be an object, got 7",
        "['zstd'] | codecs[0] must come after array to bytes",
        "['bytes','bytes'] | codecs[1] must come before array to bytes",
        "['bytes',{'name':'transpose','configuration':{'order':[0,1]}}] | must come before",
        "[] | codecs must hold one from array to bytes (bytes, vlen-utf8), got []",
        "{} | codecs must be an array, got {}",
        "['vlen-utf8'] | codecs are for strings, but the data type is uint8",
        "[{'name':'transpose','configuration':{'order':[0,0]}},'bytes'] | configuration.order must name each of 2 axes once",
        "[{'name':'transpose','configuration':{'order':[0]}},'bytes'] | got [0]",
        "[{'name':'transpose','configuration':{'order':[0,1.0]}},'bytes'] | got [0,1.0]",
        "['transpose','bytes'] | codecs[0].configuration.order is missing",
        "[{'name':'bytes','configuration':{'endian':'middle'}}] | endian must be one of little, big, got \"middle\"",
        "[{'name':'bytes','configuration':{'order':'C'}}] | codecs[0].configuration has order, which is not known; known are endian",
        "[{'name':'bytes','configuration':3}] | configuration must be an object, got 3",
        "['bytes',{'name':'crc32c','configuration':{'seed':1}}] | codecs[1].configuration has seed, which is not known; known are none",
        "['bytes',{'name':'zstd','configuration':{'level':23}}] | codecs[1].configuration.level must be an integer from -131072 to 22, got 23",
        "['bytes',{'name':'zstd','configuration':{'level':'3'}}] | level must be an integer",
        "['bytes',{'name':'zstd','configuration':{'level':3,'checksum':1}}] | checksum must be true or false, got 1",
        "['bytes',{'name':'gzip','configuration':{'level':10}}] | level must be an integer from 0 to 9, got 10",
        "['bytes',{'name':'blosc','configuration':{'cname':'snappy'}}] | cname must be one of blosclz, lz4, lz4hc, zlib, zstd, got \"snappy\"",
        "['bytes','blosc'] | codecs[1].configuration.cname is missing",
        "['bytes',{'name':'blosc','configuration':{'cname':'lz4','shuffle':1}}] | shuffle must be one of noshuffle, shuffle, bitshuffle, got 1",
        "['bytes',{'name':'blosc','configuration':{'cname':'lz4','typesize':0}}] | typesize must be an integer from 1 to 255, got 0",
        "['bytes',{'name':'blosc','configuration':{'cname':'lz4','threads':0}}] | has threads, which is not known; known are cname, clevel",
        "[{'name':'sharding_indexed'}] | codecs[0].name is only supported alone"
      })
  void wrongCodecsOfV3AreErrors(String codecs, String problem) {
    assertThatThrownBy(() -> Pipelines.v3(codecs, DataType.UINT8, CHUNK))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("Cannot read zarr.json: ")
        .hasMessageContaining(problem);
  }

  @Test
  void elementsOfSeveralBytesNeedAByteOrder() {
    assertThatThrownBy(() -> Pipelines.v3("['bytes']", DataType.UINT16, CHUNK))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("codecs[0].configuration.endian is missing");
    assertThat(Pipelines.v3("['bytes']", DataType.BOOL, CHUNK).fixedEncodedLength()).hasValue(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'id':'zfpy'} | compressor.id must be one of astype, blosc, bz2, delta, fixedscaleoffset, gzip, lz4, lzma, packbits, shuffle, zlib, zstd, got",
        "'zlib' | compressor must be an object, got \"zlib\"",
        "[] | compressor must be an object, got []",
        "{'id':'bz2','level':0} | compressor.level must be an integer from 1 to 9, got 0",
        "{'id':'zlib','level':1,'wbits':15} | compressor has wbits, which is not known; known are id, level",
        "{'id':'blosc','cname':'lz4','shuffle':3} | shuffle must be an integer from -1 to 2, got 3",
        "{'id':'blosc','cname':'lz4','clevel':10} | clevel must be an integer from 0 to 9, got 10",
        "{'id':'lzma','format':3} | compressor.format must be an integer from 1 to 2, got 3",
        "{'id':'lzma','filters':[{'id':33}]} | compressor.filters must be null: no other filters",
        "{'id':'lzma','preset':10} | compressor.preset must be an integer from 0 to 9, got 10",
        "{'id':'lzma','check':2} | compressor.check must be -1, 0, 1, 4 or 10, got 2"
      })
  void wrongCompressorsOfV2AreErrors(String compressor, String problem) {
    assertThatThrownBy(() -> Pipelines.v2(compressor, DataType.UINT8, CHUNK))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("Cannot read .zarray: ")
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{'id':'quantize'}] | filters[0].id must be one of astype, blosc, bz2, delta",
        "[7] | filters[0] must be an object, got 7",
        "{'id':'delta'} | filters must be an array, got",
        "[{'id':'delta'}] | filters[0].dtype is missing",
        "[{'id':'delta','dtype':'<c8'}] | filters[0].dtype must be a type of numbers as numpy",
        "[{'id':'delta','dtype':'bool'}] | filters[0].dtype must be a type of numbers, got",
        "[{'id':'delta','dtype':'<i4','astype':'<f4'}] | filters[0].astype must be integers",
        "[{'id':'delta','dtype':'<i4','x':1}] | filters[0] has x, which is not known; known are",
        "[{'id':'delta','dtype':'<u8'}] | codec 'delta' takes elements of 8 bytes, and gets 20",
        "[{'id':'shuffle','elementsize':3}] | codec 'shuffle' takes elements of 3 bytes, and gets",
        "[{'id':'astype','decode_dtype':'<u2'}] | filters[0].encode_dtype is missing",
        "[{'id':'fixedscaleoffset','offset':0,'scale':'1','dtype':'<u1'}] | scale must be a finite",
        "[{'id':'packbits','x':1}] | filters[0] has x, which is not known; known are id",
      })
  void wrongFiltersOfV2AreErrors(String filters, String problem) {
    assertThatThrownBy(
            () ->
                CodecPipeline.ofV2(
                    Pipelines.json("null"),
                    Pipelines.json(filters),
                    Order.C,
                    ByteOrder.LITTLE_ENDIAN,
                    DataType.UINT8,
                    CHUNK,
                    ".zarray"))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("Cannot read .zarray: ")
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "['bytes',{'name':'numcodecs.delta','configuration':{'dtype':'<u1'}}] | must come before",
        "['numcodecs.zlib','bytes'] | codecs[0] must come after array to bytes",
        "[{'name':'numcodecs.delta','configuration':{'dtype':'<u1'}},"
            + "{'name':'transpose','configuration':{'order':[1,0]}},'bytes'] | of transpose after",
        "[{'name':'numcodecs.astype','configuration':{'encode_dtype':'<u2'}},"
            + "{'name':'bytes','configuration':{'endian':'big'}}] | must have little-endian bytes",
        "['bytes','numcodecs.zfpy'] | codecs[1].name must be one of",
      })
  void wrongCodecsOfNumcodecsInV3AreErrors(String codecs, String problem) {
    wrongCodecsOfV3AreErrors(codecs, problem);
  }

  @Test
  void metadataIsWrittenAsItWasRead() {
    String codecs =
        "[{'name':'bytes'},{'name':'zstd','configuration':{'level':-7,'checksum':true}}]";
    assertThat(Pipelines.v3(codecs, DataType.INT8, CHUNK).toJson())
        .isEqualTo(Pipelines.json(codecs));
    assertThat(Pipelines.v2("null", DataType.INT8, CHUNK).toJson().isNull()).isTrue();
  }

  @Test
  void theDefaultsAreThoseOfTheReference() {
    assertThat(CodecPipeline.defaultCodecs(DataType.UINT8))
        .isEqualTo(
            Pipelines.json(
                "[{'name':'bytes'},{'name':'zstd','configuration':{'level':0,'checksum':false}}]"));
    assertThat(CodecPipeline.defaultCodecs(DataType.UINT16).get(0))
        .isEqualTo(Pipelines.json("{'name':'bytes','configuration':{'endian':'little'}}"));
    assertThat(CodecPipeline.defaultCompressor())
        .isEqualTo(
            Pipelines.json("{'id':'blosc','cname':'lz4','clevel':5,'shuffle':1,'blocksize':0}"));
  }
}
