// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

class SyntheticCellsTest {
  private static final int HEIGHT = 540;
  private static final int WIDTH = 640;
  private static final Box WHOLE = Box.whole(Shape.of(HEIGHT, WIDTH));
  private static final CellParameters PARAMETERS =
      new CellParameters(11, HEIGHT, WIDTH, 48, 270, 320);

  private final SyntheticCells cells = new SyntheticCells(PARAMETERS);
  private final RenderedTile whole = cells.render(WHOLE, 3);

  private static IntBuffer ids(NdArray labels) {
    return labels.buffer().asIntBuffer();
  }

  @Test
  void theSameSeedGivesTheSamePixels() {
    RenderedTile again = new SyntheticCells(PARAMETERS).render(WHOLE, 3);
    for (int channel = 0; channel < 3; channel++) {
      assertThat(again.channels().get(channel).bytes())
          .isEqualTo(whole.channels().get(channel).bytes());
    }
    assertThat(again.cells().bytes()).isEqualTo(whole.cells().bytes());
    CellParameters other = new CellParameters(12, HEIGHT, WIDTH, 48, 270, 320);
    assertThat(new SyntheticCells(other).render(WHOLE, 1).nuclei().bytes())
        .isNotEqualTo(whole.nuclei().bytes());
  }

  @Test
  void anyBoxIsAPartOfTheWhole() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 20; round++) {
      int top = random.nextInt(HEIGHT);
      int left = random.nextInt(WIDTH);
      Box box =
          Box.of(
              new long[] {top, left},
              new long[] {
                top + 1 + random.nextInt(HEIGHT - top), left + 1 + random.nextInt(WIDTH - left)
              });
      RenderedTile tile = cells.render(box, 3);
      for (int channel = 0; channel < 3; channel++) {
        assertThat(tile.channels().get(channel).bytes())
            .as("channel %d of %s", channel, box)
            .isEqualTo(whole.channels().get(channel).cut(box).bytes());
      }
      assertThat(tile.nuclei().bytes()).isEqualTo(whole.nuclei().cut(box).bytes());
      assertThat(tile.cells().bytes()).isEqualTo(whole.cells().cut(box).bytes());
    }
  }

  @Test
  void everyNucleusHasPixelsAndAreaOfRealOnes() {
    Map<Integer, Integer> areas = new HashMap<>();
    IntBuffer nuclei = ids(whole.nuclei());
    while (nuclei.hasRemaining()) {
      areas.merge(nuclei.get(), 1, Integer::sum);
    }
    areas.remove(0);
    assertThat(cells.size()).isBetween(46, 49);
    assertThat(areas.keySet()).hasSize(cells.size()).allMatch(id -> id >= 1 && id <= cells.size());
    assertThat(areas.values()).allMatch(area -> area < Math.PI * 33 * 33);
    double mean = areas.values().stream().mapToInt(Integer::intValue).average().orElseThrow();
    assertThat(mean).isBetween(Math.PI * 17 * 17, Math.PI * 26 * 26);
  }

  @Test
  void someNucleiTouchAndSomeAreCutByTheBorder() {
    SyntheticCells many =
        new SyntheticCells(new CellParameters(5, 2 * HEIGHT, 2 * WIDTH, 200, 540, 640));
    IntBuffer nuclei = ids(many.render(Box.whole(Shape.of(1080, 1280)), 1).nuclei());
    Set<Long> touching = new HashSet<>();
    Set<Integer> cut = new HashSet<>();
    for (int i = 1; i < nuclei.capacity(); i++) {
      int left = nuclei.get(i - 1);
      int right = nuclei.get(i);
      if (i % 1280 == 0) {
        cut.add(right);
      } else if (left != right && left != 0 && right != 0) {
        touching.add(Math.min(left, right) * 1000L + Math.max(left, right));
      }
    }
    cut.remove(0);
    assertThat(touching).hasSizeGreaterThan(5);
    assertThat(cut).hasSizeGreaterThan(1);
  }

  @Test
  void aNucleusLiesInOneCellBody() {
    Map<Integer, Integer> bodies = new HashMap<>();
    IntBuffer nuclei = ids(whole.nuclei());
    IntBuffer around = ids(whole.cells());
    for (int i = 0; i < nuclei.capacity(); i++) {
      if (nuclei.get(i) != 0) {
        assertThat(
                bodies.merge(
                    nuclei.get(i), around.get(i), (old, now) -> old.equals(now) ? now : -1))
            .as("body of nucleus %d", nuclei.get(i))
            .isNotNegative();
      }
    }
    assertThat(bodies.values().stream().filter(body -> body != 0).distinct().count())
        .isEqualTo(bodies.values().stream().filter(body -> body != 0).count());
  }

  @Test
  void nucleiAreBrightInTheirChannelAndTheBackgroundIsNoise() {
    NdArray dapi = whole.channels().get(0);
    IntBuffer nuclei = ids(whole.nuclei());
    double inside = 0;
    double outside = 0;
    double squares = 0;
    int count = 0;
    int rest = 0;
    for (int i = 0; i < nuclei.capacity(); i++) {
      int value = Short.toUnsignedInt(dapi.buffer().getShort(2 * i));
      if (nuclei.get(i) != 0) {
        inside += value;
        count++;
      } else {
        outside += value;
        squares += (double) value * value;
        rest++;
      }
    }
    double mean = outside / rest;
    assertThat(inside / count).isGreaterThan(3 * mean);
    assertThat(mean).isBetween(110.0, 300.0);
    assertThat(Math.sqrt(squares / rest - mean * mean)).isGreaterThan(3);
  }

  @Test
  void asManyAsFitAreMadeAndNoneWhereNoneAreAsked() {
    assertThat(new SyntheticCells(new CellParameters(1, 300, 300, 4000, 300, 300)).size())
        .isBetween(1000, 4001);
    SyntheticCells empty = new SyntheticCells(new CellParameters(1, 20, 30, 0, 20, 30));
    assertThat(empty.size()).isZero();
    assertThat(empty.render(Box.whole(Shape.of(20, 30)), 2).nuclei().bytes())
        .containsOnly((byte) 0);
  }

  @Test
  void wrongNumbersAreRefused() {
    assertThatThrownBy(() -> new CellParameters(1, 0, 10, 1, 10, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0 x 10");
    Box outside = Box.of(new long[] {0, 0}, new long[] {HEIGHT + 1, 5});
    assertThatThrownBy(() -> cells.render(outside, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reaches outside [540, 640]");
    assertThat(SyntheticCells.CHANNELS).isEqualTo(List.of("DAPI", "GFP", "RFP"));
  }
}
