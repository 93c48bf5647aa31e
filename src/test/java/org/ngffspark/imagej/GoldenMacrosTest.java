// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.imagej;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.golden.Golden;
import org.ngffspark.golden.NpyFile;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.Transforms;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Macros give what ImageJ alone gave in a process with a display, for the same pixels with the same
 * selection; in one thread and in many at once.
 */
class GoldenMacrosTest {
  private static final int OBJECT = 3;
  private static final int TIMES = 8;
  private static final Map<String, NdArray> PLANES =
      NpyFile.readAll(Golden.path("imagej/planes.npz"));

  static Stream<Arguments> macros() {
    return Golden.json("imagej/macros.json").properties().stream()
        .flatMap(
            macro ->
                Stream.of("uint8", "uint16", "float32")
                    .map(type -> Arguments.of(macro.getKey(), type, macro.getValue())));
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("macros")
  void pixelsOfTheObjectAreThoseOfImageJ(String name, String type, JsonNode macro) {
    MaskedPatch object = object(PLANES.get(type));
    NdArray expected = expected(object, PLANES.get(name + "-" + type));
    MaskedTransform transform =
        Transforms.of(getClass().getClassLoader())
            .find("imagej", Map.of("macro", macro.textValue()));
    IntStream.range(0, TIMES)
        .parallel()
        .mapToObj(
            time -> {
              Patch result = object.patch().copy();
              transform.apply(object, result);
              return result;
            })
        .forEach(result -> Golden.assertSame(name, result.pixels(), expected));
  }

  private static MaskedPatch object(NdArray plane) {
    Axes axes = Axes.of("y", "x");
    PixelSize pixel = PixelSize.of(axes, 1, 1);
    Box box = Box.whole(plane.shape());
    Patch labels = Patch.of(NdArray.zeros(DataType.UINT8, plane.shape()), axes, pixel, box);
    byte[] mask = PLANES.get("mask").bytes();
    for (int i = 0; i < mask.length; i++) {
      labels.set(i, mask[i] == 0 ? 0 : OBJECT);
    }
    return MaskedPatch.of(Patch.of(plane, axes, pixel, box), labels, OBJECT, List.of());
  }

  /** Pixels that are none of the object stay, whatever the macro made of them. */
  private static NdArray expected(MaskedPatch object, NdArray ofImageJ) {
    Patch expected = object.patch().copy();
    Patch there =
        Patch.of(ofImageJ, expected.axes(), expected.pixelSize(), Box.whole(ofImageJ.shape()));
    for (int i = 0; i < expected.size(); i++) {
      if (object.mask().at(i)) {
        expected.set(i, there.value(i));
      }
    }
    return expected.pixels();
  }
}
