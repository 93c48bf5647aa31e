// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.ngffspark.demo.SampleImage;
import org.ngffspark.image.Container;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.image.LabelRuns;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.codec.CodecPipeline;
import org.ngffspark.zarr.codec.CodecScratch;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/**
 * What a run cannot do without: reads and decodes each chunk of image and label image once, encodes
 * and writes each write unit once, by bare codec calls and file operations. Objects, masks and
 * transforms cost nothing here.
 */
final class JobFloor {
  private final Path scratch;
  private final ThreadLocal<Memory> memory = ThreadLocal.withInitial(Memory::new);
  // What was added up, so that it cannot be left out.
  private final LongAdder looked = new LongAdder();
  // Of chunks by their place in an image: what a run makes from what it has in memory.
  private final Map<String, NdArray> pixels = new HashMap<>();

  /** What one thread keeps from chunk to chunk. */
  private static final class Memory {
    final CodecScratch codecs = new CodecScratch();
    final Map<ArrayMetadata, NdArray> chunks = new HashMap<>();
    byte[] file = new byte[0];
    byte[] output = new byte[0];

    byte[] file(int length) {
      file = file.length < length ? new byte[length] : file;
      return file;
    }

    byte[] output(int length) {
      output = output.length < length ? new byte[length] : output;
      return output;
    }
  }

  /**
   * @param scratch folder for what is written
   */
  JobFloor(Path scratch) {
    this.scratch = scratch;
    try {
      Files.createDirectories(scratch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The work on one image without its coarser levels, in pieces for several threads. */
  List<Runnable> level(Path image) {
    Container container = Container.open(image.toString());
    ZarrArray array = container.image().array();
    ZarrArray labels = container.label(SampleImage.NUCLEI).array();
    List<Runnable> work = new ArrayList<>();
    for (GridPosition unit : labels.writeUnits().all()) {
      work.add(() -> readAndDecode(image, labels, unit, false));
    }
    for (GridPosition unit : array.writeUnits().all()) {
      work.add(() -> readAndDecode(image, array, unit, true));
    }
    return work;
  }

  /** Each chunk of the image's finest level and of the label image, read and decoded. */
  List<Runnable> decode(Path image) {
    Container container = Container.open(image.toString());
    List<Runnable> work = new ArrayList<>();
    for (ZarrArray array :
        List.of(container.label(SampleImage.NUCLEI).array(), container.image().array())) {
      for (GridPosition unit : array.writeUnits().all()) {
        work.add(() -> readAndDecode(image, array, unit, false));
      }
    }
    return work;
  }

  /**
   * Each chunk read and decoded as in {@link #decode}, and each pixel inside an object looked at
   * once: ids are found in the label image, and values are added up, which no measurement does
   * without. For a label image with the chunks of the image.
   */
  List<Runnable> look(Path image) {
    Container container = Container.open(image.toString());
    ZarrArray labels = container.label(SampleImage.NUCLEI).array();
    ZarrArray array = container.image().array();
    List<Runnable> work = new ArrayList<>();
    for (GridPosition unit : labels.writeUnits().all()) {
      work.add(() -> look(image, labels, array, unit));
    }
    return work;
  }

  private void look(Path image, ZarrArray labels, ZarrArray array, GridPosition unit) {
    NdArray ids = readAndDecode(image, labels, unit, false);
    List<int[]> runs = new ArrayList<>();
    int width = (int) labels.metadata().chunks().get(labels.shape().rank() - 1);
    Box place = labels.writeUnits().box(unit);
    int rows = place.rank() - 2;
    LabelRuns.forEach(
        ids,
        place,
        place,
        "floor",
        (label, row, from, to) -> {
          int first = (int) ((row[rows] - place.start(rows)) * width - place.start(rows + 1));
          runs.add(new int[] {first + (int) from, first + (int) to});
        });
    long sum = 0;
    for (GridPosition chunk : array.writeUnits().all()) {
      if (array.writeUnits().box(chunk).start(array.shape().rank() - 1) == place.start(rows + 1)
          && array.writeUnits().box(chunk).start(array.shape().rank() - 2) == place.start(rows)) {
        sum += sum(readAndDecode(image, array, chunk, false), runs);
      }
    }
    looked.add(sum);
  }

  private static long sum(NdArray chunk, List<int[]> runs) {
    ShortBuffer values = chunk.buffer().asShortBuffer();
    long sum = 0;
    for (int[] run : runs) {
      for (int index = run[0]; index < run[1]; index++) {
        sum += values.get(index) & 0xffff;
      }
    }
    return sum;
  }

  /** The work on one image with its coarser levels. */
  List<Runnable> pyramid(Path image) {
    List<Runnable> work = level(image);
    Container container = Container.open(image.toString());
    for (int index = 1; index < container.levels(); index++) {
      ImageLevel level = container.image(index);
      for (GridPosition unit : level.array().writeUnits().all()) {
        work.add(() -> encode(level.array(), unit));
      }
    }
    return work;
  }

  /**
   * Each chunk of an image and its label images, all levels, read and decoded, and each write unit
   * of their copy in another layout encoded and written.
   *
   * @param copy of any image of the same kind: the pixels that are encoded, which are read once
   */
  List<Runnable> copy(Path image, Path copy) {
    List<Runnable> work = new ArrayList<>();
    for (ZarrArray array : arrays(image)) {
      for (GridPosition unit : array.writeUnits().all()) {
        work.add(() -> readAndDecode(image, array, unit, false));
      }
    }
    for (ZarrArray array : arrays(copy)) {
      for (GridPosition unit : array.writeUnits().all()) {
        work.add(() -> encode(array, unit));
      }
    }
    return work;
  }

  private static List<ZarrArray> arrays(Path image) {
    Container container = Container.open(image.toString());
    List<ZarrArray> arrays = new ArrayList<>();
    for (int level = 0; level < container.levels(); level++) {
      arrays.add(container.image(level).array());
      for (String label : container.labels()) {
        arrays.add(container.label(label, level).array());
      }
    }
    return arrays;
  }

  private static CodecPipeline codecs(ArrayMetadata metadata) {
    return metadata.encoding().pipeline(metadata.type(), metadata.chunks(), "floor");
  }

  /** The last chunk of the unit, until the next is decoded. */
  private NdArray readAndDecode(Path image, ZarrArray array, GridPosition unit, boolean write) {
    Memory mine = memory.get();
    ArrayMetadata metadata = array.metadata();
    CodecPipeline codecs = codecs(metadata);
    NdArray chunk =
        mine.chunks.computeIfAbsent(
            metadata, key -> NdArray.zeros(metadata.type(), metadata.chunks()));
    int written = 0;
    for (ByteBuffer encoded : chunks(array, read(image.resolve(array.key(unit)), mine))) {
      codecs.decode(encoded, chunk, mine.codecs, "floor");
      if (write) {
        written = append(codecs.encode(chunk, mine.codecs), written, mine);
      }
    }
    if (write) {
      write(mine, written);
    }
    return chunk;
  }

  /** The encoded chunks of a write unit: itself, or what the index at its end says. */
  private static List<ByteBuffer> chunks(ZarrArray array, ByteBuffer unit) {
    if (array.metadata().shards().isEmpty()) {
      return List.of(unit);
    }
    int count = array.chunks().touching(array.writeUnits().fullBox(origin(array))).size();
    int index = unit.limit() - 4 - 16 * count;
    ByteBuffer entries = unit.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    List<ByteBuffer> chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long offset = entries.getLong(index + 16 * i);
      long length = entries.getLong(index + 16 * i + 8);
      if (offset != -1) {
        chunks.add(unit.slice((int) offset, (int) length));
      }
    }
    return chunks;
  }

  private static GridPosition origin(ZarrArray array) {
    return GridPosition.of(new long[array.shape().rank()]);
  }

  private void encode(ZarrArray array, GridPosition unit) {
    Memory mine = memory.get();
    CodecPipeline codecs = codecs(array.metadata());
    int written = 0;
    for (GridPosition chunk : array.chunks().touching(array.writeUnits().box(unit))) {
      written = append(codecs.encode(pixels(array, chunk), mine.codecs), written, mine);
    }
    write(mine, written);
  }

  private synchronized NdArray pixels(ZarrArray array, GridPosition chunk) {
    return pixels.computeIfAbsent(
        array.path().path() + "/" + chunk,
        key ->
            array
                .readChunk(chunk)
                .orElseGet(() -> NdArray.zeros(array.type(), array.chunks().chunk())));
  }

  private static int append(ByteBuffer encoded, int at, Memory mine) {
    int length = encoded.remaining();
    byte[] old = mine.output;
    byte[] output = mine.output(at + length);
    if (output != old) {
      System.arraycopy(old, 0, output, 0, at);
    }
    encoded.get(output, at, length);
    return at + length;
  }

  private static ByteBuffer read(Path file, Memory mine) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int size = (int) channel.size();
      ByteBuffer buffer = ByteBuffer.wrap(mine.file(size), 0, size);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        continue;
      }
      return buffer.flip().slice();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Into a new file each time, as a run does. */
  private void write(Memory mine, int length) {
    Path file = scratch.resolve(Thread.currentThread().getName());
    try {
      Files.deleteIfExists(file);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(mine.output, 0, length);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
