// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

class LabelTransformsTest {
  private static final Axes YX = Axes.of("y", "x");

  @Test
  void erodingEqualsMeasuringEveryDistance() {
    long seed = 21;
    SplittableRandom random = new SplittableRandom(seed);
    double[] radii = {0.5, 1, Math.sqrt(2), 1.5, 2, Math.sqrt(5), 2.9, 4, 50};
    for (int round = 0; round < 150; round++) {
      Blobs blobs = new Blobs(random);
      Patch ids = blobs.ids(1 + random.nextInt(2), 1 + random.nextInt(9), 1 + random.nextInt(9));
      Patch masking =
          blobs.ids(ids.length(AxisName.Z), ids.length(AxisName.Y), ids.length(AxisName.X));
      MaskedPatch object = MaskedPatch.of(ids, masking, 1, List.of());
      double radius = radii[random.nextInt(radii.length)];
      Patch result = BuiltIn.apply("erode", Map.of("radius", Double.toString(radius)), object);
      for (int i = 0; i < ids.size(); i++) {
        boolean lost = object.mask().at(i) && slowDistance(ids, i) < radius;
        assertThat(result.integer(i))
            .as("seed %d, radius %s, pixel %d of %s", seed, radius, i, ids)
            .isEqualTo(lost ? 0 : ids.integer(i));
      }
    }
  }

  private static double slowDistance(Patch ids, int index) {
    int width = ids.length(AxisName.X);
    int plane = width * ids.length(AxisName.Y);
    int start = index / plane * plane;
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = start; i < start + plane; i++) {
      if (ids.integer(i) != ids.integer(index)) {
        double y = (i - start) / width - (index - start) / width;
        double x = (i - start) % width - (index - start) % width;
        nearest = Math.min(nearest, Math.sqrt(y * y + x * x));
      }
    }
    return nearest;
  }

  @Test
  void relabelingAndClearingTouchIdsInsideTheObjectOnly() {
    Patch ids = Patches.of(DataType.UINT32, YX, Shape.of(2, 3), 0, 3, 4, 5, 0, 6);
    Patch masking = Patches.of(DataType.UINT32, YX, Shape.of(2, 3), 1, 1, 1, 1, 2, 2);
    MaskedPatch object = MaskedPatch.of(ids, masking, 1, List.of());
    assertThat(values(BuiltIn.apply("relabel", Map.of("to", "4000000000"), object)))
        .containsExactly(0, 4e9, 4e9, 4e9, 0, 6);
    assertThat(values(BuiltIn.apply("clear", Map.of(), object))).containsExactly(0, 0, 0, 0, 0, 6);
  }

  @Test
  void largeIdsDifferAlsoWhereTheirDoublesAreEqual() {
    Patch ids = Patches.zeros(DataType.UINT64, YX, 1, 4);
    long id = (1L << 60) + 1;
    ids.setInteger(0, id);
    ids.setInteger(1, id + 1);
    ids.setInteger(2, id);
    ids.setInteger(3, id);
    MaskedPatch object =
        MaskedPatch.of(
            ids, Patches.of(DataType.UINT8, YX, Shape.of(1, 4), 1, 1, 1, 1), 1, List.of());
    Patch result = BuiltIn.apply("keep-largest", Map.of(), object);
    assertThat(result.integer(0)).isZero();
    assertThat(result.integer(1)).isEqualTo(id + 1);
    assertThat(result.integer(3)).isEqualTo(id);
  }

  @Test
  void ofTwoEqualPiecesTheFirstStays() {
    Patch ids = Patches.of(DataType.UINT8, YX, Shape.of(1, 5), 7, 7, 0, 7, 7);
    Patch all = Patches.of(DataType.UINT8, YX, Shape.of(1, 5), 1, 1, 1, 1, 1);
    Patch result = BuiltIn.apply("keep-largest", Map.of(), MaskedPatch.of(ids, all, 1, List.of()));
    assertThat(values(result)).containsExactly(7, 7, 0, 0, 0);
  }

  @Test
  void piecesThatMeetOutsideTheObjectAreSeparateInsideIt() {
    Patch ids = Patches.of(DataType.UINT8, YX, Shape.of(2, 4), 7, 7, 7, 7, 7, 0, 0, 7);
    Patch masking = Patches.of(DataType.UINT8, YX, Shape.of(2, 4), 1, 1, 0, 1, 1, 1, 1, 1);
    Patch result =
        BuiltIn.apply("keep-largest", Map.of(), MaskedPatch.of(ids, masking, 1, List.of()));
    assertThat(values(result)).containsExactly(7, 7, 7, 0, 7, 0, 0, 0);
  }

  private static double[] values(Patch patch) {
    double[] values = new double[patch.size()];
    patch.read(0, values.length, values, 0);
    return values;
  }
}
