// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.nd.DataType;

class TransformTargetTest {
  @Test
  void aTransformOfIdsDoesNotRunOnAnImage() {
    assertThatThrownBy(
            () -> TransformTarget.check(new Clear(), TransformTarget.IMAGES, DataType.UINT16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Transform 'clear' works on label images only; name the label image to change with"
                + " --on-label");
  }

  @Test
  void aTransformOfImagesDoesNotRunOnIds() {
    assertThatThrownBy(
            () -> TransformTarget.check(new Affine(), TransformTarget.LABELS, DataType.UINT16))
        .hasMessage(
            "Transform 'affine' works on images only; leave --on-label out, or choose one for label"
                + " images");
  }

  @Test
  void idsAreIntegers() {
    assertThatThrownBy(
            () -> TransformTarget.check(new Clear(), TransformTarget.LABELS, DataType.FLOAT32))
        .hasMessage("A label image must hold integers, this one is float32");
  }

  @ParameterizedTest
  @CsvSource({
    "UINT8, 256",
    "INT8, 128",
    "UINT16, 65536",
    "INT32, 2147483648",
    "UINT32, 4294967296",
    "INT64, 9223372036854775808"
  })
  void anIdThatDoesNotFitIsRefusedBeforeTheRunAndOnPixels(DataType type, String id) {
    MaskedTransform relabel = BuiltIn.transform("relabel", Map.of("to", id));
    String message = "Label id " + id + " does not fit into a label image of " + type;
    assertThatThrownBy(() -> TransformTarget.check(relabel, TransformTarget.LABELS, type))
        .hasMessage(message);
    var ids = Patches.zeros(type, Axes.of("y", "x"), 1, 1);
    ids.setInteger(0, 1);
    MaskedPatch object = MaskedPatch.of(ids, ids, 1, List.of());
    assertThatThrownBy(() -> relabel.apply(object, ids.copy())).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "UINT8, 255",
    "INT8, 127",
    "INT64, 9223372036854775807",
    "UINT64, 18446744073709551615"
  })
  void theLargestIdFits(DataType type, String id) {
    MaskedTransform relabel = BuiltIn.transform("relabel", Map.of("to", id));
    assertThatCode(() -> TransformTarget.check(relabel, TransformTarget.LABELS, type))
        .doesNotThrowAnyException();
  }
}
