// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.BooleanType;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

class PatchTest {
  private static final Axes CZYX = Axes.of("c", "z", "y", "x");
  private static final Shape SHAPE = Shape.of(2, 3, 4, 5);

  private static Patch patch(DataType type) {
    return Patches.zeros(type, CZYX, 2, 3, 4, 5);
  }

  @ParameterizedTest
  @CsvSource({
    "INT8, 127, -128",
    "UINT8, 255, 0",
    "INT16, 32767, -32768",
    "UINT16, 65535, 0",
    "INT32, 2147483647, -2147483648",
    "UINT32, 4294967295, 0",
    "INT64, 9223372036854775807, -9223372036854775808",
    "BOOL, 1, 0"
  })
  void integersRoundHalfToEvenAndSaturate(DataType type, long largest, long smallest) {
    Patch patch = patch(type);
    double[] values = {0.5, 1.5, 2.5, -0.5, -1.5, 1e30, -1e30, Double.NaN, 1.0 / 0, -1.0 / 0};
    long[] rounded = {0, 2, 2, 0, -2, largest, smallest, 0, largest, smallest};
    patch.write(10, values.length, values, 0);
    for (int i = 0; i < values.length; i++) {
      patch.set(i, values[i]);
      long expected = Math.max(smallest, Math.min(largest, rounded[i]));
      assertThat(patch.integer(i)).as("%s", values[i]).isEqualTo(expected);
      assertThat(patch.integer(10 + i)).as("%s in bulk", values[i]).isEqualTo(expected);
    }
  }

  @Test
  void uint64SaturatesAtBothEndsAndRoundsAboveTheSignedRange() {
    Patch patch = patch(DataType.UINT64);
    double[] values = {0x1p64, 0x1p70, -1, Double.NaN, 0x1p63, 0x1p63 + 2048, 0x1p63 - 1024, 2.5};
    String[] stored = {
      "18446744073709551615", "18446744073709551615", "0", "0",
      "9223372036854775808", "9223372036854777856", "9223372036854774784", "2"
    };
    patch.write(0, values.length, values, 0);
    for (int i = 0; i < values.length; i++) {
      assertThat(Long.toUnsignedString(patch.integer(i))).isEqualTo(stored[i]);
    }
    patch.setInteger(0, -1L);
    assertThat(patch.value(0)).isEqualTo(0x1p64);
    patch.setInteger(0, (1L << 63) + 1025);
    assertThat(patch.value(0)).as("rounded once").isEqualTo(0x1p63 + 2048);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "FLOAT32", "FLOAT64"})
  void floatsKeepNanAndInfinity(DataType type) {
    Patch patch = patch(type);
    patch.write(0, 4, new double[] {Double.NaN, 1.0 / 0, -2.5, -0.0}, 0);
    assertThat(patch.value(0)).isNaN();
    assertThat(patch.value(1)).isInfinite();
    assertThat(patch.value(2)).isEqualTo(-2.5);
    assertThat(1 / patch.value(3)).isEqualTo(-1.0 / 0);
  }

  @ParameterizedTest
  @EnumSource
  void bulkAccessEqualsPixelByPixelAccess(DataType type) {
    long seed = 17;
    SplittableRandom random = new SplittableRandom(seed);
    Patch one = patch(type);
    Patch bulk = patch(type);
    for (int round = 0; round < 200; round++) {
      int from = random.nextInt(one.size());
      int count = random.nextInt(one.size() - from + 1);
      double scale = Math.pow(2, random.nextInt(70));
      double[] values = random.doubles(count + 3, -scale, scale).toArray();
      bulk.write(from, count, values, 3);
      for (int i = 0; i < count; i++) {
        one.set(from + i, values[3 + i]);
      }
      assertThat(bulk.pixels().bytes()).as("seed %d", seed).isEqualTo(one.pixels().bytes());
      double[] read = new double[count + 1];
      bulk.read(from, count, read, 1);
      for (int i = 0; i < count; i++) {
        assertThat(read[1 + i]).as("seed %d", seed).isEqualTo(one.value(from + i));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theImgLib2ViewSharesMemoryWithXFirst(DataType type) {
    Patch patch = patch(type);
    RandomAccessibleInterval<?> img = patch.img();
    assertThat(img.dimensionsAsLongArray()).containsExactly(5, 4, 3, 2);
    int index = ((1 * 3 + 2) * 4 + 3) * 5 + 4;
    patch.set(index, 1);
    RandomAccess<?> access = img.randomAccess();
    access.setPosition(new long[] {4, 3, 2, 1});
    assertThat(real(access.get())).isEqualTo(1);
    access.setPosition(new long[] {1, 0, 0, 0});
    setOne(access.get());
    assertThat(patch.value(1)).isEqualTo(1);
    assertThat(patch.value(0)).isZero();
  }

  private static double real(Object pixel) {
    return pixel instanceof BooleanType<?> flag
        ? (flag.get() ? 1 : 0)
        : ((RealType<?>) pixel).getRealDouble();
  }

  private static void setOne(Object pixel) {
    if (pixel instanceof BooleanType<?> flag) {
      flag.set(true);
    } else {
      ((RealType<?>) pixel).setReal(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "INT8, 128",
    "UINT8, -1",
    "UINT16, 65536",
    "UINT32, -1",
    "INT32, 2147483648",
    "BOOL, 2"
  })
  void anIntegerThatDoesNotFitIsRefused(DataType type, long value) {
    assertThatThrownBy(() -> patch(type).setInteger(0, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The type " + type + " does not hold " + value);
  }

  @Test
  void pixelsOutsideAreRefused() {
    Patch patch = patch(DataType.UINT16);
    assertThatThrownBy(() -> patch.value(1L << 32)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> patch.set(120, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> patch.read(119, 2, new double[2], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void knowsItsPlaceAndLengths() {
    Box box = Box.of(new long[] {0, 0, 10, 20}, new long[] {3, 3, 14, 25});
    Patch patch =
        Patch.of(
            NdArray.zeros(DataType.UINT8, SHAPE), CZYX, PixelSize.of(CZYX, 1, 2, 0.5, 0.5), box);
    assertThat(patch.box()).isEqualTo(box);
    assertThat(patch.length(AxisName.Y)).isEqualTo(4);
    assertThat(patch.length(AxisName.T)).isEqualTo(1);
    assertThat(patch.pixelSize().get(AxisName.Z)).isEqualTo(2);
    assertThat(patch).hasToString("uint8[2, 3, 4, 5] at [0:3, 0:3, 10:14, 20:25]");
  }

  @Test
  void lengthsThatDisagreeWithTheBoxAreRefused() {
    Box box = Box.of(new long[] {0, 0, 10, 20}, new long[] {2, 3, 15, 25});
    NdArray pixels = NdArray.zeros(DataType.UINT8, SHAPE);
    assertThatThrownBy(() -> Patch.of(pixels, CZYX, PixelSize.of(CZYX, 1, 1, 1, 1), box))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[2, 3, 4, 5]")
        .hasMessageContaining("[0:2, 0:3, 10:15, 20:25]");
  }

  @Test
  void aCopyHasItsOwnPixels() {
    Patch patch = patch(DataType.FLOAT32);
    Patch copy = patch.copy();
    copy.set(0, 3);
    assertThat(patch.value(0)).isZero();
    assertThat(copy.box()).isEqualTo(patch.box());
  }

  @Test
  void notANumberIsAlwaysWrittenWithTheSameBits() {
    double[] forms = {
      Double.NaN, Double.longBitsToDouble(0xfff8000000000000L), Double.longBitsToDouble(-1)
    };
    for (DataType type : List.of(DataType.FLOAT16, DataType.FLOAT32, DataType.FLOAT64)) {
      Patch patch = Patches.zeros(type, Axes.of("y", "x"), 2, 3);
      patch.write(0, 3, forms, 0);
      for (int i = 0; i < 3; i++) {
        patch.set(3 + i, forms[i]);
      }
      for (int i = 0; i < 6; i++) {
        Box pixel = Box.of(new long[] {i / 3, i % 3}, new long[] {i / 3 + 1, i % 3 + 1});
        assertThat(patch.pixels().cut(pixel).bytes())
            .isEqualTo(patch.pixels().cut(Box.whole(Shape.of(1, 1))).bytes());
        assertThat(patch.value(i)).isNaN();
      }
    }
  }
}
