// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.codec.CodecPipeline;
import org.ngffspark.zarr.codec.CodecScratch;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/**
 * Reading and writing a level of an image against the bare codec calls and file operations it
 * cannot do without, and cutting and pasting against the speed that is asked for. Prints lines
 * {@code name ours_ms reference_ms ratio target}.
 */
public final class ArrayBench {
  private static final Shape SHAPE = Shape.of(3, 1, 4320, 5120);
  private static final Shape CHUNKS = Shape.of(1, 1, 2160, 2560);
  private static final int ROUNDS = 9;
  private static final int THREADS = 2;
  private static final int PATCH = 80;

  private final Path directory;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  private ArrayBench(Path directory) {
    this.directory = directory;
  }

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("ngff-spark-bench");
    ArrayBench bench = new ArrayBench(directory);
    try {
      for (ZarrFormat format : ZarrFormat.values()) {
        bench.level(format);
      }
      bench.cutAndPaste();
    } finally {
      bench.threads.shutdown();
      deleteTree(directory);
    }
  }

  private void level(ZarrFormat format) throws Exception {
    StorePath root = StorePath.root(LocalStore.at(directory));
    ArrayMetadata metadata =
        ArrayMetadata.defaults(format, SHAPE, CHUNKS, DataType.UINT16, List.of("c", "z", "y", "x"));
    ZarrArray source = ZarrArray.create(root.child("source" + format), metadata);
    ZarrArray target = ZarrArray.create(root.child("target" + format), metadata);
    SplittableRandom random = new SplittableRandom(1);
    for (GridPosition chunk : source.chunks().all()) {
      source.write(source.chunks().fullBox(chunk), microscopy(random));
    }
    compare(
        format + "-level-by-chunk",
        () -> eachChunk(chunk -> copyChunk(source, target, chunk)),
        () -> eachChunk(chunk -> copyBare(source, target, chunk)));
    compare(
        format + "-level-by-channel",
        () -> eachChannel(box -> copyBox(source, target, box)),
        () -> eachChunk(chunk -> copyBare(source, target, chunk)));
    compare(
        format + "-read-by-chunk",
        () -> eachChunk(chunk -> source.read(source.chunks().fullBox(chunk), memory.get())),
        () -> eachChunk(chunk -> readBare(source, chunk)));
  }

  private final ThreadLocal<NdArray> memory =
      ThreadLocal.withInitial(() -> NdArray.zeros(DataType.UINT16, CHUNKS));
  private final ThreadLocal<NdArray> channel =
      ThreadLocal.withInitial(() -> NdArray.zeros(DataType.UINT16, SHAPE.with(0, 1)));
  private final ThreadLocal<CodecScratch> scratch = ThreadLocal.withInitial(CodecScratch::new);

  private void copyChunk(ZarrArray source, ZarrArray target, GridPosition chunk) {
    Box box = source.chunks().fullBox(chunk);
    source.read(box, memory.get());
    target.write(box, memory.get());
  }

  private void copyBox(ZarrArray source, ZarrArray target, Box box) {
    source.read(box, channel.get());
    target.write(box, channel.get());
  }

  private CodecPipeline readBare(ZarrArray source, GridPosition chunk) throws IOException {
    ArrayMetadata metadata = source.metadata();
    CodecPipeline codecs = metadata.encoding().pipeline(metadata.type(), metadata.chunks(), "");
    byte[] bytes = Files.readAllBytes(directory.resolve(source.key(chunk)));
    codecs.decode(ByteBuffer.wrap(bytes), memory.get(), scratch.get(), "");
    return codecs;
  }

  private void copyBare(ZarrArray source, ZarrArray target, GridPosition chunk) throws IOException {
    ByteBuffer encoded = readBare(source, chunk).encode(memory.get(), scratch.get());
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    Path file = directory.resolve(target.key(chunk));
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private void eachChunk(Work<GridPosition> work) throws Exception {
    all(new org.ngffspark.zarr.nd.ChunkGrid(SHAPE, CHUNKS).all(), work);
  }

  private void eachChannel(Work<Box> work) throws Exception {
    List<Box> boxes = new ArrayList<>();
    for (int c = 0; c < SHAPE.get(0); c++) {
      boxes.add(Box.whole(SHAPE).with(0, c, c + 1));
    }
    all(boxes, work);
  }

  private <T> void all(List<T> items, Work<T> work) throws Exception {
    List<Future<?>> running = new ArrayList<>();
    for (T item : items) {
      running.add(
          threads.submit(
              () -> {
                work.run(item);
                return true;
              }));
    }
    for (Future<?> each : running) {
      each.get();
    }
  }

  private void cutAndPaste() throws Exception {
    NdArray chunk = microscopy(new SplittableRandom(2));
    NdArray patch = NdArray.zeros(DataType.UINT16, Shape.of(1, 1, PATCH, PATCH));
    SplittableRandom random = new SplittableRandom(3);
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      long y = random.nextLong(CHUNKS.get(2) - PATCH);
      long x = random.nextLong(CHUNKS.get(3) - PATCH);
      boxes.add(Box.of(new long[] {0, 0, y, x}, new long[] {1, 1, y + PATCH, x + PATCH}));
    }
    Box whole = Box.whole(patch.shape());
    double gigabytes = 2.0 * boxes.size() * patch.bytes().length / 1e9;
    double ms =
        best(
            () -> {
              for (Box box : boxes) {
                patch.paste(chunk, box, whole);
                chunk.paste(patch, whole, box);
              }
            });
    print("cut-and-paste-80x80", ms, gigabytes * 1000, 1.0);
  }

  private void compare(String name, Task ours, Task reference) throws Exception {
    double bestOurs = Double.MAX_VALUE;
    double bestReference = Double.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      bestOurs = Math.min(bestOurs, time(ours));
      bestReference = Math.min(bestReference, time(reference));
    }
    print(name, bestOurs, bestReference, 1.3);
  }

  private static double best(Task task) throws Exception {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      best = Math.min(best, time(task));
    }
    return best;
  }

  private static double time(Task task) throws Exception {
    long start = System.nanoTime();
    task.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static void print(String name, double ours, double reference, double target) {
    System.out.printf("%s %.1f %.1f %.2f %.2f%n", name, ours, reference, ours / reference, target);
  }

  /** A smooth background with noise, as a camera gives. */
  private static NdArray microscopy(SplittableRandom random) {
    NdArray chunk = NdArray.zeros(DataType.UINT16, CHUNKS);
    ByteBuffer values = chunk.buffer();
    long width = CHUNKS.get(3);
    for (int i = 0; i < CHUNKS.elements(); i++) {
      double wave = 300 * Math.sin(i / width / 90.0) * Math.sin(i % width / 110.0);
      values.putShort(2 * i, (short) (500 + Math.max(0, wave) + random.nextInt(24)));
    }
    return chunk;
  }

  private static void deleteTree(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private interface Task {
    void run() throws Exception;
  }

  private interface Work<T> {
    void run(T item) throws Exception;
  }
}
