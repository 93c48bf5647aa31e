// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;

class StringPipelineTest {
  private static final String VLEN_UTF8 = "[{'id':'vlen-utf8'}]";

  private final CodecScratch scratch = new CodecScratch();

  private static StringPipeline v2(String compressor, int count) {
    return StringPipeline.ofV2(
        Pipelines.json(compressor), Pipelines.json(VLEN_UTF8), Order.C, Shape.of(count), ".zarray");
  }

  private static StringPipeline v3(String codecs, int count) {
    return StringPipeline.ofV3(Pipelines.json(codecs), Shape.of(count), "zarr.json");
  }

  @Test
  void stringsOfAnyAlphabetComeBackThroughEveryCodec() {
    String[] strings = {"", "cell", "µm²", "细胞", "𝔫", "a\0b"};
    for (String json : Pipelines.v2Compressors()) {
      checkRoundTrip(v2(json, strings.length), strings);
    }
    for (String tail :
        List.of("", ",'zstd'", ",'gzip','crc32c'", ",'crc32c','gzip',{'name':'zstd'}")) {
      checkRoundTrip(v3("['vlen-utf8'" + tail + "]", strings.length), strings);
    }
    checkRoundTrip(
        StringPipeline.ofV3(StringPipeline.defaultCodecs(), Shape.of(2, 3), "zarr.json"), strings);
  }

  @Test
  void chunksOfMegabytesAreDecodedThoughTheirLengthIsNotDeclared() {
    SplittableRandom random = new SplittableRandom(8);
    String[] strings = new String[100_000];
    Arrays.setAll(strings, i -> "nucleus " + (i % 7 == 0 ? random.nextInt() : i));
    for (String json : Pipelines.v2Compressors()) {
      checkRoundTrip(v2(json, strings.length), strings);
    }
  }

  private void checkRoundTrip(StringPipeline pipeline, String[] strings) {
    byte[] encoded = Pipelines.bytes(pipeline.encode(strings, scratch));
    assertThat((long) encoded.length).isLessThanOrEqualTo(pipeline.maxEncodedLength());
    assertThat(pipeline.decode(ByteBuffer.wrap(encoded), scratch, "c/0"))
        .as("%s", pipeline.toJson())
        .isEqualTo(strings);
  }

  @Test
  void theBytesAreCountLengthsAndText() {
    assertThat(Pipelines.bytes(v2("null", 2).encode(new String[] {"é", ""}, scratch)))
        .containsExactly(2, 0, 0, 0, 2, 0, 0, 0, 0xc3, 0xa9, 0, 0, 0, 0);
  }

  @Test
  void damageIsNamed() {
    check("2 0 0 0", "holds 2 strings, must be 1");
    check("1 0 0", "ends early");
    check("1 0 0 0 2 0 0 0 65", "ends early");
    check("1 0 0 0 255 255 255 255 65", "ends early");
    check("1 0 0 0 1 0 0 0 200", "a string is not UTF-8");
    check("1 0 0 0 1 0 0 0 65 66", "1 bytes follow the last string");
  }

  private void check(String bytes, String problem) {
    String[] numbers = bytes.split(" ", -1);
    ByteBuffer encoded = ByteBuffer.allocate(numbers.length);
    for (String number : numbers) {
      encoded.put((byte) Integer.parseInt(number));
    }
    assertThatThrownBy(() -> v2("null", 1).decode(encoded.flip(), scratch, "0"))
        .isInstanceOf(FormatException.class)
        .hasMessage("Cannot read 0: vlen-utf8: " + problem);
  }

  @Test
  void aBombIsStoppedAtTheLimit() {
    byte[] zeros = new byte[1 << 26];
    ByteSpan content = new ByteSpan(zeros, 0, zeros.length);
    List<BytesCodec> codecs =
        List.of(
            new ZstdCodec(1, false),
            new GzipCodec(1),
            new ZlibCodec(1),
            new Lz4Codec(),
            new BloscCodec(BloscCompressor.ZSTD, 1, BloscShuffle.NONE, 1, 0));
    for (BytesCodec codec : codecs) {
      int capacity = (int) codec.maxEncodedLength(zeros.length);
      ByteSpan bomb =
          codec.encode(content, scratch.workspace(ScratchSlot.FIRST_STAGE, capacity), scratch);
      ByteBuffer encoded =
          ByteBuffer.wrap(Arrays.copyOfRange(bomb.array(), bomb.offset(), bomb.end()));
      String json =
          codec.name().equals("blosc")
              ? "{'id':'blosc','cname':'zstd'}"
              : "{'id':'%s'}".formatted(codec.name());
      assertThatThrownBy(() -> v2(json, 1).decode(encoded, scratch, "0"))
          .as(codec.name())
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("more than the " + (1 << 24));
    }
  }

  @Test
  void whatIsNotForStringsIsRefused() {
    assertThatThrownBy(() -> v3("['bytes']", 1))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("codecs are for numbers, but the data type is string");
    assertThatThrownBy(
            () ->
                StringPipeline.ofV2(
                    Pipelines.json("null"),
                    Pipelines.json("null"),
                    Order.C,
                    Shape.of(1),
                    ".zarray"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("filters must be one vlen-utf8 for strings");
    assertThatThrownBy(() -> v2("null", 2).encode(new String[] {"a"}, scratch))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Chunks have 2 strings, got 1");
  }
}
