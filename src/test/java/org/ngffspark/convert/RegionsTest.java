// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.Shape;

class RegionsTest {
  @Test
  void planesThatBecomeShardsOfSixteenAreReadOnceInAQuarterOfAGigabyte() {
    Shape stack = Shape.of(3, 64, 2160, 2560);
    ChunkGrid planes = new ChunkGrid(stack, Shape.of(1, 1, 2160, 2560));
    ChunkGrid shards = new ChunkGrid(stack, Shape.of(1, 16, 512, 512));
    Regions regions = Regions.of(planes, shards, 2, 256 << 20);
    assertThat(regions.isHeld()).isTrue();
    assertThat(regions.reads(planes)).isEqualTo(3 * 64);
    assertThat(regions.box(GridPosition.of(0, 0, 0, 0)).shape())
        .isEqualTo(Shape.of(1, 16, 2160, 2560));
  }

  @Test
  void unitsLargerThanTheMemoryAreReadChunkByChunk() {
    Shape plane = Shape.of(8192, 8192);
    ChunkGrid chunks = new ChunkGrid(plane, Shape.of(512, 512));
    ChunkGrid shards = new ChunkGrid(plane, Shape.of(4096, 4096));
    assertThat(Regions.of(chunks, shards, 1, 1 << 20).isHeld()).isFalse();
    assertThat(Regions.of(chunks, shards, 1, 1 << 20).all()).hasSize(4);
  }

  @Test
  void regionsAreWholeUnitsWithinTheMemoryAndCountTheirReads() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 300; i++) {
      Shape array = shape(random, 40);
      ChunkGrid source = new ChunkGrid(array, shape(random, 12));
      ChunkGrid target = new ChunkGrid(array, shape(random, 12));
      long memory = 1 << random.nextInt(4, 16);
      Regions regions = Regions.of(source, target, 1, memory);
      long reads = 0;
      long pixels = 0;
      for (GridPosition region : regions.all()) {
        Box box = regions.box(region);
        reads += source.touching(box).size();
        pixels += box.shape().elements();
        assertThat(!regions.isHeld() || box.shape().elements() <= memory).isTrue();
        for (GridPosition unit : target.touching(box)) {
          assertThat(box.contains(target.box(unit))).isTrue();
        }
      }
      assertThat(pixels).isEqualTo(array.elements());
      assertThat(regions.reads(source)).isEqualTo(reads);
      if (memory >= array.elements()) {
        assertThat(reads).isEqualTo(source.count());
      }
    }
  }

  private static Shape shape(SplittableRandom random, int most) {
    return Shape.of(random.nextInt(1, most), random.nextInt(1, most), random.nextInt(1, most));
  }
}
