// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ReadOnlyBufferException;
import java.util.List;
import java.util.SplittableRandom;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.BooleanType;
import net.imglib2.type.logic.NativeBoolType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.ByteType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.LongType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedIntType;
import net.imglib2.type.numeric.integer.UnsignedLongType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.DoubleType;
import net.imglib2.type.numeric.real.FloatType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.nd.DataType;

/** Ways to the pixels of a patch that are more than one pixel at a time. */
class PatchAccessTest {
  private static final long SEED = 23;
  private static final Axes CYX = Axes.of("c", "y", "x");

  /** More pixels than one block. */
  private static Patch noise(DataType type) {
    Patch patch = Patches.zeros(type, CYX, 2, 30, 41);
    SplittableRandom random = new SplittableRandom(SEED);
    double scale = type.isFloat() ? 1000 : Math.pow(2, 8 * type.bytes());
    for (int i = 0; i < patch.size(); i++) {
      patch.set(i, random.nextDouble(-scale, scale));
    }
    return patch;
  }

  @ParameterizedTest
  @EnumSource
  void floatsAreTheNearestToTheDoubles(DataType type) {
    Patch patch = noise(type);
    float[] values = new float[2002];
    patch.read(7, 2000, values, 2);
    for (int i = 0; i < 2000; i++) {
      assertThat(values[2 + i]).as("seed %d", SEED).isEqualTo((float) patch.value(7 + i));
    }
    assertThat(values[1]).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void floatsAreWrittenAsDoublesAre(DataType type) {
    float[] values = new float[2000];
    double[] doubles = new double[2000];
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-70_000, 70_000);
      doubles[i] = values[i];
    }
    values[5] = Float.NaN;
    doubles[5] = Double.NaN;
    Patch patch = Patches.zeros(type, CYX, 2, 30, 41);
    Patch expected = patch.copy();
    patch.write(100, 1990, values, 3);
    expected.write(100, 1990, doubles, 3);
    assertThat(patch.pixels().bytes()).as("seed %d", SEED).isEqualTo(expected.pixels().bytes());
  }

  @ParameterizedTest
  @EnumSource(names = {"BOOL", "INT8", "UINT8", "INT16", "UINT16", "INT32"})
  void intsAreExact(DataType type) {
    Patch patch = noise(type);
    int[] values = new int[2002];
    patch.read(7, 2000, values, 2);
    for (int i = 0; i < 2000; i++) {
      assertThat(values[2 + i]).as("seed %d", SEED).isEqualTo((int) patch.integer(7 + i));
    }
    Patch copy = Patches.zeros(type, CYX, 2, 30, 41);
    copy.write(7, 2000, values, 2);
    for (int i = 0; i < 2000; i++) {
      assertThat(copy.integer(7 + i)).isEqualTo(patch.integer(7 + i));
    }
  }

  @Test
  void intsAreKeptWithinTheRangeOfTheType() {
    Patch patch = Patches.zeros(DataType.UINT8, CYX, 1, 1, 3);
    patch.write(0, 3, new int[] {-1, 256, Integer.MIN_VALUE}, 0);
    assertThat(List.of(patch.integer(0), patch.integer(1), patch.integer(2)))
        .containsExactly(0L, 255L, 0L);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"BOOL", "INT8", "UINT8", "INT16", "UINT16", "INT32"})
  void pixelsThatMayNotFitAreNotReadAsInts(DataType type) {
    Patch patch = Patches.zeros(type, CYX, 1, 1, 3);
    assertThatThrownBy(() -> patch.read(0, 1, new int[1], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Pixels of type " + type + " do not all fit into int");
  }

  @ParameterizedTest
  @EnumSource
  void anUpdateChangesEveryPixelAsSetDoes(DataType type) {
    Patch patch = noise(type);
    Patch expected = patch.copy();
    for (int i = 0; i < expected.size(); i++) {
      expected.set(i, expected.value(i) / 2 + 0.3);
    }
    patch.update(x -> x / 2 + 0.3);
    assertThat(patch.pixels().bytes()).as("seed %d", SEED).isEqualTo(expected.pixels().bytes());
  }

  @Test
  void aPixelIsFoundByItsPlaceOnEachAxis() {
    Patch patch = noise(DataType.UINT16);
    assertThat(patch.index(1, 7, 40)).isEqualTo((30 + 7) * 41 + 40);
    assertThat(patch.at(1, 7, 40)).isEqualTo(patch.value((30 + 7) * 41 + 40));
    assertThatThrownBy(() -> patch.at(7, 40))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An element of shape [2, 30, 41] has an index of 3 numbers, got [7, 40]");
    for (long[] outside : new long[][] {{2, 0, 0}, {0, -1, 0}, {0, 0, 41}}) {
      assertThatThrownBy(() -> patch.index(outside))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessageContaining("in shape [2, 30, 41]");
    }
  }

  @Test
  void rangesThatReachOutsideAreRefused() {
    Patch patch = noise(DataType.UINT16);
    int last = patch.size() - 1;
    List<ThrowingCallable> calls =
        List.of(
            () -> patch.read(last, 2, new float[2], 0),
            () -> patch.read(0, 2, new float[2], 1),
            () -> patch.read(last, 2, new int[2], 0),
            () -> patch.read(0, 2, new int[2], 1),
            () -> patch.write(last, 2, new float[2], 0),
            () -> patch.write(0, 2, new float[2], 1),
            () -> patch.write(last, 2, new int[2], 0),
            () -> patch.write(0, 2, new int[2], 1));
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void aReadOnlyPatchSharesItsPixelsAndRefusesEveryChange() {
    Patch patch = noise(DataType.UINT16);
    Patch seen = patch.readOnly();
    List<ThrowingCallable> changes =
        List.of(
            () -> seen.set(0, 1),
            () -> seen.setInteger(0, 1),
            () -> seen.write(0, 1, new double[1], 0),
            () -> seen.write(0, 1, new float[1], 0),
            () -> seen.write(0, 1, new int[1], 0),
            () -> seen.update(x -> x));
    byte[] before = patch.pixels().bytes().clone();
    for (ThrowingCallable change : changes) {
      assertThatThrownBy(change)
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("uint16[2, 30, 41]")
          .hasMessageContaining("read-only: change a copy()");
    }
    assertThat(patch.pixels().bytes()).isEqualTo(before);
    patch.set(0, 77);
    assertThat(seen.value(0)).isEqualTo(77);
    Patch copy = seen.copy();
    copy.set(0, 5);
    assertThat(seen.value(0)).isEqualTo(77);
  }

  @ParameterizedTest
  @EnumSource
  void theImageOfAReadOnlyPatchCannotBeWritten(DataType type) {
    Patch patch = noise(type);
    RandomAccessibleInterval<?> img = patch.readOnly().img();
    Object pixel = img.randomAccess().get();
    byte[] before = patch.pixels().bytes().clone();
    assertThatThrownBy(
            () -> {
              if (pixel instanceof BooleanType<?> flag) {
                flag.set(true);
              } else {
                ((RealType<?>) pixel).setReal(1);
              }
            })
        .isInstanceOf(ReadOnlyBufferException.class);
    assertThat(patch.pixels().bytes()).isEqualTo(before);
    if (pixel instanceof RealType<?> number) {
      assertThat(number.getRealDouble()).isEqualTo(patch.value(0));
    }
  }

  private static Class<? extends RealType<?>> pixelClass(DataType type) {
    return switch (type) {
      case BOOL -> NativeBoolType.class;
      case INT8 -> ByteType.class;
      case UINT8 -> UnsignedByteType.class;
      case INT16 -> ShortType.class;
      case UINT16 -> UnsignedShortType.class;
      case INT32 -> IntType.class;
      case UINT32 -> UnsignedIntType.class;
      case INT64 -> LongType.class;
      case UINT64 -> UnsignedLongType.class;
      case FLOAT16, FLOAT32 -> FloatType.class;
      case FLOAT64 -> DoubleType.class;
    };
  }

  @ParameterizedTest
  @EnumSource
  @SuppressWarnings({"unchecked", "rawtypes"}) // one test for the types of all pixels
  void theImageHasTheTypeThatIsAskedForOrIsRefused(DataType type) {
    Patch patch = noise(type);
    for (DataType other : DataType.values()) {
      Class asked = pixelClass(other);
      if (asked.equals(pixelClass(type))) {
        assertThat(patch.img(asked).getType()).isInstanceOf(asked);
      } else {
        assertThatThrownBy(() -> patch.img(asked))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "Pixels of type %s are %s in ImgLib2, not %s",
                type, pixelClass(type).getSimpleName(), asked.getSimpleName());
      }
    }
  }

  @Test
  void theTypedImageNeedsNoCasts() {
    Patch patch = noise(DataType.UINT16);
    long sum = 0;
    for (UnsignedShortType pixel : patch.img(UnsignedShortType.class)) {
      sum += pixel.get();
      pixel.set(3);
    }
    assertThat(sum).isPositive();
    assertThat(patch.at(1, 29, 40)).isEqualTo(3);
  }
}
