// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** In steady state nothing of the size of a chunk is allocated. */
class ArrayAllocationTest {
  private static final Shape SHAPE = Shape.of(1000, 1000);
  private static final Shape CHUNKS = Shape.of(500, 500);
  private static final int REPEATS = 20;

  /** A quarter of a chunk, for keys, boxes and what the file system needs for four files. */
  private static final long LIMIT = 2 * 500 * 500 / 4;

  @TempDir Path directory;

  @Test
  void readingAndWritingReuseTheirMemory() {
    NdArray part = NdArray.zeros(DataType.UINT16, Shape.of(300, 300));
    new SplittableRandom(1).nextBytes(part.bytes());
    Box crossing = Box.of(new long[] {300, 300}, new long[] {600, 600});
    NdArray chunk = NdArray.zeros(DataType.UINT16, CHUNKS);
    Box whole = Box.of(new long[] {500, 0}, new long[] {1000, 500});
    for (ArrayMetadata metadata : layouts()) {
      ZarrArray array = filled(metadata);
      String name = array.toString();
      assertSteady(name + ": box read", () -> array.read(crossing, part));
      assertSteady(name + ": chunk read", () -> array.read(whole, chunk));
      assertSteady(
          name + ": chunk read by position",
          () -> assertThat(array.readChunk(GridPosition.of(1, 1), chunk)).isPresent());
      assertSteady(name + ": box written", () -> array.write(crossing, part));
      assertSteady(name + ": chunk written", () -> array.write(whole, chunk));
      assertSteady(name + ": box edited", () -> array.modify(crossing, (c, local, inBox) -> {}));
    }
  }

  private static List<ArrayMetadata> layouts() {
    ArrayMetadata v3 =
        ArrayMetadata.defaults(ZarrFormat.V3, SHAPE, CHUNKS, DataType.UINT16, List.of());
    return List.of(
        ArrayMetadata.defaults(ZarrFormat.V2, SHAPE, CHUNKS, DataType.UINT16, List.of()),
        v3,
        v3.withShards(SHAPE));
  }

  private ZarrArray filled(ArrayMetadata metadata) {
    String name = metadata.format() + (metadata.shards().isPresent() ? "sharded" : "");
    ZarrArray array =
        ZarrArray.create(StorePath.root(LocalStore.at(directory)).child(name), metadata);
    NdArray noise = NdArray.zeros(DataType.UINT16, SHAPE);
    new SplittableRandom(2).nextBytes(noise.bytes());
    array.write(Box.whole(SHAPE), noise);
    return array;
  }

  private static void assertSteady(String what, Runnable work) {
    for (int i = 0; i < REPEATS; i++) {
      work.run();
    }
    long before = allocated();
    for (int i = 0; i < REPEATS; i++) {
      work.run();
    }
    assertThat((allocated() - before) / REPEATS).as("bytes allocated, %s", what).isLessThan(LIMIT);
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }
}
