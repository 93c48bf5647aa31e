// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.Shape;

class TileGridTest {
  private static final ChunkGrid UNITS = new ChunkGrid(Shape.of(3, 100, 130), Shape.of(1, 30, 40));

  @Test
  void everyWriteUnitLiesInExactlyOneTile() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 200; round++) {
      ChunkGrid units =
          new ChunkGrid(
              Shape.of(random.nextInt(1, 4), random.nextInt(1, 90), random.nextInt(1, 90)),
              Shape.of(random.nextInt(1, 3), random.nextInt(1, 30), random.nextInt(1, 30)));
      TileGrid tiles =
          new TileGrid(
              units, Shape.of(random.nextInt(1, 4), random.nextInt(1, 5), random.nextInt(1, 5)));
      List<GridPosition> found = new ArrayList<>();
      for (int tile = 0; tile < tiles.count(); tile++) {
        for (GridPosition unit : tiles.unitsOf(tile)) {
          assertThat(tiles.tileOf(unit)).as("round %d", round).isEqualTo(tile);
          assertThat(tiles.box(tile).contains(units.box(unit))).isTrue();
          found.add(unit);
        }
      }
      assertThat(found).as("round %d", round).containsExactlyInAnyOrderElementsOf(units.all());
    }
  }

  @Test
  void aSingleTileHoldsTheWholeGrid() {
    TileGrid tiles = TileGrid.single(UNITS);
    assertThat(tiles.count()).isEqualTo(1);
    assertThat(tiles.box(0)).isEqualTo(Box.whole(UNITS.array()));
    assertThat(tiles.unitsOf(0)).hasSize(3 * 4 * 4);
  }

  @Test
  void aBoxTouchesTheTilesItsPixelsLieIn() {
    TileGrid tiles = new TileGrid(UNITS, Shape.of(3, 2, 2));
    assertThat(tiles.count()).isEqualTo(4);
    assertThat(tiles.touching(box(0, 3, 10, 20, 10, 20))).containsExactly(0);
    assertThat(tiles.touching(box(0, 3, 50, 61, 79, 81))).containsExactly(0, 1, 2, 3);
    assertThat(tiles.touching(box(0, 3, 50, 60, 70, 80))).containsExactly(0);
    assertThat(tiles.touching(box(0, 3, 50, 50, 70, 80))).isEmpty();
  }

  @Test
  void tilesShrinkUntilTheyFitTheMemory() {
    TileGrid tiles = new TileSize(10, 120, 1).choose(UNITS, Set.of(0));
    assertThat(tiles.block()).isEqualTo(Shape.of(3, 2, 2));
    assertThat(new TileSize(10, 480, 1).choose(UNITS, Set.of(0)).count()).isEqualTo(1);
  }

  @Test
  void tilesShrinkUntilThereIsOneForEveryCore() {
    assertThat(new TileSize(1, 1000, 3).choose(UNITS, Set.of(0)).count()).isEqualTo(4);
    assertThat(new TileSize(1, 1000, 1000).choose(UNITS, Set.of(0)).block())
        .as("channels stay together, a unit is never split")
        .isEqualTo(Shape.of(3, 1, 1));
  }

  @Test
  void aTileSizeWithoutMemoryIsRefused() {
    assertThatThrownBy(() -> new TileSize(10, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 10 bytes a unit, 0 bytes a task");
  }

  private static Box box(long c0, long c1, long y0, long y1, long x0, long x1) {
    return Box.of(new long[] {c0, y0, x0}, new long[] {c1, y1, x1});
  }
}
