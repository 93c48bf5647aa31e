// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;

class CodecPipelineTest {
  private static final Shape CHUNK = Shape.of(3, 37, 51);

  private final CodecScratch scratch = new CodecScratch();

  private static List<CodecPipeline> all(DataType type) {
    List<CodecPipeline> pipelines = new ArrayList<>();
    Pipelines.v2Compressors().forEach(json -> pipelines.add(Pipelines.v2(json, type, CHUNK)));
    Pipelines.v3Codecs().forEach(json -> pipelines.add(Pipelines.v3(json, type, CHUNK)));
    if (type == DataType.UINT16) {
      pipelines.addAll(Pipelines.filtered(type, CHUNK));
    }
    return pipelines;
  }

  private static NdArray chunk(DataType type, Content content, SplittableRandom random) {
    byte[] bytes = content.bytes(NdArray.byteLength(type, CHUNK), random);
    return NdArray.wrap(type, CHUNK, bytes);
  }

  @Test
  void everyCodecGivesBackWhatItWasGiven() {
    SplittableRandom random = new SplittableRandom(31);
    for (DataType type :
        List.of(DataType.UINT8, DataType.UINT16, DataType.FLOAT32, DataType.INT64)) {
      for (CodecPipeline pipeline : all(type)) {
        for (Content content : Content.values()) {
          NdArray chunk = chunk(type, content, random);
          ByteBuffer encoded = pipeline.encode(chunk, scratch);
          NdArray decoded = NdArray.zeros(type, CHUNK);
          byte[] kept = Pipelines.bytes(encoded);
          pipeline.decode(ByteBuffer.wrap(kept), decoded, scratch, "c/0");
          assertThat(decoded.bytes())
              .as("%s %s %s", pipeline.toJson(), type, content)
              .isEqualTo(chunk.bytes());
          assertThat((long) kept.length)
              .as("length of %s %s %s", pipeline.toJson(), type, content)
              .isLessThanOrEqualTo(pipeline.maxEncodedLength());
        }
      }
    }
  }

  @Test
  void theEncodedBufferStartsAtZeroAndHasAnArray() {
    NdArray chunk = chunk(DataType.UINT16, Content.RUNS, new SplittableRandom(1));
    for (CodecPipeline pipeline : all(DataType.UINT16)) {
      ByteBuffer encoded = pipeline.encode(chunk, scratch);
      assertThat(encoded.hasArray()).isTrue();
      assertThat(encoded.position()).isZero();
    }
  }

  @Test
  void anyPartOfABufferIsDecodedAndLeftAsItIs() {
    NdArray chunk = chunk(DataType.UINT16, Content.RUNS, new SplittableRandom(2));
    for (CodecPipeline pipeline : all(DataType.UINT16)) {
      byte[] encoded = Pipelines.bytes(pipeline.encode(chunk, scratch));
      for (ByteBuffer buffer :
          List.of(
              ByteBuffer.allocate(encoded.length + 9),
              ByteBuffer.allocateDirect(encoded.length + 9))) {
        buffer.position(5).put(encoded).flip().position(5);
        NdArray decoded = NdArray.zeros(DataType.UINT16, CHUNK);
        pipeline.decode(buffer, decoded, scratch, "c/0");
        assertThat(decoded.bytes()).isEqualTo(chunk.bytes());
        assertThat(buffer.remaining()).isEqualTo(encoded.length);
      }
    }
  }

  @Test
  void uncompressedElementsLieInOrderAndByteOrder() {
    NdArray chunk =
        NdArray.wrap(
            DataType.UINT16,
            Shape.of(2, 3),
            nativeShorts((short) 1, (short) 2, (short) 3, (short) 4, (short) 5, (short) 6));
    assertThat(stored(chunk, Order.C, ByteOrder.LITTLE_ENDIAN))
        .containsExactly(1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0);
    assertThat(stored(chunk, Order.F, ByteOrder.BIG_ENDIAN))
        .containsExactly(0, 1, 0, 4, 0, 2, 0, 5, 0, 3, 0, 6);
  }

  private static byte[] nativeShorts(short... values) {
    ByteBuffer buffer = ByteBuffer.allocate(2 * values.length).order(ByteOrder.nativeOrder());
    buffer.asShortBuffer().put(values);
    return buffer.array();
  }

  private byte[] stored(NdArray chunk, Order order, ByteOrder byteOrder) {
    CodecPipeline pipeline = Pipelines.v2("null", order, byteOrder, chunk.type(), chunk.shape());
    byte[] stored = Pipelines.bytes(pipeline.encode(chunk, scratch));
    NdArray back = NdArray.zeros(chunk.type(), chunk.shape());
    pipeline.decode(ByteBuffer.wrap(stored), back, scratch, "0.0");
    assertThat(back.bytes()).isEqualTo(chunk.bytes());
    return stored;
  }

  @Test
  void twoTranspositionsFollowEachOther() {
    NdArray chunk = chunk(DataType.UINT8, Content.RANDOM, new SplittableRandom(3));
    String transpose = "{'name':'transpose','configuration':{'order':[1,2,0]}}";
    CodecPipeline twice =
        Pipelines.v3("[" + transpose + "," + transpose + ",'bytes']", DataType.UINT8, CHUNK);
    CodecPipeline once =
        Pipelines.v3(
            "[" + transpose.replace("1,2,0", "2,0,1") + ",'bytes']", DataType.UINT8, CHUNK);
    assertThat(Pipelines.bytes(twice.encode(chunk, scratch)))
        .isEqualTo(Pipelines.bytes(once.encode(chunk, scratch)))
        .isNotEqualTo(chunk.bytes());
  }

  @Test
  void onlyCodecsOfFixedSizeHaveAFixedEncodedLength() {
    assertThat(Pipelines.v3("['bytes','crc32c']", DataType.UINT8, CHUNK).fixedEncodedLength())
        .hasValue(CHUNK.elements() + 4);
    assertThat(Pipelines.v3("['bytes']", DataType.UINT8, CHUNK).fixedEncodedLength())
        .hasValue(CHUNK.elements());
    assertThat(Pipelines.v2("{'id':'zlib'}", DataType.UINT8, CHUNK).fixedEncodedLength()).isEmpty();
  }

  @Test
  void aScratchCanBeUsedAfterItWasClosed() {
    NdArray chunk = chunk(DataType.UINT16, Content.RUNS, new SplittableRandom(6));
    for (CodecPipeline pipeline : all(DataType.UINT16)) {
      byte[] encoded = Pipelines.bytes(pipeline.encode(chunk, scratch));
      scratch.close();
      assertThat(Pipelines.bytes(pipeline.encode(chunk, scratch))).isEqualTo(encoded);
    }
  }

  @Test
  void anArrayThatIsNoWholeChunkIsRefused() {
    CodecPipeline pipeline = Pipelines.v3("['bytes']", DataType.UINT8, CHUNK);
    NdArray other = NdArray.zeros(DataType.UINT8, Shape.of(3, 37, 50));
    assertThatThrownBy(() -> pipeline.encode(other, scratch))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Chunks are uint8[3, 37, 51] but the array is uint8[3, 37, 50]");
  }

  @Test
  void contentOfAnotherLengthNamesTheChunkAndBothLengths() {
    CodecPipeline pipeline = Pipelines.v2("{'id':'zlib'}", DataType.UINT16, Shape.of(4, 5));
    CodecPipeline larger = Pipelines.v2("{'id':'zlib'}", DataType.UINT16, Shape.of(4, 6));
    NdArray into = NdArray.zeros(DataType.UINT16, Shape.of(4, 6));
    byte[] shorter =
        Pipelines.bytes(pipeline.encode(NdArray.zeros(DataType.UINT16, Shape.of(4, 5)), scratch));
    assertThatThrownBy(() -> larger.decode(ByteBuffer.wrap(shorter), into, scratch, "0/c/7"))
        .isInstanceOf(FormatException.class)
        .hasMessage("Cannot read 0/c/7: chunk decodes to 40 bytes but uint16[4, 6] has 48");
  }

  @Test
  void aChunkThatFitsNoMemoryIsRefusedBeforeItIsMade() {
    assertThatThrownBy(() -> Pipelines.v2("null", DataType.UINT16, Shape.of(1L << 40, 1L << 40)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(".zarray")
        .hasMessageContaining("the limit is 2 GiB");
  }
}
