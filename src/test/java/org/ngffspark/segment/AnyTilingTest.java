// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.DataType;

/** Objects of a whole image are those of the image in one piece, however it is cut into tiles. */
class AnyTilingTest {
  private static final int ROUNDS = 300;
  private static final double[] SPACING = {1.5, 1, 1};

  private final long seed = System.nanoTime();
  private final SplittableRandom random = new SplittableRandom(seed);

  @Test
  void anyTilingFindsTheSameObjects() {
    int objects = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Volume volume = volume();
      DataType type = random.nextBoolean() ? DataType.UINT8 : DataType.FLOAT32;
      double[] values = values(volume, type);
      Segmentation how = how(type);
      String what = "seed %d, round %d: %s of %s in %s".formatted(seed, round, how, type, volume);
      int[] whole = whole(how, values, type, volume);
      assertThat(inTiles(how, values, type, volume)).as(what).isEqualTo(whole);
      objects += Arrays.stream(whole).max().orElse(0);
    }
    assertThat(objects).isGreaterThan(3 * ROUNDS);
  }

  private Volume volume() {
    int depth = random.nextInt(3) == 0 ? 1 + random.nextInt(6) : 1;
    return new Volume(depth == 1 ? 2 : 3, depth, 1 + random.nextInt(24), 1 + random.nextInt(24));
  }

  private double[] values(Volume volume, DataType type) {
    double[] values = new double[volume.size()];
    for (int i = 0; i < values.length; i++) {
      boolean same = i > 0 && random.nextInt(2) > 0;
      values[i] = same ? values[i - 1] : random.nextInt(type.isFloat() ? 1000 : 256);
    }
    return values;
  }

  private Segmentation how(DataType type) {
    ThresholdMethod[] methods =
        type.isFloat()
            ? new ThresholdMethod[] {
              ThresholdMethod.OTSU, ThresholdMethod.LOCAL, ThresholdMethod.TRIANGLE
            }
            : new ThresholdMethod[] {
              ThresholdMethod.OTSU,
              ThresholdMethod.MEAN,
              ThresholdMethod.LI,
              ThresholdMethod.LOCAL,
              ThresholdMethod.LOCAL_MEAN
            };
    Segmentation how = Segmentation.by(methods[random.nextInt(methods.length)]);
    how = how.around(3 + 2 * random.nextInt(3), random.nextInt(-3, 3));
    how = random.nextBoolean() ? how.smoothed(random.nextInt(1, 10) / 10.0) : how;
    how = random.nextBoolean() ? how.with(Segmentation.Holes.FILL) : how;
    how = random.nextBoolean() ? how.with(Connectivity.FULL) : how;
    return how.atLeast(random.nextInt(4));
  }

  private static int[] whole(Segmentation how, double[] values, DataType type, Volume volume) {
    boolean[] mask = new boolean[values.length];
    Arrays.fill(mask, true);
    return new PatchSegmentation(how).objects(values, type, mask, volume, SPACING);
  }

  private int[] inTiles(Segmentation how, double[] values, DataType type, Volume volume) {
    TileSegmentation segmentation = new TileSegmentation(how, type, SPACING);
    List<ImageBox> places = places(volume);
    OptionalDouble threshold = threshold(how, type, segmentation, values, volume, places);
    List<TileRegions> tiles = new ArrayList<>();
    for (ImageBox place : places) {
      Block smooth = segmentation.smoothed(block(segmentation, values, volume, place));
      tiles.add(segmentation.regions(smooth, place, threshold));
    }
    JoinedRegions joined = RegionJoin.of(tiles, how, 0);
    int[] labels = new int[values.length];
    for (int tile = 0; tile < tiles.size(); tile++) {
      long[] painted = TileSegmentation.paint(tiles.get(tile), joined.ids().get(tile));
      for (int pixel = 0; pixel < painted.length; pixel++) {
        labels[(int) places.get(tile).index(pixel)] = (int) painted[pixel];
      }
    }
    assertThat(Arrays.stream(labels).max().orElse(0)).isEqualTo(joined.objects());
    return labels;
  }

  private static OptionalDouble threshold(
      Segmentation how,
      DataType type,
      TileSegmentation segmentation,
      double[] values,
      Volume volume,
      List<ImageBox> places) {
    if (!how.method().isGlobal()) {
      return OptionalDouble.empty();
    }
    double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    List<Block> blocks = new ArrayList<>();
    for (ImageBox place : places) {
      Block smooth = segmentation.smoothed(block(segmentation, values, volume, place));
      blocks.add(smooth);
      double[] own = smooth.range();
      range[0] = Math.min(range[0], own[0]);
      range[1] = Math.max(range[1], own[1]);
    }
    ValueCounts counts =
        type.isFloat() ? ValueCounts.ofNumbers(range[0], range[1]) : ValueCounts.ofIntegers(type);
    ValueCounts sum = counts;
    for (Block block : blocks) {
      sum = sum.plus(counts.plus(block));
    }
    return OptionalDouble.of(sum.threshold(how.method()));
  }

  private List<ImageBox> places(Volume volume) {
    int depth = 1 + random.nextInt(volume.depth());
    int height = 1 + random.nextInt(volume.height());
    int width = 1 + random.nextInt(volume.width());
    List<ImageBox> places = new ArrayList<>();
    for (int z = 0; z < volume.depth(); z += depth) {
      for (int y = 0; y < volume.height(); y += height) {
        for (int x = 0; x < volume.width(); x += width) {
          places.add(
              new ImageBox(
                  z,
                  y,
                  x,
                  Math.min(depth, volume.depth() - z),
                  Math.min(height, volume.height() - y),
                  Math.min(width, volume.width() - x),
                  volume.depth(),
                  volume.height(),
                  volume.width()));
        }
      }
    }
    return places;
  }

  private static Block block(
      TileSegmentation segmentation, double[] values, Volume volume, ImageBox place) {
    int[] low = new int[3];
    int[] high = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      int reach = segmentation.reach(axis, volume.depth());
      low[axis] = Math.max(0, place.start(axis) - reach);
      high[axis] = Math.min(volume.length(axis), place.stop(axis) + reach);
    }
    Volume around =
        new Volume(volume.dimensions(), high[0] - low[0], high[1] - low[1], high[2] - low[2]);
    double[] cut = new double[around.size()];
    for (int z = 0; z < around.depth(); z++) {
      for (int y = 0; y < around.height(); y++) {
        System.arraycopy(
            values,
            volume.index(z + low[0], y + low[1], low[2]),
            cut,
            around.index(z, y, 0),
            around.width());
      }
    }
    int first = around.index(place.z() - low[0], place.y() - low[1], place.x() - low[2]);
    return new Block(cut, around, place.volume(), first);
  }

  @Test
  void meansOfFloatsAndSplittingAreNotForWholeImages() {
    assertThatThrownBy(() -> ValueCounts.ofNumbers(0, 1).threshold(ThresholdMethod.LI))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("li needs all values of a float image at once");
    Segmentation split = Segmentation.by(ThresholdMethod.OTSU).split(3);
    assertThatThrownBy(() -> new TileSegmentation(split, DataType.UINT8, SPACING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("second step");
    assertThatThrownBy(() -> ValueCounts.ofIntegers(DataType.UINT32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("uint32");
  }
}
