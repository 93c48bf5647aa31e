// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.chunks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

class ChunkPoolTest {

  private static Set<byte[]> identities(List<NdArray> chunks) {
    Set<byte[]> bytes = Collections.newSetFromMap(new IdentityHashMap<>());
    chunks.forEach(chunk -> bytes.add(chunk.bytes()));
    return bytes;
  }

  private static List<NdArray> take(ChunkPool pool, int count, DataType type, long... shape) {
    List<NdArray> chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chunks.add(pool.take(type, Shape.of(shape)));
    }
    return chunks;
  }

  @Test
  void itHoldsNoMoreBytesThanItMay() {
    ChunkPool pool = new ChunkPool(250);
    List<NdArray> first = take(pool, 4, DataType.UINT8, 10, 10);
    first.forEach(pool::giveBack);
    Set<byte[]> known = identities(first);
    List<NdArray> second = take(pool, 4, DataType.UINT8, 10, 10);
    assertThat(second.stream().filter(chunk -> known.contains(chunk.bytes()))).hasSize(2);
    second.forEach(pool::giveBack);
    assertThat(
            identities(take(pool, 4, DataType.UINT8, 10, 10)).stream()
                .filter(identities(second)::contains))
        .as("what was taken makes room")
        .hasSize(2);
  }

  @Test
  void memoryOfOneLengthServesAllShapesAndTypesOfThatLength() {
    ChunkPool pool = new ChunkPool(1000);
    NdArray bytes = pool.take(DataType.UINT8, Shape.of(4, 10));
    pool.giveBack(bytes);
    assertThat(pool.take(DataType.UINT8, Shape.of(41)).bytes()).isNotSameAs(bytes.bytes());
    NdArray numbers = pool.take(DataType.FLOAT32, Shape.of(10));
    assertThat(numbers.bytes()).isSameAs(bytes.bytes());
    assertThat(numbers.type()).isEqualTo(DataType.FLOAT32);
    assertThat(numbers.shape()).isEqualTo(Shape.of(10));
  }

  @Test
  void lengthsThatNobodyAsksForAnyMoreMakeRoomForOthers() {
    ChunkPool pool = new ChunkPool(250);
    take(pool, 2, DataType.UINT8, 100).forEach(pool::giveBack);
    List<NdArray> others = take(pool, 3, DataType.UINT8, 60);
    others.forEach(pool::giveBack);
    assertThat(identities(take(pool, 3, DataType.UINT8, 60))).isEqualTo(identities(others));
    NdArray large = pool.take(DataType.UINT8, Shape.of(251));
    pool.giveBack(large);
    assertThat(pool.take(DataType.UINT8, Shape.of(251)).bytes())
        .as("larger than all that may be held")
        .isNotSameAs(large.bytes());
  }

  @Test
  void withoutCapacityNothingIsKept() {
    ChunkPool pool = new ChunkPool(0);
    NdArray chunk = pool.take(DataType.UINT8, Shape.of(5));
    pool.giveBack(chunk);
    assertThat(pool.take(DataType.UINT8, Shape.of(5)).bytes()).isNotSameAs(chunk.bytes());
  }

  @Test
  void noTwoTasksEverHaveTheSameMemory() throws Exception {
    ChunkPool pool = new ChunkPool(2000);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> alone = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        SplittableRandom random = new SplittableRandom(thread);
        alone.add(threads.submit(() -> useAlone(pool, random)));
      }
      for (Future<Boolean> each : alone) {
        assertThat(each.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean useAlone(ChunkPool pool, SplittableRandom random) {
    for (int round = 0; round < 5000; round++) {
      NdArray chunk = pool.take(DataType.UINT8, Shape.of(random.nextInt(1, 4) * 100));
      byte mark = (byte) random.nextInt(1, 127);
      chunk.fill(mark);
      if (!chunk.isFilledWith(mark)) {
        return false;
      }
      Thread.onSpinWait();
      if (!chunk.isFilledWith(mark)) {
        return false;
      }
      pool.giveBack(chunk);
    }
    return true;
  }
}
