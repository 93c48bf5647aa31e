// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.Shape;

/** Which chunks boxes touch, beside a look at each box. */
class TouchedChunksTest {
  private static final ChunkGrid GRID = new ChunkGrid(Shape.of(3, 50, 70), Shape.of(1, 7, 9));

  private static Box randomBox(SplittableRandom random, Shape shape) {
    long[] start = new long[shape.rank()];
    long[] stop = new long[shape.rank()];
    for (int axis = 0; axis < start.length; axis++) {
      start[axis] = random.nextLong(-5, shape.get(axis));
      stop[axis] = start[axis] + random.nextLong(0, 1 + shape.get(axis) / 3);
    }
    return Box.of(start, stop);
  }

  @Test
  void theChunksThatAtLeastOneBoxTouchesComeInOrderAndOnce() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      TouchedChunks touched = new TouchedChunks(GRID);
      TreeSet<GridPosition> wanted = new TreeSet<>();
      for (int count = random.nextInt(6); count > 0; count--) {
        Box box = randomBox(random, GRID.array());
        touched.add(box);
        wanted.addAll(GRID.touching(box));
      }
      assertThat(touched.positions()).as("seed %d", seed).isEqualTo(List.copyOf(wanted));
    }
  }

  /** Looked at one by one, these would be 10^10 chunks. */
  @Test
  void manyBoxesThatCoverAGridTakeNoLongerThanSmallOnes() {
    ChunkGrid grid = new ChunkGrid(Shape.of(500_000, 500_000), Shape.of(1000, 1000));
    TouchedChunks touched = new TouchedChunks(grid);
    LongStream.range(0, 200_000)
        .map(index -> 1000 * (index % 400) + index / 400)
        .forEach(
            start ->
                touched.add(
                    Box.of(new long[] {start, start / 1000}, new long[] {500_000, 500_000})));
    assertThat(touched.positions()).hasSize(250_000);
  }

  @Test
  void aGridThatIsTooLargeToCountIsTouchedWhereverABoxMayLie() {
    ChunkGrid grid = new ChunkGrid(Shape.of(20_000, 20_000), Shape.of(1, 1));
    TouchedChunks touched = new TouchedChunks(grid);
    touched.add(Box.of(new long[] {0, 0}, new long[] {1, 1}));
    touched.add(Box.of(new long[] {9_999, 9_999}, new long[] {10_000, 10_000}));
    assertThat(touched.positions()).hasSize(100_000_000);
  }
}
