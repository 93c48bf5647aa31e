// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class NdArrayTest {
  private static final long BITS = 0x8877665544332211L;

  @Test
  void aPasteMovesTheElementsOfItsBoxAndNoOther() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2000; i++) {
      DataType type = DataType.values()[random.nextInt(DataType.values().length)];
      Shape size = randomShape(random, random.nextInt(5), 5);
      Box from = randomPlace(random, size);
      Box to = randomPlace(random, size);
      NdArray source = random(random, type, stops(from, random));
      NdArray target = random(random, type, stops(to, random));
      NdArray expected = target.copy();
      slowPaste(source, from, expected, to);
      target.paste(source, from, to);
      assertThat(target.bytes())
          .as("round %d: %s over %s", i, from, to)
          .isEqualTo(expected.bytes());
    }
  }

  @Test
  void aCutHoldsTheBoxAlone() {
    NdArray array = NdArray.zeros(DataType.UINT8, Shape.of(3, 4));
    for (int i = 0; i < 12; i++) {
      array.bytes()[i] = (byte) i;
    }
    NdArray cut = array.cut(Box.of(new long[] {1, 2}, new long[] {3, 4}));
    assertThat(cut.shape()).isEqualTo(Shape.of(2, 2));
    assertThat(cut.bytes()).containsExactly(6, 7, 10, 11);
    assertThat(array.cut(Box.of(new long[] {1, 2}, new long[] {1, 4})).bytes()).isEmpty();
  }

  @Test
  void fillingSetsEveryElementOfTheBoxAndNoOther() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 2000; i++) {
      DataType type = DataType.values()[random.nextInt(DataType.values().length)];
      long bits = random.nextInt(4) == 0 ? 0 : BITS;
      Box box = randomPlace(random, randomShape(random, random.nextInt(5), 6));
      NdArray array = random(random, type, stops(box, random));
      NdArray element = element(type, bits);
      NdArray expected = array.copy();
      forEach(
          box.shape(),
          index ->
              slowPaste(
                  element, Box.whole(Shape.of()), expected, flat(expected.shape(), box, index)));
      array.fill(box, bits);
      assertThat(array.bytes()).as("round %d: %s", i, box).isEqualTo(expected.bytes());
    }
  }

  @Test
  void aFilledArrayIsFilledWithThatValueOnly() {
    for (DataType type : DataType.values()) {
      NdArray array = NdArray.zeros(type, Shape.of(3, 5));
      assertThat(array.isFilledWith(0)).isTrue();
      array.fill(BITS);
      assertThat(array.isFilledWith(BITS)).isTrue();
      assertThat(array.isFilledWith(BITS + 1)).isFalse();
      for (int at = 0; at < array.bytes().length; at++) {
        array.bytes()[at] ^= 1;
        assertThat(array.isFilledWith(BITS)).as("%s byte %d", type, at).isFalse();
        array.bytes()[at] ^= 1;
      }
      assertThat(NdArray.zeros(type, Shape.of(0, 5)).isFilledWith(BITS)).isTrue();
    }
  }

  @Test
  void fillValuesAreNumbersInNativeOrder() {
    NdArray array = NdArray.zeros(DataType.UINT32, Shape.of(2));
    array.fill(0x12345678L);
    assertThat(array.buffer().getInt(4)).isEqualTo(0x12345678);
    NdArray wide = NdArray.zeros(DataType.INT64, Shape.of(3));
    wide.fill(-2);
    assertThat(wide.buffer().getLong(16)).isEqualTo(-2);
  }

  @Test
  void copiesShareNothingAndWrapsShareAll() {
    byte[] bytes = {1, 2, 3, 4};
    NdArray array = NdArray.wrap(DataType.UINT16, Shape.of(2), bytes);
    NdArray copy = array.copy();
    bytes[0] = 9;
    assertThat(array.bytes()[0]).isEqualTo((byte) 9);
    assertThat(copy.bytes()[0]).isEqualTo((byte) 1);
    copy.copyFrom(array);
    assertThat(copy.bytes()).containsExactly(9, 2, 3, 4);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    NdArray array = NdArray.zeros(DataType.UINT16, Shape.of(3, 4));
    NdArray other = NdArray.zeros(DataType.UINT8, Shape.of(3, 4));
    Box whole = Box.whole(array.shape());
    Box outside = Box.of(new long[] {1, 1}, new long[] {4, 5});
    assertThatThrownBy(() -> array.paste(other, whole, whole))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("uint8[3, 4] over uint16[3, 4]");
    assertThatThrownBy(() -> array.paste(array, outside, whole))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> array.fill(outside, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> array.copyFrom(other)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NdArray.wrap(DataType.UINT16, Shape.of(2), new byte[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs 4 bytes, got 3");
    assertThatThrownBy(() -> NdArray.zeros(DataType.UINT8, Shape.of(1L << 33, 1L << 33)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 GiB");
  }

  private static Shape randomShape(SplittableRandom random, int rank, int longest) {
    long[] lengths = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      lengths[axis] = random.nextInt(longest);
    }
    return Shape.of(lengths);
  }

  private static Box randomPlace(SplittableRandom random, Shape size) {
    long[] start = new long[size.rank()];
    long[] stop = new long[size.rank()];
    for (int axis = 0; axis < start.length; axis++) {
      start[axis] = smallOrNone(random);
      stop[axis] = start[axis] + size.get(axis);
    }
    return Box.of(start, stop);
  }

  private static int smallOrNone(SplittableRandom random) {
    return random.nextInt(2) * random.nextInt(3);
  }

  /** A shape that holds the box, often with nothing beyond it. */
  private static Shape stops(Box box, SplittableRandom random) {
    long[] lengths = new long[box.rank()];
    for (int axis = 0; axis < lengths.length; axis++) {
      lengths[axis] = box.stop(axis) + smallOrNone(random);
    }
    return Shape.of(lengths);
  }

  private static NdArray random(SplittableRandom random, DataType type, Shape shape) {
    NdArray array = NdArray.zeros(type, shape);
    random.nextBytes(array.bytes());
    return array;
  }

  private static NdArray element(DataType type, long bits) {
    NdArray element = NdArray.zeros(type, Shape.of());
    switch (type.bytes()) {
      case 1 -> element.buffer().put(0, (byte) bits);
      case 2 -> element.buffer().putShort(0, (short) bits);
      case 4 -> element.buffer().putInt(0, (int) bits);
      default -> element.buffer().putLong(0, bits);
    }
    return element;
  }

  private static void slowPaste(NdArray source, Box from, NdArray target, Box to) {
    forEach(
        from.shape(),
        index ->
            slowPaste(
                source,
                flat(source.shape(), from, index),
                target,
                flat(target.shape(), to, index)));
  }

  private static void slowPaste(NdArray source, Box whole, NdArray target, int element) {
    slowPaste(source, (int) whole.shape().elements() - 1, target, element);
  }

  private static void slowPaste(NdArray source, int from, NdArray target, int to) {
    int width = source.type().bytes();
    for (int i = 0; i < width; i++) {
      target.bytes()[to * width + i] = source.bytes()[from * width + i];
    }
  }

  private static int flat(Shape shape, Box box, long[] index) {
    long flat = 0;
    for (int axis = 0; axis < index.length; axis++) {
      flat = flat * shape.get(axis) + box.start(axis) + index[axis];
    }
    return (int) flat;
  }

  private static void forEach(Shape shape, Consumer<long[]> visitor) {
    ChunkGrid ones = new ChunkGrid(shape, onesLike(shape));
    for (GridPosition position : ones.all()) {
      long[] index = new long[shape.rank()];
      for (int axis = 0; axis < index.length; axis++) {
        index[axis] = position.get(axis);
      }
      visitor.accept(index);
    }
  }

  private static Shape onesLike(Shape shape) {
    long[] ones = new long[shape.rank()];
    Arrays.fill(ones, 1);
    return Shape.of(ones);
  }

  @Test
  void whatDoesNotFitIntoTheMemoryIsRefusedBeforeItIsTaken() {
    long memory = Runtime.getRuntime().maxMemory();
    long most = Math.min(memory, Integer.MAX_VALUE - 8);
    org.junit.jupiter.api.Assumptions.assumeTrue(most > memory / 2, "the memory is large");
    assertThatThrownBy(() -> NdArray.zeros(DataType.UINT8, Shape.of(most)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("uint8[" + most + "] takes " + (most >> 20) + " MiB")
        .hasMessageContaining("may have " + (memory >> 20) + " MiB in all");
  }
}
