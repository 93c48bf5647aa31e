// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.image.Mask;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

class ImageTransformsTest {
  private static final Axes YX = Axes.of("y", "x");
  private static final Map<String, Map<String, String>> CASES =
      Map.ofEntries(
          Map.entry("fill", Map.of("value", "3.5")),
          Map.entry("affine", Map.of("scale", "-0.7", "offset", "12.5")),
          Map.entry("gamma", Map.of("gamma", "0.6", "max", "250")),
          Map.entry("clip", Map.of("min", "2.5", "max", "200")),
          Map.entry("invert", Map.of()),
          Map.entry("normalize", Map.of("low", "5", "high", "90")),
          Map.entry("gaussian-blur", Map.of("sigma", "1.1")),
          Map.entry("median", Map.of("size", "3")),
          Map.entry("subtract-background", Map.of("percentile", "40")),
          Map.entry("erase", Map.of("percentile", "60")));

  @ParameterizedTest
  @EnumSource
  void noPixelOutsideTheObjectIsWrittenAndTheInputStays(DataType type) {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 10; round++) {
      MaskedPatch object = new Blobs(random).object(type);
      byte[] before = object.patch().pixels().bytes().clone();
      CASES.forEach(
          (name, given) -> {
            Patch result = BuiltIn.apply(name, given, object);
            assertThat(object.patch().pixels().bytes()).as("seed %d", seed).isEqualTo(before);
            Patch kept = object.patch().copy();
            object.mask().paste(result.pixels(), kept.pixels());
            assertThat(result.pixels().bytes())
                .as("seed %d, %s of %s", seed, name, object)
                .isEqualTo(kept.pixels().bytes());
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void theObjectsPixelsAreTheSameWhetherTheBoxIsWrittenOrNot(DataType type) {
    long seed = 8;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 10; round++) {
      MaskedPatch object = new Blobs(random).object(type);
      CASES.forEach(
          (name, given) -> {
            Patch masked = BuiltIn.apply(name, given, object);
            Patch whole = BuiltIn.apply(name, given, object.unmasked());
            Patch pasted = object.patch().copy();
            object.mask().paste(whole.pixels(), pasted.pixels());
            assertThat(pasted.pixels().bytes())
                .as("seed %d, %s of %s", seed, name, object)
                .isEqualTo(masked.pixels().bytes());
          });
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BOOL", "INT8", "UINT8", "INT16", "UINT16", "FLOAT16"})
  void looking16BitsUpIsTheSameAsComputingInDouble(DataType type) {
    for (String name : List.of("fill", "affine", "gamma", "clip", "invert")) {
      ValueTransform transform = (ValueTransform) BuiltIn.transform(name, CASES.get(name));
      Patch all = everyValue(type);
      MaskedPatch object =
          MaskedPatch.of(all, Patches.zeros(DataType.UINT8, YX, 1, 1), 0, List.of());
      Patch result = all.copy();
      transform.apply(object, result);
      Patch expected = all.copy();
      double[] one = new double[1];
      for (int i = 0; i < all.size(); i++) {
        one[0] = all.value(i);
        transform.compute(one, 1, type);
        expected.set(i, one[0]);
      }
      assertThat(result.pixels().bytes()).as(name).isEqualTo(expected.pixels().bytes());
    }
  }

  private static Patch everyValue(DataType type) {
    int size = 1 << (8 * type.bytes());
    Patch all = Patches.zeros(type, YX, 1, size);
    for (int i = 0; i < size; i++) {
      if (type.bytes() == 1) {
        all.pixels().bytes()[i] = (byte) i;
      } else {
        all.pixels().buffer().putShort(2 * i, (short) i);
      }
    }
    return all;
  }

  @Test
  void withoutARingTheObjectKeepsItsPixelsAndIsNotedOnce() {
    Axes cyx = Axes.of("c", "y", "x");
    Patch patch = Patches.of(DataType.UINT16, cyx, Shape.of(2, 1, 3), 9, 8, 7, 6, 5, 4);
    Patch labels = Patches.of(DataType.UINT16, YX, Shape.of(1, 3), 4, 4, 2);
    for (String name : List.of("erase", "subtract-background")) {
      MaskedPatch object = MaskedPatch.of(patch, labels, 4, List.of("DAPI", "GFP"));
      Patch result = BuiltIn.apply(name, Map.of(), object);
      assertThat(result.pixels().bytes()).isEqualTo(patch.pixels().bytes());
      assertThat(object.notes().texts()).containsExactly(RingTransform.WITHOUT_RING);
    }
  }

  @Test
  void anObjectWithARingHasNoNotes() {
    Patch patch = Patches.of(DataType.UINT16, YX, Shape.of(1, 4), 9, 8, 2, 3);
    Patch labels = Patches.of(DataType.UINT16, YX, Shape.of(1, 4), 4, 4, 0, 0);
    MaskedPatch object = MaskedPatch.of(patch, labels, 4, List.of());
    Patch result = BuiltIn.apply("subtract-background", Map.of(), object);
    assertThat(result.value(0)).as("9 - 2.5, half to even").isEqualTo(6);
    assertThat(result.value(1)).as("8 - 2.5, half to even").isEqualTo(6);
    assertThat(object.notes().texts()).isEmpty();
  }

  @Test
  void percentilesOfAStackAreThoseOfTheWholeObjectNotOfAPlane() {
    Axes zyx = Axes.of("z", "y", "x");
    Patch patch = Patches.of(DataType.FLOAT64, zyx, Shape.of(2, 1, 2), 0, 10, 20, 40);
    MaskedPatch object =
        MaskedPatch.of(patch, Patches.of(DataType.UINT8, YX, Shape.of(1, 2), 1, 1), 1, List.of());
    Patch result = BuiltIn.apply("normalize", Map.of("low", "0", "high", "100"), object);
    double[] values = new double[4];
    result.read(0, 4, values, 0);
    assertThat(values).containsExactly(0, 0.25, 0.5, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e-200", "3", "10000"})
  void theBlurOfAConstantObjectIsThatConstantUpToItsEdge(String sigma) {
    SplittableRandom random = new SplittableRandom(12);
    MaskedPatch object = new Blobs(random).object(DataType.UINT16);
    Patch constant = object.patch().copy();
    Mask mask = object.mask();
    mask.forEachRun((start, length) -> constant.write(start, length, filled(length), 0));
    MaskedPatch flat = MaskedPatch.of(constant, object.labels(), 1, List.of());
    Patch result = BuiltIn.apply("gaussian-blur", Map.of("sigma", sigma), flat);
    assertThat(result.pixels().bytes()).isEqualTo(constant.pixels().bytes());
  }

  private static double[] filled(int length) {
    return IntStream.range(0, length).mapToDouble(i -> 777).toArray();
  }

  @Test
  void theMedianIsThatOfASortedWindow() {
    long seed = 77;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 100; round++) {
      MaskedPatch object = new Blobs(random).object(DataType.INT16);
      int reach = random.nextInt(4);
      Patch result =
          BuiltIn.apply("median", Map.of("size", Integer.toString(2 * reach + 1)), object);
      for (int i = 0; i < result.size(); i++) {
        double expected =
            object.mask().at(i) ? slowMedian(object, i, reach) : object.patch().value(i);
        assertThat(result.value(i))
            .as("seed %d, pixel %d of %s", seed, i, object)
            .isEqualTo(expected);
      }
    }
  }

  private static double slowMedian(MaskedPatch object, int index, int reach) {
    int width = object.patch().length(AxisName.X);
    int height = object.patch().length(AxisName.Y);
    int plane = index / (width * height) * width * height;
    int y = (index - plane) / width;
    int x = (index - plane) % width;
    double[] sorted =
        IntStream.range(plane, plane + width * height)
            .filter(i -> Math.abs((i - plane) / width - y) <= reach)
            .filter(i -> Math.abs((i - plane) % width - x) <= reach)
            .filter(i -> object.mask().at(i))
            .mapToDouble(i -> object.patch().value(i))
            .sorted()
            .toArray();
    int half = sorted.length / 2;
    return Math.rint(sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
  }

  @Test
  void placesAreFoundInLargeSetsToo() {
    long seed = 3;
    SplittableRandom random = new SplittableRandom(seed);
    OrderedPlaces places = new OrderedPlaces(20_000);
    TreeSet<Integer> expected = new TreeSet<>();
    for (int round = 0; round < 3000; round++) {
      int place = random.nextInt(20_000);
      places.toggle(place);
      if (!expected.remove(place)) {
        expected.add(place);
      }
    }
    assertThat(places.size()).as("seed %d", seed).isEqualTo(expected.size());
    int smaller = 0;
    for (int member : expected) {
      assertThat(places.member(smaller++)).as("seed %d", seed).isEqualTo(member);
    }
  }
}
