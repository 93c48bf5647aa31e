// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

class ValueTransformTest {

  /** Keeps how many values it was asked for at a time. */
  private static final class Counting extends ValueTransform {
    private static final long serialVersionUID = 1L;

    private final transient List<Integer> counts = new ArrayList<>();

    @Override
    protected void compute(double[] values, int count, DataType type) {
      counts.add(count);
      for (int i = 0; i < count; i++) {
        values[i] = values[i] + 1;
      }
    }
  }

  @Test
  void imagesOfSeveralTypesInTurnComputeTheTableOfEachTypeOnce() {
    Counting transform = new Counting();
    Blobs blobs = new Blobs(new SplittableRandom(1));
    for (int round = 0; round < 3; round++) {
      for (DataType type : List.of(DataType.UINT8, DataType.UINT16, DataType.INT8)) {
        MaskedPatch object = blobs.object(type);
        Patch result = object.patch().copy();
        transform.apply(object, result);
      }
    }
    assertThat(transform.counts).containsExactly(1 << 8, 1 << 16, 1 << 8);
  }

  @ParameterizedTest
  @EnumSource
  void aFunctionOfValuesChangesTheObjectsPixelsAsSetDoes(DataType type) {
    MaskedTransform half = MaskedTransform.ofValues(x -> x / 2 + 0.3);
    Blobs blobs = new Blobs(new SplittableRandom(2));
    for (int round = 0; round < 5; round++) {
      MaskedPatch object = blobs.object(type);
      Patch result = object.patch().copy();
      half.apply(object, result);
      Patch expected = object.patch().copy();
      for (int i = 0; i < expected.size(); i++) {
        if (object.mask().at(i)) {
          expected.set(i, expected.value(i) / 2 + 0.3);
        }
      }
      assertThat(result.pixels().bytes()).isEqualTo(expected.pixels().bytes());
    }
    assertThat(half.channelwise()).isTrue();
    assertThat(ValueMap.of(half, type).isPresent()).isEqualTo(type.bytes() <= 2);
  }

  @Test
  void aValueThatTheFunctionThrowsForMattersOnlyIfAnObjectHasIt() {
    double[] gains = new double[300];
    Arrays.fill(gains, 2);
    MaskedTransform transform = MaskedTransform.ofValues(x -> x * gains[(int) x]);
    Axes yx = Axes.of("y", "x");
    Patch labels = Patches.of(DataType.UINT8, yx, Shape.of(1, 3), 1, 1, 2);
    Patch patch = Patches.of(DataType.UINT16, yx, Shape.of(1, 3), 7, 299, 300);
    Patch result = patch.copy();
    transform.apply(MaskedPatch.of(patch, labels, 1, List.of()), result);
    assertThat(List.of(result.at(0, 0), result.at(0, 1), result.at(0, 2)))
        .containsExactly(14.0, 598.0, 300.0);
    assertThatThrownBy(
            () -> transform.apply(MaskedPatch.of(patch, labels, 2, List.of()), patch.copy()))
        .isInstanceOf(ArrayIndexOutOfBoundsException.class)
        .hasMessageContaining("300");
  }

  @Test
  void aFunctionOfValuesIsSentToOtherMachines() throws Exception {
    double offset = 5;
    MaskedTransform sent = MaskedTransform.ofValues(x -> x + offset);
    MaskedPatch object = new Blobs(new SplittableRandom(3)).object(DataType.UINT8);
    Patch expected = object.patch().copy();
    sent.apply(object, expected);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sent);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      MaskedTransform arrived = (MaskedTransform) in.readObject();
      Patch result = object.patch().copy();
      arrived.apply(object, result);
      assertThat(result.pixels().bytes()).isEqualTo(expected.pixels().bytes());
    }
  }
}
