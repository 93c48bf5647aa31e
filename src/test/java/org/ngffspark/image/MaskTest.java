// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

class MaskTest {
  private static final Axes YX = Axes.of("y", "x");
  private static final Axes TCZYX = Axes.of("t", "c", "z", "y", "x");

  private static final Patch TWO_CELLS =
      Patches.of(
          DataType.UINT32,
          YX,
          Shape.of(3, 4), //
          0,
          5,
          5,
          0, //
          7,
          7,
          5,
          5, //
          5,
          0,
          0,
          0);

  @Test
  void runsThatTouchAcrossRowsAreOne() {
    Mask mask = Mask.of(TWO_CELLS, 5, YX, Shape.of(3, 4));
    List<String> runs = new ArrayList<>();
    mask.forEachRun((start, length) -> runs.add(start + "+" + length));
    assertThat(runs).containsExactly("1+2", "6+3");
    assertThat(mask.count()).isEqualTo(5);
    assertThat(mask.bounds()).isEqualTo(Box.of(new long[] {0, 0}, new long[] {3, 4}));
    assertThat(mask).hasToString("5 of [3, 4] pixels in 2 runs");
  }

  @Test
  void oneIndexOfTheAxesThatAMaskIsTheSameAlongTellsAll() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 2_000; round++) {
      Shape shape = Shape.of(random.nextInt(4), 1 + random.nextInt(3), 1 + random.nextInt(3));
      boolean[] inside = new boolean[(int) shape.elements()];
      int period = random.nextBoolean() ? inside.length : (int) (shape.get(1) * shape.get(2));
      for (int i = 0; i < inside.length; i++) {
        inside[i] = i < period ? random.nextInt(3) == 0 : inside[i - period];
      }
      Mask mask = of(shape, inside);
      int part = inside.length;
      for (int axis = 0; axis < mask.sameAlong(); axis++) {
        part /= (int) shape.get(axis);
      }
      for (int i = part; i < inside.length; i++) {
        assertThat(inside[i]).as("%s, seed %d", mask, seed).isEqualTo(inside[i - part]);
      }
    }
  }

  private static Mask of(Shape shape, boolean[] inside) {
    RunList runs = new RunList();
    for (int i = 0; i < inside.length; i++) {
      if (inside[i]) {
        runs.add(i, 1);
      }
    }
    return new Mask(shape, runs.toArray());
  }

  @Test
  void aLabelWithoutChannelsHoldsForEveryChannel() {
    Mask mask = Mask.of(TWO_CELLS, 7, Axes.of("c", "y", "x"), Shape.of(2, 3, 4));
    assertThat(mask.toArray()).containsExactly(4, 2, 16, 2);
    assertThat(mask.sameAlong()).isEqualTo(1);
    assertThat(mask.bounds()).isEqualTo(Box.of(new long[] {0, 1, 0}, new long[] {2, 2, 2}));
  }

  @Test
  void anIdThatTheTypeOfTheLabelsDoesNotHoldHasNoPixels() {
    Patch labels = Patches.of(DataType.UINT8, YX, Shape.of(1, 2), 1, 2);
    assertThat(Mask.of(labels, 257, YX, Shape.of(1, 2)).isEmpty()).isTrue();
    assertThat(Mask.of(labels, 257, YX, Shape.of(1, 2)).bounds().isEmpty()).isTrue();
  }

  @Test
  void idsAbove63BitsAreFoundByTheirBits() {
    Patch labels = Patches.zeros(DataType.UINT64, YX, 1, 3);
    labels.setInteger(2, -2L);
    assertThat(Mask.of(labels, -2L, YX, Shape.of(1, 3)).toArray()).containsExactly(2, 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"INT8", "UINT8", "INT16", "UINT16", "INT32", "UINT32", "INT64", "UINT64"})
  void equalsComparingPixelByPixelWithAnyBroadcastAxes(DataType type) {
    long seed = 4200;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 60; round++) {
      Shape shape = randomShape(random);
      Patch labels = randomLabels(random, type, shape);
      Patch patch = Patches.zeros(DataType.UINT8, TCZYX, shape.toArray());
      MaskedPatch object = MaskedPatch.of(patch, labels, 1 + random.nextInt(2), List.of());
      long count = 0;
      for (int i = 0; i < patch.size(); i++) {
        boolean expected = slowLabel(labels, shape, i) == object.label();
        count += expected ? 1 : 0;
        assertThat(object.mask().at(i))
            .as("seed %d, %s, %s", seed, shape, labels)
            .isEqualTo(expected);
        assertThat(object.labelAt(i)).isEqualTo(slowLabel(labels, shape, i));
      }
      assertThat(object.mask().count()).as("seed %d", seed).isEqualTo(count);
      assertThat(object.mask().bounds()).as("seed %d", seed).isEqualTo(slowBounds(object.mask()));
    }
  }

  private static Shape randomShape(SplittableRandom random) {
    return Shape.of(random.longs(5, 1, 6).toArray());
  }

  private static Patch randomLabels(SplittableRandom random, DataType type, Shape shape) {
    List<String> names = new ArrayList<>();
    List<Long> lengths = new ArrayList<>();
    for (int axis = 0; axis < 5; axis++) {
      if (axis > 2 || random.nextInt(3) > 0) {
        names.add(TCZYX.names().get(axis));
        lengths.add(random.nextInt(4) == 0 ? 1 : shape.get(axis));
      }
    }
    long[] own = lengths.stream().mapToLong(Long::longValue).toArray();
    Patch labels = Patches.zeros(type, Axes.of(names.toArray(String[]::new)), own);
    for (int i = 0; i < labels.size(); i++) {
      labels.setInteger(i, random.nextInt(3));
    }
    return labels;
  }

  private static long slowLabel(Patch labels, Shape shape, int flatIndex) {
    long index = 0;
    for (int axis = 0; axis < 5; axis++) {
      int own = labels.axes().index(TCZYX.name(axis)).orElse(-1);
      if (own >= 0) {
        long length = labels.shape().get(own);
        index = index * length + (length == 1 ? 0 : coordinate(shape, flatIndex, axis));
      }
    }
    return labels.integer(index);
  }

  private static long coordinate(Shape shape, int flatIndex, int axis) {
    long rest = flatIndex;
    for (int last = shape.rank() - 1; last > axis; last--) {
      rest /= shape.get(last);
    }
    return rest % shape.get(axis);
  }

  private static Box slowBounds(Mask mask) {
    Box found = null;
    for (int i = 0; i < mask.shape().elements(); i++) {
      if (mask.at(i)) {
        long[] at = new long[mask.shape().rank()];
        for (int axis = 0; axis < at.length; axis++) {
          at[axis] = coordinate(mask.shape(), i, axis);
        }
        Box pixel = Box.of(at, Arrays.stream(at).map(c -> c + 1).toArray());
        found = found == null ? pixel : found.union(pixel);
      }
    }
    return found == null ? Box.of(new long[5], new long[5]) : found;
  }

  @ParameterizedTest
  @EnumSource(names = {"UINT8", "INT16", "FLOAT32", "INT64"})
  void pastingMovesTheMaskedPixelsAndNoOther(DataType type) {
    long seed = 99;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 60; round++) {
      Shape shape = randomShape(random);
      Mask mask = Mask.of(randomLabels(random, DataType.UINT16, shape), 1, TCZYX, shape);
      NdArray source = random(random, type, shape);
      Box from = randomBox(random, shape);
      Shape large = Shape.of(8, 8, 8, 8, 8);
      Box place = place(from, random);
      NdArray target = random(random, type, large);
      NdArray expected = target.copy();
      slowPaste(mask, source, from, expected, place);
      NdArray byParts = target.copy();
      Mask part = mask.cut(from);
      byte[] packed = new byte[(int) part.count() * type.bytes() + 1];
      assertThat(part.pack(source.cut(from), packed, 1)).isEqualTo(packed.length);
      assertThat(part.unpack(packed, 1, byParts, place)).isEqualTo(packed.length);
      mask.paste(source, from, target, place);
      assertThat(target.bytes()).as("seed %d: paste", seed).isEqualTo(expected.bytes());
      assertThat(byParts.bytes()).as("seed %d: cut, pack", seed).isEqualTo(expected.bytes());
    }
  }

  private static Box randomBox(SplittableRandom random, Shape shape) {
    long[] start = new long[5];
    long[] stop = new long[5];
    for (int axis = 0; axis < 5; axis++) {
      start[axis] = random.nextLong(shape.get(axis) + 1);
      stop[axis] = random.nextLong(start[axis], shape.get(axis) + 1);
    }
    return Box.of(start, stop);
  }

  private static Box place(Box from, SplittableRandom random) {
    long[] start = random.longs(5, 0, 4).toArray();
    long[] stop = new long[5];
    for (int axis = 0; axis < 5; axis++) {
      stop[axis] = start[axis] + from.length(axis);
    }
    return Box.of(start, stop);
  }

  private static NdArray random(SplittableRandom random, DataType type, Shape shape) {
    NdArray array = NdArray.zeros(type, shape);
    random.nextBytes(array.bytes());
    return array;
  }

  private static void slowPaste(Mask mask, NdArray source, Box from, NdArray target, Box to) {
    for (int i = 0; i < mask.shape().elements(); i++) {
      long[] low = new long[5];
      long[] high = new long[5];
      long[] out = new long[5];
      long[] outEnd = new long[5];
      for (int axis = 0; axis < 5; axis++) {
        low[axis] = coordinate(mask.shape(), i, axis);
        high[axis] = low[axis] + 1;
        out[axis] = low[axis] - from.start(axis) + to.start(axis);
        outEnd[axis] = out[axis] + 1;
      }
      Box pixel = Box.of(low, high);
      if (mask.at(i) && from.contains(pixel)) {
        target.paste(source, pixel, Box.of(out, outEnd));
      }
    }
  }

  @Test
  void runsBetweenTwoIndicesAreCutThere() {
    long seed = 61;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      Shape shape = randomShape(random);
      Mask mask = Mask.of(randomLabels(random, DataType.UINT8, shape), 1, TCZYX, shape);
      int size = (int) shape.elements();
      int from = random.nextInt(size + 1);
      int to = random.nextInt(from, size + 1);
      boolean[] found = new boolean[size];
      mask.forEachRun(from, to, (start, length) -> Arrays.fill(found, start, start + length, true));
      long count = 0;
      for (int i = 0; i < size; i++) {
        boolean expected = i >= from && i < to && mask.at(i);
        assertThat(found[i])
            .as("seed %d, %s from %d to %d", seed, mask, from, to)
            .isEqualTo(expected);
        count += expected ? 1 : 0;
      }
      assertThat(mask.count(from, to)).as("seed %d", seed).isEqualTo(count);
    }
  }

  @Test
  void givenRunsThatTouchAreJoinedAndWrongOnesRefused() {
    Shape shape = Shape.of(2, 5);
    assertThat(Mask.ofRuns(shape, new int[] {1, 2, 3, 4, 9, 1}).toArray())
        .containsExactly(1, 6, 9, 1);
    assertThatThrownBy(() -> Mask.ofRuns(shape, new int[] {3, 2, 4, 1}))
        .hasMessage("Runs of a mask must ascend without overlap, got [3, 2, 4, 1]");
    assertThatThrownBy(() -> Mask.ofRuns(shape, new int[] {8, 3}))
        .hasMessage("Runs of a mask end at 11, outside a patch of shape [2, 5]");
  }

  @Test
  void pastingWholeArraysKeepsWhatLiesOutside() {
    Mask mask = Mask.of(TWO_CELLS, 7, YX, Shape.of(3, 4));
    Patch source = Patches.of(DataType.UINT16, YX, Shape.of(3, 4), 1, 2, 3, 4, 5, 6, 7, 8);
    Patch target = Patches.zeros(DataType.UINT16, YX, 3, 4);
    mask.paste(source.pixels(), target.pixels());
    assertThat(target.value(4)).isEqualTo(5);
    assertThat(target.value(5)).isEqualTo(6);
    assertThat(target.value(3) + target.value(6)).isZero();
    Mask.full(Shape.of(3, 4)).paste(source.pixels(), target.pixels());
    assertThat(target.pixels().bytes()).isEqualTo(source.pixels().bytes());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Mask mask = Mask.full(Shape.of(3, 4));
    NdArray bytes = NdArray.zeros(DataType.UINT8, Shape.of(3, 4));
    NdArray signed = NdArray.zeros(DataType.INT8, Shape.of(3, 4));
    NdArray small = NdArray.zeros(DataType.UINT8, Shape.of(2, 2));
    assertThatThrownBy(() -> mask.paste(bytes, signed)).hasMessageContaining("uint8", "int8");
    assertThatThrownBy(() -> mask.paste(small, small))
        .hasMessage("A mask over [3, 4] does not fit pixels of shape [2, 2]");
    Box whole = Box.whole(Shape.of(3, 4));
    assertThatThrownBy(() -> mask.paste(bytes, whole, small, whole))
        .hasMessageContaining("to [0:3, 0:4] of [2, 2]");
  }

  @Test
  void labelsThatDoNotFitAreRefused() {
    Patch floats = Patches.zeros(DataType.FLOAT32, YX, 2, 2);
    assertThatThrownBy(() -> Mask.of(floats, 1, YX, Shape.of(2, 2)))
        .hasMessage("Label ids are integers, got float32");
    assertThatThrownBy(() -> Mask.of(TWO_CELLS, 1, YX, Shape.of(2, 4)))
        .hasMessageContaining("[3, 4]")
        .hasMessageContaining("[2, 4]")
        .hasMessageContaining("'y'");
    Patch stack = Patches.zeros(DataType.UINT8, Axes.of("z", "y", "x"), 1, 2, 2);
    assertThatThrownBy(() -> Mask.of(stack, 1, YX, Shape.of(2, 2)))
        .hasMessage("Labels have an axis 'z', the patch has [y, x]");
  }
}
