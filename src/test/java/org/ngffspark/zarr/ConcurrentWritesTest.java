// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/** Threads that write different parts of the same write units lose nothing. */
class ConcurrentWritesTest {
  private static final int THREADS = 4;
  private static final Shape SHAPE = Shape.of(24, 40);

  @TempDir Path directory;

  @Test
  void onOneArrayObject() throws Exception {
    for (ArrayMetadata metadata : layouts()) {
      ZarrArray array = ZarrArray.create(StorePath.root(new MemoryStore()), metadata);
      writeRowsByThreads(i -> array);
    }
  }

  @Test
  void onArraysOpenedOnTheSameFilesByDifferentStores() throws Exception {
    int number = 0;
    for (ArrayMetadata metadata : layouts()) {
      Path image = directory.resolve("my image µ" + number++);
      ZarrArray.create(StorePath.root(LocalStore.at(image)).child("0"), metadata);
      // The same array seen from its own directory, from the image's and from the one above it.
      List<StorePath> views =
          List.of(
              StorePath.root(LocalStore.at(image.resolve("0"))),
              StorePath.root(LocalStore.at(image)).child("0"),
              StorePath.root(LocalStore.at(directory)).child(image.getFileName() + "/0"));
      writeRowsByThreads(i -> ZarrArray.open(views.get(i % views.size())));
    }
  }

  private static List<ArrayMetadata> layouts() {
    Shape chunks = Shape.of(8, 10);
    return List.of(
        ArrayMetadata.defaults(ZarrFormat.V2, SHAPE, chunks, DataType.UINT16, List.of()),
        ArrayMetadata.defaults(ZarrFormat.V3, SHAPE, chunks, DataType.UINT16, List.of())
            .withShards(Shape.of(16, 20)));
  }

  /** Each row and each half of it is another task; units hold many rows. */
  private static void writeRowsByThreads(Arrays arrays) throws Exception {
    NdArray expected = NdArray.zeros(DataType.UINT16, SHAPE);
    new SplittableRandom(5).nextBytes(expected.bytes());
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int row = 0; row < SHAPE.get(0); row++) {
      for (int half = 0; half < 2; half++) {
        ZarrArray array = arrays.number(tasks.size());
        Box box = Box.of(new long[] {row, half * 17L}, new long[] {row + 1, 17 + half * 23L});
        tasks.add(
            () -> {
              array.write(box, expected.cut(box));
              return true;
            });
      }
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (Future<Boolean> done : threads.invokeAll(tasks)) {
        assertThat(done.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(arrays.number(0).read(Box.whole(SHAPE)).bytes()).isEqualTo(expected.bytes());
  }

  private interface Arrays {
    ZarrArray number(int i);
  }
}
