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
        "['bytes','lzma'] | unknown codec 'lzma'; supported are bytes, blosc, crc32c",
        "['bytes',{'name':'snappy','must_understand':false}] | unknown codec 'snappy'",
        "['bytes',{'nome':'x'}] | unknown key 'nome' in a codec; it has name, configuration, must_understand",
        "['bytes',7] | unknown codec 7",
        "['zstd'] | codec 'zstd' must come after array to bytes",
        "['bytes','bytes'] | codec 'bytes' must come before array to bytes",
        "['bytes',{'name':'transpose','configuration':{'order':[0,1]}}] | must come before",
        "[] | codecs must hold one from array to bytes (bytes, vlen-utf8), got []",
        "{} | codecs must be a list, got {}",
        "['vlen-utf8'] | codec 'vlen-utf8': is for strings, but the data type is uint8",
        "[{'name':'transpose','configuration':{'order':[0,0]}},'bytes'] | order must name each of 2 axes once",
        "[{'name':'transpose','configuration':{'order':[0]}},'bytes'] | got [0]",
        "[{'name':'transpose','configuration':{'order':[0,1.0]}},'bytes'] | got [0,1.0]",
        "['transpose','bytes'] | order must name each of 2 axes once",
        "[{'name':'bytes','configuration':{'endian':'middle'}}] | endian must be one of little, big, got \"middle\"",
        "[{'name':'bytes','configuration':{'order':'C'}}] | unknown configuration order; it has endian",
        "[{'name':'bytes','configuration':3}] | configuration must be an object, got 3",
        "['bytes',{'name':'crc32c','configuration':{'seed':1}}] | unknown configuration seed; it has none",
        "['bytes',{'name':'zstd','configuration':{'level':23}}] | codec 'zstd': level must be from -131072 to 22, got 23",
        "['bytes',{'name':'zstd','configuration':{'level':'3'}}] | level must be an integer",
        "['bytes',{'name':'zstd','configuration':{'level':3,'checksum':1}}] | checksum must be true or false, got 1",
        "['bytes',{'name':'gzip','configuration':{'level':10}}] | level must be from 0 to 9, got 10",
        "['bytes',{'name':'blosc','configuration':{'cname':'snappy'}}] | cname must be one of blosclz, lz4, lz4hc, zlib, zstd, got \"snappy\"",
        "['bytes','blosc'] | cname must be one of blosclz, lz4, lz4hc, zlib, zstd, got nothing",
        "['bytes',{'name':'blosc','configuration':{'cname':'lz4','shuffle':1}}] | shuffle must be one of noshuffle, shuffle, bitshuffle, got 1",
        "['bytes',{'name':'blosc','configuration':{'cname':'lz4','typesize':0}}] | typesize must be from 1 to 255, got 0",
        "['bytes',{'name':'blosc','configuration':{'cname':'lz4','threads':0}}] | unknown configuration threads; it has",
        "[{'name':'sharding_indexed'}] | 'sharding_indexed' is only supported alone"
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
        .hasMessageContaining("endian must be one of little, big, got nothing");
    assertThat(Pipelines.v3("['bytes']", DataType.BOOL, CHUNK).fixedEncodedLength()).hasValue(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'id':'lzma'} | unknown compressor 'lzma'; supported are null, blosc, bz2, gzip, lz4, zlib, zstd",
        "'zlib' | unknown compressor \"zlib\"",
        "[] | unknown compressor []",
        "{'id':'bz2','level':0} | codec 'bz2': level must be from 1 to 9, got 0",
        "{'id':'zlib','level':1,'wbits':15} | codec 'zlib': unknown configuration wbits; it has id, level",
        "{'id':'blosc','cname':'lz4','shuffle':3} | shuffle must be from -1 to 2, got 3",
        "{'id':'blosc','cname':'lz4','clevel':10} | clevel must be from 0 to 9, got 10"
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
      value = {"[{\"id\":\"delta\"}]", "[7]", "{\"id\":\"delta\"}", "\"x\""})
  void filtersOfNumbersAreErrors(String filters) {
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
        .hasMessage(
            "Cannot read .zarray: filters " + filters + " are not supported; supported are null");
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
