// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/** Objects of a whole image are those of the image in one piece, however it is cut into tiles. */
class AnyTilingTest {
  private static final int ROUNDS = 150;
  private static final double[] SPACING = {1.5, 1, 1};
  private static final Axes AXES = Axes.of("t", "z", "y", "x");
  private static final ThresholdMethod[] METHODS = {
    ThresholdMethod.OTSU,
    ThresholdMethod.LI,
    ThresholdMethod.MEAN,
    ThresholdMethod.TRIANGLE,
    ThresholdMethod.YEN,
    ThresholdMethod.ISODATA,
    ThresholdMethod.LOCAL,
    ThresholdMethod.LOCAL_MEAN
  };
  private static final DataType[] TYPES = {
    DataType.UINT8, DataType.INT16, DataType.UINT32, DataType.FLOAT32, DataType.FLOAT64
  };

  private final long seed = System.nanoTime();
  private final SplittableRandom random = new SplittableRandom(seed);

  @Test
  void anyTilingFindsTheSameObjects() {
    long objects = 0;
    for (int round = 0; round < ROUNDS; round++) {
      DataType type = TYPES[random.nextInt(TYPES.length)];
      Shape shape = shape();
      WholeImage image = image(shape, type);
      Segmentation how = how();
      String what = "seed %d, round %d: %s of %s in %s".formatted(seed, round, how, type, shape);
      long[] whole = image.objects(how, image.whole());
      assertThat(image.objects(how, image.tiles(random))).as(what).isEqualTo(whole);
      objects += Arrays.stream(whole).max().orElse(0);
    }
    assertThat(objects).isGreaterThan(3 * ROUNDS);
  }

  private Shape shape() {
    int depth = random.nextInt(3) == 0 ? 1 + random.nextInt(6) : 1;
    return Shape.of(1 + random.nextInt(2), depth, 1 + random.nextInt(24), 1 + random.nextInt(24));
  }

  private WholeImage image(Shape shape, DataType type) {
    Patch patch = Patches.zeros(type, AXES, shape.toArray());
    int high = type == DataType.UINT8 ? 128 : 1000;
    for (int i = 0; i < patch.size(); i++) {
      boolean same = i > 0 && random.nextInt(2) > 0;
      patch.set(i, same ? patch.value(i - 1) : random.nextInt(high));
    }
    return new WholeImage(patch.pixels(), AXES, List.of(1.0, SPACING[0], SPACING[1], SPACING[2]));
  }

  private Segmentation how() {
    Segmentation how = Segmentation.by(METHODS[random.nextInt(METHODS.length)]);
    how = how.around(3 + 2 * random.nextInt(3), random.nextInt(-3, 3));
    how = random.nextBoolean() ? how.smoothed(random.nextInt(1, 10) / 10.0) : how;
    how = random.nextBoolean() ? how.with(Segmentation.Holes.FILL) : how;
    how = random.nextBoolean() ? how.with(Connectivity.FULL) : how;
    how = random.nextBoolean() ? how.split(1 + random.nextInt(4)) : how;
    return how.atLeast(random.nextInt(4));
  }

  @Test
  void objectsOfEachTimePointAreThoseOfAPatchButForSplitting() {
    for (int round = 0; round < ROUNDS / 2; round++) {
      Volume volume = new Volume(2, 1, 1 + random.nextInt(24), 1 + random.nextInt(24));
      Shape shape = Shape.of(1, 1, volume.height(), volume.width());
      WholeImage image = image(shape, DataType.UINT8);
      Segmentation asked = how();
      Segmentation how =
          new Segmentation(
              asked.method(),
              0,
              asked.block(),
              asked.offset(),
              asked.smooth(),
              asked.holes(),
              Segmentation.Split.NONE,
              1,
              asked.connectivity(),
              asked.minSize());
      boolean[] mask = new boolean[volume.size()];
      Arrays.fill(mask, true);
      int[] found =
          new PatchSegmentation(how).objects(image.values(), DataType.UINT8, mask, volume, SPACING);
      long[] expected = Arrays.stream(found).asLongStream().toArray();
      assertThat(image.objects(how, image.tiles(random)))
          .as("seed %d, round %d: %s", seed, round, how)
          .isEqualTo(expected);
    }
  }

  @Test
  void aFinderThatLooksNoFurtherThanItsHaloFindsTheSameInAnyTiling() {
    long objects = 0;
    for (int round = 0; round < ROUNDS / 2; round++) {
      Shape shape = shape();
      WholeImage image = image(shape, DataType.UINT8);
      Segmentation how = Segmentation.by(ThresholdMethod.LOCAL_MEAN);
      how = how.around(3 + 2 * random.nextInt(3), random.nextInt(-3, 3));
      how = random.nextBoolean() ? how.with(Connectivity.FULL) : how;
      String what = "seed %d, round %d: %s in %s".formatted(seed, round, how, shape);
      ObjectFinder local = new ThresholdFinder(how);
      int halo = how.block() / 2;
      assertThat(image.objects(local, halo, how.connectivity(), image.tiles(random)))
          .as(what)
          .isEqualTo(image.objects(how, image.whole()));
      ObjectFinder levels = finder(AnyTilingTest::likeValues);
      long[] whole = image.objects(levels, 0, Connectivity.FACES, image.whole());
      assertThat(image.objects(levels, 0, Connectivity.FACES, image.tiles(random)))
          .as(what)
          .isEqualTo(whole);
      objects += Arrays.stream(whole).max().orElse(0);
    }
    assertThat(objects).isGreaterThan(ROUNDS);
  }

  /** Objects touch each other: connected pixels of like values, a quarter is background. */
  private static void likeValues(MaskedPatch object, Patch result) {
    Patch patch = object.patch();
    Volume volume =
        new Volume(3, patch.length(AxisName.Z), patch.length(AxisName.Y), patch.length(AxisName.X));
    int before = 0;
    for (int like = 1; like < 4; like++) {
      boolean[] inside = new boolean[patch.size()];
      for (int pixel = 0; pixel < inside.length; pixel++) {
        inside[pixel] = (int) patch.value(pixel) / 32 == like;
      }
      Components found = Components.of(inside, volume, Connectivity.FACES);
      for (int pixel = 0; pixel < inside.length; pixel++) {
        if (inside[pixel]) {
          // In no order, for numbers of a tile are the finder's own.
          result.setInteger(pixel, 1_000_000L - before - found.labels()[pixel]);
        }
      }
      before += found.count();
    }
  }

  @Test
  void aFinderThatFailsOrChangesItsMindIsSaid() {
    WholeImage image = image(Shape.of(1, 1, 4, 6), DataType.UINT8);
    List<Box> tiles = image.whole();
    ObjectFinder failing = finder((object, result) -> List.of().get(0));
    assertThatThrownBy(() -> image.objects(failing, 1, Connectivity.FULL, tiles))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("finder 'test' failed in the box")
        .hasMessageContaining("Index 0");
    AtomicInteger calls = new AtomicInteger();
    ObjectFinder changing =
        finder(
            (object, result) -> {
              int count = calls.incrementAndGet();
              for (int pixel = 0; pixel < count; pixel++) {
                result.setInteger(pixel, pixel + 1);
              }
            });
    assertThatThrownBy(() -> image.objects(changing, 1, Connectivity.FULL, tiles))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 1 objects in a tile, and 2");
    assertThatThrownBy(() -> image.objects(failing, -1, Connectivity.FULL, tiles))
        .hasMessageContaining("got -1");
  }

  private static ObjectFinder finder(BiConsumer<MaskedPatch, Patch> find) {
    return new ObjectFinder() {
      private static final long serialVersionUID = 1L;

      @Override
      public String name() {
        return "test";
      }

      @Override
      public String code() {
        return "";
      }

      @Override
      public void find(MaskedPatch object, Patch result) {
        assertThat(object.mask().count()).isEqualTo(object.patch().size());
        find.accept(object, result);
      }
    };
  }

  @Test
  void liOfManyFloatsIsThatOfAllAtOnce() {
    // Several in most cells of the first look.
    SplittableRandom same = new SplittableRandom(11);
    double[] values = same.doubles(200_000, 1, 2).map(value -> value * value).toArray();
    Block block = block(values);
    ThresholdStep step = ThresholdStep.first(DataType.FLOAT64);
    int looks = 0;
    while (!(step instanceof ThresholdStep.Found)) {
      step = step.plus(block).next(ThresholdMethod.LI, DataType.FLOAT64);
      looks++;
    }
    double threshold = ((ThresholdStep.Found) step).threshold();
    assertThat(threshold).isCloseTo(LiThreshold.of(values), withinPercentage(1e-7));
    assertThat(looks).isBetween(3, 12);
  }

  private static Block block(double[] values) {
    Volume volume = new Volume(2, 1, 1, values.length);
    return new Block(values, volume, volume, 0);
  }

  @Test
  void aMeanIsThatOfNumpyHoweverValuesAreOrdered() {
    double[] values = {1e16, 1, -1e16, 3, 0.5, Double.NaN};
    double[] turned = {0.5, -1e16, 3, 1e16, Double.NaN, 1};
    for (double[] order : List.of(values, turned)) {
      ThresholdStep step = ThresholdStep.first(DataType.FLOAT64);
      for (int look = 0; look < 2; look++) {
        step = step.plus(block(order)).next(ThresholdMethod.MEAN, DataType.FLOAT64);
      }
      assertThat(((ThresholdStep.Found) step).threshold()).isBetween(0.0, 2.0);
    }
  }

  @Test
  void whatCannotBeFoundInAWholeImageIsRefused() {
    NdArray pixels = NdArray.zeros(DataType.UINT32, Shape.of(1, 2));
    pixels.buffer().asIntBuffer().put(new int[] {5, 1 << 21});
    WholeImage image = new WholeImage(pixels, Axes.of("y", "x"), List.of(1.0, 1.0));
    List<Box> tiles = image.whole();
    assertThatThrownBy(() -> image.objects(Segmentation.by(ThresholdMethod.OTSU), tiles))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 5 to 2097152");
    assertThatThrownBy(() -> image.objects(Segmentation.by(ThresholdMethod.MASK), tiles))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("objects of a label image");
  }
}
