// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

class DownsamplingTest {
  private static final DataType[] TYPES = {
    DataType.BOOL,
    DataType.INT8,
    DataType.INT16,
    DataType.INT32,
    DataType.INT64,
    DataType.UINT8,
    DataType.UINT16,
    DataType.UINT32,
    DataType.UINT64,
    DataType.FLOAT32,
    DataType.FLOAT64
  };

  private static NdArray noise(SplittableRandom random, DataType type, Shape shape) {
    NdArray array = NdArray.zeros(type, shape);
    random.nextBytes(array.bytes());
    if (type == DataType.BOOL) {
      for (int i = 0; i < array.bytes().length; i++) {
        array.bytes()[i] = (byte) (array.bytes()[i] > -100 ? 1 : 0);
      }
    } else if (type == DataType.FLOAT32) {
      for (int i = 0; i < shape.elements(); i++) {
        array.buffer().putFloat(4 * i, (float) real(random));
      }
    } else if (type == DataType.FLOAT64) {
      for (int i = 0; i < shape.elements(); i++) {
        array.buffer().putDouble(8 * i, real(random));
      }
    }
    return array;
  }

  private static double real(SplittableRandom random) {
    return switch (random.nextInt(40)) {
      case 0 -> Double.NaN;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> -0.0;
      default -> random.nextDouble(-1e6, 1e6);
    };
  }

  private static Shape shape(SplittableRandom random) {
    long[] lengths = new long[2 + random.nextInt(3)];
    for (int axis = 0; axis < lengths.length; axis++) {
      lengths[axis] = 1 + random.nextInt(axis < lengths.length - 2 ? 4 : 23);
    }
    return Shape.of(lengths);
  }

  private static Shape smaller(SplittableRandom random, Shape shape) {
    long[] lengths = shape.toArray();
    int last = lengths.length - 2;
    for (int axis = 0; axis < lengths.length; axis++) {
      int factor = axis < last && random.nextBoolean() ? 1 : 1 + random.nextInt(4);
      lengths[axis] = Math.max(1, lengths[axis] / factor);
    }
    if (random.nextInt(4) == 0) {
      lengths[last] = 1 + random.nextInt((int) shape.get(last));
    }
    return Shape.of(lengths);
  }

  private static Shape halvable(SplittableRandom random) {
    return Shape.of(1 + random.nextInt(3), 2 + 2 * random.nextInt(8), 2 + 2 * random.nextInt(20));
  }

  private static Box boxIn(SplittableRandom random, Shape shape) {
    long[] start = new long[shape.rank()];
    long[] stop = new long[shape.rank()];
    for (int axis = 0; axis < start.length; axis++) {
      start[axis] = random.nextLong(shape.get(axis) + 1);
      stop[axis] = start[axis] + random.nextLong(shape.get(axis) - start[axis] + 1);
    }
    return Box.of(start, stop);
  }

  private static void assertBlocksEqualTheWhole(
      Downsampling rule, NdArray source, NdArray expected, SplittableRandom random, String seed) {
    Box whole = Box.whole(expected.shape());
    assertThat(rule.apply(source, Box.whole(source.shape()), whole).bytes())
        .as(seed)
        .isEqualTo(expected.bytes());
    Box box = boxIn(random, expected.shape());
    Box needed = rule.sourceBox(box);
    assertThat(rule.apply(source.cut(needed), needed, box).bytes())
        .as("%s, box %s", seed, box)
        .isEqualTo(expected.cut(box).bytes());
  }

  @Test
  void anyBoxOfAnImageLevelEqualsTheWrittenRule() {
    for (int seed = 0; seed < 3000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      DataType type = TYPES[random.nextInt(TYPES.length)];
      Shape shape = seed % 4 == 0 ? halvable(random) : shape(random);
      Shape target =
          seed % 4 == 0
              ? shape.with(1, shape.get(1) / 2).with(2, shape.get(2) / 2)
              : smaller(random, shape);
      NdArray source = noise(random, type, shape);
      NdArray expected = shape.equals(target) ? source.copy() : SlowPyramid.linear(source, target);
      assertBlocksEqualTheWhole(
          Downsampling.linear(type, shape, target),
          source,
          expected,
          random,
          "seed " + seed + ": " + source + " to " + target);
    }
  }

  @Test
  void anyBoxOfALabelLevelEqualsTheWrittenRule() {
    for (int seed = 0; seed < 2000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      DataType type = TYPES[random.nextInt(TYPES.length)];
      Shape shape = shape(random);
      Shape target = smaller(random, shape);
      NdArray source = noise(random, type, shape);
      assertBlocksEqualTheWhole(
          Downsampling.nearest(shape, target),
          source,
          SlowPyramid.nearest(source, target),
          random,
          "seed " + seed + ": " + source + " to " + target);
    }
  }

  @Test
  void theTargetBoxHoldsExactlyWhatChangesWithTheSource() {
    for (int seed = 0; seed < 1500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Shape shape = shape(random);
      Shape target = smaller(random, shape);
      boolean label = random.nextBoolean();
      Downsampling rule =
          label
              ? Downsampling.nearest(shape, target)
              : Downsampling.linear(DataType.INT64, shape, target);
      Box changed = boxIn(random, shape);
      Box union = rule.targetBox(changed);
      for (int flat = 0; flat < target.elements(); flat++) {
        long[] index = SlowPyramid.unravel(flat, target);
        Box pixel = Box.of(index, plusOne(index));
        boolean derives = !rule.sourceBox(pixel).intersect(changed).isEmpty();
        assertThat(union.contains(pixel) && !changed.isEmpty())
            .as("seed %d: %s of %s to %s of %s", seed, changed, shape, pixel, target)
            .isEqualTo(derives);
      }
    }
  }

  private static long[] plusOne(long[] index) {
    long[] stop = index.clone();
    for (int axis = 0; axis < stop.length; axis++) {
      stop[axis]++;
    }
    return stop;
  }

  private static byte[] level(int from, int to, int... pixels) {
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) pixels[i];
    }
    Shape source = Shape.of(from, from);
    Shape target = Shape.of(to, to);
    return Downsampling.linear(DataType.UINT8, source, target)
        .apply(NdArray.wrap(DataType.UINT8, source, bytes), Box.whole(source), Box.whole(target))
        .bytes();
  }

  @Test
  void factorTwoIsTheMeanHalfUp() {
    assertThat(level(2, 1, 1, 2, 2, 1)).containsExactly(2);
    assertThat(level(2, 1, 1, 1, 2, 1)).containsExactly(1);
    assertThat(level(2, 1, 255, 255, 255, 254)).containsExactly(255);
  }

  @Test
  void factorThreeIsTheCentrePixel() {
    assertThat(level(3, 1, 9, 9, 9, 9, 5, 9, 9, 9, 9)).containsExactly(5);
  }

  @Test
  void aPixelOfWeightZeroCountsForFloatsOnly() {
    Box neighbour = Box.of(new long[] {0, 2}, new long[] {3, 3});
    Shape three = Shape.of(3, 3);
    Shape one = Shape.of(3, 1);
    assertThat(Downsampling.linear(DataType.UINT8, three, one).targetBox(neighbour).isEmpty())
        .isTrue();
    assertThat(Downsampling.linear(DataType.FLOAT32, three, one).targetBox(neighbour))
        .isEqualTo(Box.whole(one));
  }

  @Test
  void aLabelAtFactorTwoTakesTheOddPixel() {
    Downsampling rule = Downsampling.nearest(Shape.of(8, 8), Shape.of(4, 4));
    assertThat(rule.sourceBox(Box.of(new long[] {1, 2}, new long[] {2, 3})))
        .isEqualTo(Box.of(new long[] {3, 5}, new long[] {4, 6}));
    assertThat(rule.targetBox(Box.of(new long[] {4, 4}, new long[] {5, 8})).isEmpty()).isTrue();
  }

  @Test
  void absurdSizesDoNotOverflow() {
    Shape source = Shape.of(Long.MAX_VALUE / 2, 4);
    Shape target = Shape.of(Long.MAX_VALUE / 4, 2);
    Box end = Box.of(new long[] {Long.MAX_VALUE / 4 - 1, 0}, new long[] {Long.MAX_VALUE / 4, 2});
    for (Downsampling rule :
        new Downsampling[] {
          Downsampling.nearest(source, target), Downsampling.linear(DataType.INT8, source, target)
        }) {
      assertThat(Box.whole(source).contains(rule.sourceBox(end))).isTrue();
      assertThat(Box.whole(target).contains(rule.targetBox(Box.whole(source)))).isTrue();
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> Downsampling.nearest(Shape.of(4, 4), Shape.of(1, 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[4, 4]");
    assertThatThrownBy(() -> Downsampling.nearest(Shape.of(4, 4), Shape.of(0, 2)))
        .hasMessageContaining("[0, 2]");
    assertThatThrownBy(() -> Downsampling.linear(DataType.FLOAT16, Shape.of(4, 4), Shape.of(2, 2)))
        .hasMessageContaining("float16");
    Downsampling rule = Downsampling.linear(DataType.UINT8, Shape.of(4, 4), Shape.of(2, 2));
    Box half = Box.of(new long[] {0, 0}, new long[] {2, 4});
    assertThatThrownBy(
            () ->
                rule.apply(
                    NdArray.zeros(DataType.UINT8, half.shape()), half, Box.whole(Shape.of(2, 2))))
        .hasMessageContaining("needs [0:4, 0:4]");
  }
}
