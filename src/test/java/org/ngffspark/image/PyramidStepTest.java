// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

final class PyramidStepTest {

  /** Chunks of a level that are read as they are asked for, but for those that were given up. */
  private static final class Chunks implements ChunkSource {
    private final Set<GridPosition> givenUp = new HashSet<>();

    @Override
    public Optional<NdArray> chunk(ZarrArray array, GridPosition chunk) {
      assertThat(givenUp).doesNotContain(chunk);
      return array.readChunk(chunk, NdArray.zeros(array.type(), array.chunks().chunk()));
    }
  }

  /** A level in memory; what nobody makes is 0. */
  private record Made(ZarrArray array, Map<GridPosition, NdArray> chunks)
      implements PyramidStep.ChunkTarget {
    Made(ZarrArray array) {
      this(array, new TreeMap<>());
    }

    Map<GridPosition, ByteBuffer> bytes() {
      Map<GridPosition, ByteBuffer> bytes = new TreeMap<>();
      chunks.forEach((chunk, content) -> bytes.put(chunk, ByteBuffer.wrap(content.bytes())));
      return bytes;
    }

    @Override
    public NdArray chunk(GridPosition chunk) {
      return chunks.computeIfAbsent(
          chunk, position -> NdArray.zeros(array.type(), array.chunks().chunk()));
    }

    @Override
    public NdArray freshChunk(GridPosition chunk) {
      return chunk(chunk);
    }
  }

  /** Those of the pyramid, and planes whose levels are halved exactly: chunks even and odd. */
  private static List<TestContainer> kinds(long seed) {
    List<TestContainer> kinds = new ArrayList<>(PyramidTest.kinds(seed));
    kinds.add(even(Shape.of(16, 12)).withSeed(seed));
    kinds.add(even(Shape.of(15, 16)).withSeed(seed));
    return kinds;
  }

  private static TestContainer even(Shape chunks) {
    return TestContainer.plane().withAxes(Axes.of("y", "x"), Shape.of(64, 48), chunks);
  }

  @Test
  void chunkByChunkGivesTheSameAsAllAtOnce() {
    for (long seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      for (TestContainer kind : kinds(seed)) {
        Container container = PyramidTest.withLevels(kind, 2);
        for (ImageLevel level : List.of(container.image(), container.label("nuclei"))) {
          PyramidStep step = level.pyramid().steps(0).get(0);
          assertThat(chunkByChunk(step, random, changed(step, random)))
              .as("seed %d, %s", seed, level)
              .isTrue();
        }
      }
    }
  }

  private static List<GridPosition> changed(PyramidStep step, SplittableRandom random) {
    List<GridPosition> all = step.source().chunks().all();
    int most = 1 + random.nextInt(all.size());
    Set<GridPosition> changed = new HashSet<>();
    for (int i = 0; i < most; i++) {
      changed.add(all.get(random.nextInt(all.size())));
    }
    return new ArrayList<>(changed);
  }

  /** Whether a level that is made chunk by chunk, but for some, is as if made at once. */
  private static boolean chunkByChunk(
      PyramidStep step, SplittableRandom random, List<GridPosition> changed) {
    List<Box> boxes = changed.stream().map(step.source().chunks()::box).toList();
    List<List<Box>> derived = List.copyOf(step.derived(boxes).values());
    Made expected = new Made(step.target());
    derived.forEach(unit -> step.apply(unit, new Chunks(), expected));
    Made made = new Made(step.target());
    Chunks chunks = new Chunks();
    Set<GridPosition> done = new HashSet<>();
    for (GridPosition chunk : changed) {
      if (random.nextInt(4) > 0) {
        boolean complete = true;
        for (List<Box> unit : derived) {
          complete &= step.applyAlone(chunk, unit, chunks, made);
        }
        done.add(chunk);
        if (complete) {
          chunks.givenUp.add(chunk);
        }
      }
    }
    derived.forEach(unit -> step.applyRest(unit, done, chunks, made));
    return made.bytes().equals(expected.bytes());
  }

  @Test
  void chunksOfEvenLengthAreGivenUpWhereLevelsAreHalved() {
    TestContainer kind = even(Shape.of(16, 12));
    PyramidStep step = PyramidTest.withLevels(kind, 2).image().pyramid().steps(0).get(0);
    Made made = new Made(step.target());
    List<Box> whole = List.of(Box.whole(step.target().shape()));
    for (GridPosition chunk : step.source().chunks().all()) {
      assertThat(step.applyAlone(chunk, whole, new Chunks(), made)).isTrue();
    }
    for (GridPosition chunk : step.target().chunks().all()) {
      NdArray content = made.chunk(chunk);
      NdArray stored = step.target().readChunk(chunk, content.copy()).orElseThrow();
      assertThat(content.bytes()).isEqualTo(stored.bytes());
    }
  }
}
