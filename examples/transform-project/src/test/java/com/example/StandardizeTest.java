// SPDX-License-Identifier: Apache-2.0
package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.Transforms;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

class StandardizeTest {
  private static final Axes YX = Axes.of("y", "x");

  private static Patch patch(DataType type, double... values) {
    Shape shape = Shape.of(1, values.length);
    Patch patch =
        Patch.of(
            NdArray.zeros(type, shape), YX, PixelSize.of(YX, 0.1625, 0.1625), Box.whole(shape));
    patch.write(0, values.length, values, 0);
    return patch;
  }

  private static Patch apply(MaskedPatch object, Map<String, String> parameters) {
    MaskedTransform transform =
        Transforms.of(StandardizeTest.class.getClassLoader()).find("standardize", parameters);
    Patch result = object.patch().copy();
    transform.apply(object, result);
    return result;
  }

  @Test
  void theObjectGetsMeanAndDeviationAndTheRestStays() {
    Patch pixels = patch(DataType.UINT16, 7, 10, 30, 7);
    Patch labels = patch(DataType.UINT32, 0, 5, 5, 6);
    MaskedPatch object = MaskedPatch.of(pixels, labels, 5, List.of("DAPI"));
    Patch result = apply(object, Map.of("mean", "500", "deviation", "100"));
    assertEquals(7, result.value(0));
    assertEquals(400, result.value(1));
    assertEquals(600, result.value(2));
    assertEquals(7, result.value(3));
  }

  @Test
  void aFlatObjectIsKeptAndNoted() {
    Patch pixels = patch(DataType.UINT16, 8, 8);
    MaskedPatch object = MaskedPatch.of(pixels, patch(DataType.UINT32, 5, 5), 5, List.of("DAPI"));
    assertEquals(8, apply(object, Map.of()).value(0));
    assertEquals(Set.of("kept: all pixels are equal"), object.notes().texts());
  }

  @Test
  void aDeviationOfZeroIsRefused() {
    Patch pixels = patch(DataType.UINT16, 8);
    MaskedPatch object = MaskedPatch.of(pixels, patch(DataType.UINT32, 5), 5, List.of("DAPI"));
    assertThrows(
        IllegalArgumentException.class, () -> apply(object, Map.of("deviation", "0")));
  }
}
