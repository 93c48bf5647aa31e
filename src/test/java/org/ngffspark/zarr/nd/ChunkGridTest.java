// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChunkGridTest {
  private static final ChunkGrid GRID = new ChunkGrid(Shape.of(5, 13), Shape.of(2, 4));

  @Test
  void theLastChunksReachPastTheArray() {
    GridPosition corner = GridPosition.of(2, 3);
    assertThat(GRID.count()).isEqualTo(12);
    assertThat(GRID.fullBox(corner)).isEqualTo(Box.of(new long[] {4, 12}, new long[] {6, 16}));
    assertThat(GRID.box(corner)).isEqualTo(Box.of(new long[] {4, 12}, new long[] {5, 13}));
  }

  @Test
  void everyElementLiesInOneChunk() {
    long elements = 0;
    for (GridPosition position : GRID.all()) {
      elements += GRID.box(position).shape().elements();
      assertThat(GRID.at(GRID.box(position))).isEqualTo(position);
    }
    assertThat(elements).isEqualTo(5 * 13);
  }

  @Test
  void aBoxTouchesTheChunksThatHaveElementsOfIt() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 500; i++) {
      long[] start = {random.nextInt(6), random.nextInt(14)};
      long[] stop = {start[0] + random.nextInt(8), start[1] + random.nextInt(18)};
      Box box = Box.of(start, stop);
      List<GridPosition> expected = new ArrayList<>();
      for (GridPosition position : GRID.all()) {
        if (!GRID.box(position).intersect(box).isEmpty()) {
          expected.add(position);
        }
      }
      assertThat(GRID.touching(box)).as("%s", box).isEqualTo(expected);
    }
  }

  @Test
  void positionsComeInCOrder() {
    assertThat(GRID.touching(Box.of(new long[] {1, 3}, new long[] {3, 9})))
        .containsExactly(
            GridPosition.of(0, 0),
            GridPosition.of(0, 1),
            GridPosition.of(0, 2),
            GridPosition.of(1, 0),
            GridPosition.of(1, 1),
            GridPosition.of(1, 2));
  }

  @Test
  void anArrayWithoutAxesHasOneChunkAndOneWithoutElementsNone() {
    assertThat(new ChunkGrid(Shape.of(), Shape.of()).all()).containsExactly(GridPosition.of());
    assertThat(new ChunkGrid(Shape.of(0, 3), Shape.of(1, 3)).all()).isEmpty();
    assertThat(new ChunkGrid(Shape.of(0, 3), Shape.of(1, 3)).count()).isZero();
  }

  @Test
  void aListOfVeryManyPositionsTakesNoMemory() {
    ChunkGrid grid = new ChunkGrid(Shape.of(1L << 30, 1), Shape.of(1, 1));
    List<GridPosition> all = grid.all();
    assertThat(all.size()).isEqualTo(1 << 30);
    assertThat(all.get((1 << 30) - 1)).isEqualTo(GridPosition.of((1 << 30) - 1, 0));
    ChunkGrid larger = new ChunkGrid(Shape.of(1L << 31, 1), Shape.of(1, 1));
    assertThatThrownBy(larger::all)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Too many chunks at once");
  }

  @Test
  void chunksWithoutLengthAreRefused() {
    assertThatThrownBy(() -> new ChunkGrid(Shape.of(5), Shape.of(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> new ChunkGrid(Shape.of(5, 5), Shape.of(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("as many axes");
  }
}
