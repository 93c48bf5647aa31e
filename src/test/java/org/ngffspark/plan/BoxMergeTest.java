// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

class BoxMergeTest {
  private static final Shape SPACE = Shape.of(3, 14, 17);

  @Test
  void theUnionStaysAndThereAreNeverMoreBoxes() {
    for (long seed = 0; seed < 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Box> boxes = new ArrayList<>();
      for (int i = random.nextInt(1, 12); i > 0; i--) {
        boxes.add(box(random));
      }
      List<Box> merged = BoxMerge.merge(boxes);
      assertThat(merged.size()).as("seed %d", seed).isLessThanOrEqualTo(boxes.size());
      assertThat(pixels(merged)).as("seed %d: %s", seed, boxes).isEqualTo(pixels(boxes));
      assertThat(boxes)
          .as("seed %d: every box lies in one", seed)
          .allMatch(box -> merged.stream().anyMatch(other -> other.contains(box)));
    }
  }

  @Test
  void theBlocksOfAGridBecomeOneBox() {
    ChunkGrid grid = new ChunkGrid(SPACE, Shape.of(1, 4, 5));
    List<Box> blocks = new ArrayList<>();
    for (GridPosition position : grid.all()) {
      blocks.add(grid.box(position));
    }
    Collections.shuffle(blocks, new Random(1));
    assertThat(BoxMerge.merge(blocks)).containsExactly(Box.whole(SPACE));
  }

  @Test
  void boxesThatDoNotMakeABoxStay() {
    List<Box> corner = List.of(plane(0, 2, 0, 2), plane(2, 4, 0, 3));
    assertThat(BoxMerge.merge(corner)).containsExactlyInAnyOrderElementsOf(corner);
    assertThat(BoxMerge.merge(List.of())).isEmpty();
    assertThat(BoxMerge.merge(List.of(plane(0, 2, 0, 2), plane(0, 2, 3, 5))))
        .as("there is a gap between them")
        .hasSize(2);
  }

  private static Box plane(long y0, long y1, long x0, long x1) {
    return Box.of(new long[] {y0, x0}, new long[] {y1, x1});
  }

  private static Box box(SplittableRandom random) {
    long[] start = new long[SPACE.rank()];
    long[] stop = new long[SPACE.rank()];
    for (int axis = 0; axis < start.length; axis++) {
      // Coarse steps, so that boxes often touch.
      start[axis] = random.nextLong(SPACE.get(axis)) / 3 * 3;
      stop[axis] = Math.min(SPACE.get(axis), start[axis] + 3L * random.nextInt(1, 3));
    }
    return Box.of(start, stop);
  }

  private static byte[] pixels(List<Box> boxes) {
    NdArray space = NdArray.zeros(DataType.UINT8, SPACE);
    boxes.forEach(box -> space.fill(box, 1));
    return space.bytes();
  }
}
