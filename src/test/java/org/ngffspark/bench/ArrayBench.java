// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
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
 * Reading and writing a level of an image against the codec calls and file operations that it
 * cannot do without, on two threads; cutting and pasting patches against 1 GB/s on one. Prints one
 * line for each.
 */
public final class ArrayBench {
  private static final Shape SHAPE = Shape.of(3, 1, 4320, 5120);
  private static final Shape CHUNKS = Shape.of(1, 1, 2160, 2560);
  private static final Shape SHARDS = Shape.of(1, 1, 4320, 5120);
  private static final int THREADS = 2;
  private static final double LEVEL_TARGET = 1.3;
  private static final int PATCH = 80;
  private static final int PATCHES = 20_000;

  private final Path directory;
  private final PairedRuns runs = new PairedRuns(3, 11);
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final ThreadLocal<NdArray> chunk =
      ThreadLocal.withInitial(() -> NdArray.zeros(DataType.UINT16, CHUNKS));
  private final ThreadLocal<NdArray> channel =
      ThreadLocal.withInitial(() -> NdArray.zeros(DataType.UINT16, SHAPE.with(0, 1)));
  private final ThreadLocal<CodecScratch> scratch = ThreadLocal.withInitial(CodecScratch::new);

  private ArrayBench(Path directory) {
    this.directory = directory;
  }

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createTempDirectory("ngff-spark-bench");
    ArrayBench bench = new ArrayBench(directory);
    PairedRuns.printTitle();
    try {
      for (ZarrFormat format : List.of(ZarrFormat.V2, ZarrFormat.V3)) {
        bench.level(
            format.toString(),
            ArrayMetadata.defaults(format, SHAPE, CHUNKS, DataType.UINT16, List.of()));
      }
      bench.cutAndPaste();
    } finally {
      bench.threads.shutdownNow();
      deleteTree(directory);
    }
  }

  private void level(String name, ArrayMetadata metadata) {
    StorePath root = StorePath.root(LocalStore.at(directory));
    ZarrArray source = ZarrArray.create(root.child("source" + name), metadata);
    ZarrArray target = ZarrArray.create(root.child("target" + name), metadata);
    ZarrArray sharded =
        metadata.format() == ZarrFormat.V2
            ? target
            : ZarrArray.create(root.child("sharded"), metadata.withShards(SHARDS));
    fill(source);
    List<GridPosition> chunks = source.chunks().all();
    Runnable reference = () -> each(chunks, position -> copyBare(source, target, position));
    runs.compare(
        name + " level, chunk by chunk",
        () -> each(chunks, position -> copy(source, target, position)),
        reference,
        LEVEL_TARGET);
    runs.compare(
        name + " level, channel by channel",
        () -> each(channels(), box -> copy(source, target, box, channel.get())),
        reference,
        LEVEL_TARGET);
    if (sharded != target) {
      runs.compare(
          name + " level into shards",
          () -> each(channels(), box -> copy(source, sharded, box, channel.get())),
          reference,
          LEVEL_TARGET);
    }
  }

  private static void fill(ZarrArray array) {
    NdArray picture = BenchImages.of((int) CHUNKS.get(2), (int) CHUNKS.get(3), 1).image();
    NdArray content = NdArray.wrap(DataType.UINT16, CHUNKS, picture.bytes());
    for (GridPosition position : array.chunks().all()) {
      array.write(array.chunks().fullBox(position), content);
    }
  }

  private static List<Box> channels() {
    List<Box> boxes = new ArrayList<>();
    for (int c = 0; c < SHAPE.get(0); c++) {
      boxes.add(Box.whole(SHAPE).with(0, c, c + 1));
    }
    return boxes;
  }

  private void copy(ZarrArray source, ZarrArray target, GridPosition position) {
    copy(source, target, source.chunks().fullBox(position), chunk.get());
  }

  private static void copy(ZarrArray source, ZarrArray target, Box box, NdArray memory) {
    source.read(box, memory);
    target.write(box, memory);
  }

  private void copyBare(ZarrArray source, ZarrArray target, GridPosition position) {
    ArrayMetadata metadata = source.metadata();
    CodecPipeline codecs = metadata.encoding().pipeline(metadata.type(), metadata.chunks(), "");
    try {
      byte[] stored = Files.readAllBytes(directory.resolve(source.key(position)));
      codecs.decode(ByteBuffer.wrap(stored), chunk.get(), scratch.get(), "");
      ByteBuffer encoded = codecs.encode(chunk.get(), scratch.get());
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      Path file = directory.resolve(target.key(position));
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> void each(List<T> items, Consumer<T> work) {
    Stream<Runnable> tasks = items.stream().map(item -> () -> work.accept(item));
    tasks.map(threads::submit).toList().forEach(ArrayBench::await);
  }

  private static void await(Future<?> task) {
    try {
      task.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void cutAndPaste() {
    NdArray picture = NdArray.zeros(DataType.UINT16, CHUNKS);
    NdArray patch = NdArray.zeros(DataType.UINT16, Shape.of(1, 1, PATCH, PATCH));
    Box whole = Box.whole(patch.shape());
    SplittableRandom random = new SplittableRandom(3);
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < PATCHES; i++) {
      long y = random.nextLong(CHUNKS.get(2) - PATCH);
      long x = random.nextLong(CHUNKS.get(3) - PATCH);
      boxes.add(Box.of(new long[] {0, 0, y, x}, new long[] {1, 1, y + PATCH, x + PATCH}));
    }
    long nanosecondsAtOneGigabyte = 2L * PATCHES * patch.bytes().length;
    runs.compare(
        "cut and paste of 80x80 patches",
        () -> {
          for (Box box : boxes) {
            patch.paste(picture, box, whole);
            picture.paste(patch, whole, box);
          }
        },
        () -> waitUntil(System.nanoTime() + nanosecondsAtOneGigabyte),
        1.0);
  }

  private static void waitUntil(long time) {
    while (System.nanoTime() < time) {
      Thread.onSpinWait();
    }
  }

  private static void deleteTree(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
