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
    Regions regions = Regions.of(SourceChunks.of(planes), shards, shards, 2, 256 << 20);
    assertThat(regions.isHeld()).isTrue();
    assertThat(regions.reads(SourceChunks.of(planes))).isEqualTo(3 * 64);
    assertThat(regions.box(GridPosition.of(0, 0, 0, 0)).shape())
        .isEqualTo(Shape.of(1, 16, 2160, 2560));
  }

  @Test
  void unitsLargerThanTheMemoryAreReadInPieces() {
    Shape plane = Shape.of(8192, 8192);
    ChunkGrid source = new ChunkGrid(plane, Shape.of(1024, 2048));
    ChunkGrid chunks = new ChunkGrid(plane, Shape.of(512, 512));
    ChunkGrid shards = new ChunkGrid(plane, Shape.of(4096, 4096));
    Regions regions = Regions.of(SourceChunks.of(source), shards, chunks, 1, 2 << 20);
    assertThat(regions.isHeld()).isFalse();
    assertThat(regions.all()).hasSize(4);
    assertThat(regions.pieces().chunk()).isEqualTo(Shape.of(1024, 2048));
    assertThat(regions.reads(SourceChunks.of(source))).isEqualTo(source.count());
  }

  @Test
  void regionsAreWholeUnitsWithinTheMemoryAndCountTheirReads() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 300; i++) {
      ChunkGrid all = new ChunkGrid(shape(random, 40), shape(random, 12));
      Box cut = i % 2 == 0 ? Box.whole(all.array()) : part(random, all.array());
      Shape array = cut.shape();
      SourceChunks source = new SourceChunks(cut, all.chunk());
      ChunkGrid chunks = new ChunkGrid(array, shape(random, 6));
      ChunkGrid target = new ChunkGrid(array, times(random, chunks.chunk()));
      long memory = 1 << random.nextInt(4, 16);
      Regions regions = Regions.of(source, target, chunks, 1, memory);
      long reads = 0;
      long pixels = 0;
      for (GridPosition region : regions.all()) {
        Box box = regions.box(region);
        for (GridPosition unit : target.touching(box)) {
          assertThat(box.contains(target.box(unit))).isTrue();
        }
        for (Box piece : regions.pieces(box)) {
          reads += all.touching(piece.within(cut)).size();
          pixels += piece.shape().elements();
          assertThat(chunks.touching(piece).size() * chunks.chunk().elements())
              .isLessThanOrEqualTo(Math.max(memory, chunks.chunk().elements()));
          for (GridPosition chunk : chunks.touching(piece)) {
            assertThat(piece.contains(chunks.box(chunk))).isTrue();
          }
        }
      }
      assertThat(pixels).isEqualTo(array.elements());
      assertThat(regions.reads(source)).isEqualTo(reads);
      assertThat(source.count()).isEqualTo(all.touching(cut).size());
      if (memory >= chunks.count() * chunks.chunk().elements()) {
        assertThat(reads).isEqualTo(source.count());
      }
    }
  }

  private static Box part(SplittableRandom random, Shape array) {
    Box part = Box.whole(array);
    for (int axis = 0; axis < array.rank(); axis++) {
      long start = random.nextLong(array.get(axis));
      part = part.with(axis, start, random.nextLong(start, array.get(axis)) + 1);
    }
    return part;
  }

  private static Shape times(SplittableRandom random, Shape chunk) {
    Shape shape = chunk;
    for (int axis = 0; axis < chunk.rank(); axis++) {
      shape = shape.with(axis, chunk.get(axis) * random.nextInt(1, 4));
    }
    return shape;
  }

  private static Shape shape(SplittableRandom random, int most) {
    return Shape.of(random.nextInt(1, most), random.nextInt(1, most), random.nextInt(1, most));
  }
}
