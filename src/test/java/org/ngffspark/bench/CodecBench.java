// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.github.luben.zstd.Zstd;
import com.scalableminds.bloscjava.Blosc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Function;
import org.ngffspark.zarr.codec.CodecPipeline;
import org.ngffspark.zarr.codec.CodecScratch;
import org.ngffspark.zarr.codec.Order;
import org.ngffspark.zarr.nd.NdArray;

/** Decoding and encoding a chunk on one thread, against native code called from Java. */
public final class CodecBench {
  private static final double BLOSC_LZ4_TARGET = 1.5;
  private static final double ZSTD_TARGET = 1.2;
  private static final int ZSTD_DEFAULT_LEVEL = 3;

  private final CodecScratch scratch = new CodecScratch();
  private final PairedRuns fast = new PairedRuns(30, 41);
  private final PairedRuns slow = new PairedRuns(8, 15);

  private CodecBench() {}

  public static void main(String[] arguments) {
    PairedRuns.printTitle();
    CodecBench bench = new CodecBench();
    BenchImages images = BenchImages.of(2160, 2560, 1);
    bench.compareAll("uint16 image", images.image());
    bench.compareAll("uint32 labels", images.labels());
  }

  private void compareAll(String what, NdArray chunk) {
    compareBlosc(what, chunk, Blosc.Compressor.LZ4, fast, BLOSC_LZ4_TARGET);
    compareBlosc(what, chunk, Blosc.Compressor.ZSTD, slow, ZSTD_TARGET);
    compareZstd(what, chunk);
  }

  private void compareBlosc(
      String what, NdArray chunk, Blosc.Compressor compressor, PairedRuns runs, double target) {
    int width = chunk.type().bytes();
    Function<byte[], byte[]> encode =
        bytes -> Blosc.compress(bytes, width, compressor, 5, Blosc.Shuffle.BYTE_SHUFFLE);
    JsonNode settings =
        CodecPipeline.defaultCompressor()
            .put("cname", compressor.name().toLowerCase(java.util.Locale.ROOT));
    CodecPipeline pipeline =
        CodecPipeline.ofV2(
            settings,
            MissingNode.getInstance(),
            Order.C,
            ByteOrder.nativeOrder(),
            chunk.type(),
            chunk.shape(),
            "bench");
    compare(
        "blosc-" + compressor.name().toLowerCase(java.util.Locale.ROOT) + " " + what,
        chunk,
        pipeline,
        encode,
        Blosc::decompress,
        runs,
        target);
  }

  private void compareZstd(String what, NdArray chunk) {
    CodecPipeline pipeline =
        CodecPipeline.ofV3(
            CodecPipeline.defaultCodecs(chunk.type()), chunk.type(), chunk.shape(), "bench");
    compare(
        "zstd " + what,
        chunk,
        pipeline,
        bytes -> Zstd.compress(bytes, ZSTD_DEFAULT_LEVEL),
        bytes -> Zstd.decompress(bytes, chunk.bytes().length),
        slow,
        ZSTD_TARGET);
  }

  private void compare(
      String name,
      NdArray chunk,
      CodecPipeline pipeline,
      Function<byte[], byte[]> encode,
      Function<byte[], byte[]> decode,
      PairedRuns runs,
      double target) {
    byte[] encoded = encode.apply(chunk.bytes());
    ByteBuffer ours = pipeline.encode(chunk, scratch);
    System.out.printf(
        "%-40s ours %d bytes, reference %d bytes%n", name, ours.remaining(), encoded.length);
    NdArray into = NdArray.zeros(chunk.type(), chunk.shape());
    runs.compare(
        name + " decode",
        () -> pipeline.decode(ByteBuffer.wrap(encoded), into, scratch, "bench"),
        () -> decode.apply(encoded),
        target);
    runs.compare(
        name + " encode",
        () -> pipeline.encode(chunk, scratch),
        () -> encode.apply(chunk.bytes()),
        target);
  }
}
