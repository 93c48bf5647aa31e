// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

class SteadyStateTest {
  private static final Shape CHUNK = Shape.of(512, 700);
  private static final long SMALL_OBJECTS = 64 * 1024;

  @Test
  void aWarmScratchServesChunksWithoutNewBuffers() {
    NdArray chunk =
        NdArray.wrap(
            DataType.UINT16,
            CHUNK,
            Content.NOISY_SHORTS.bytes(
                NdArray.byteLength(DataType.UINT16, CHUNK), new SplittableRandom(1)));
    for (String json : List.of("zstd", "gzip", "zlib", "lz4", "blosc")) {
      String compressor =
          "{'id':'%s'%s}".formatted(json, json.equals("blosc") ? ",'cname':'lz4'" : "");
      for (Order order : Order.values()) {
        check(Pipelines.v2(compressor, order, ByteOrder.BIG_ENDIAN, DataType.UINT16, CHUNK), chunk);
      }
    }
    for (BloscCompressor compressor : BloscCompressor.values()) {
      String bits = "{'id':'blosc','cname':'%s','shuffle':2}".formatted(compressor.cname());
      check(Pipelines.v2(bits, DataType.UINT16, CHUNK), chunk);
    }
    for (String codecs : Pipelines.v3Codecs()) {
      check(Pipelines.v3(codecs, DataType.UINT16, CHUNK), chunk);
    }
  }

  private static void check(CodecPipeline pipeline, NdArray chunk) {
    try (CodecScratch scratch = new CodecScratch()) {
      NdArray into = NdArray.zeros(chunk.type(), CHUNK);
      byte[] encoded = Pipelines.bytes(pipeline.encode(chunk, scratch));
      Runnable both =
          () -> {
            pipeline.decode(ByteBuffer.wrap(encoded), into, scratch, "0");
            pipeline.encode(chunk, scratch);
          };
      both.run();
      assertThat(AllocatedBytes.during(both))
          .as("bytes allocated by %s", pipeline.toJson())
          .isLessThan(SMALL_OBJECTS);
    }
  }
}
