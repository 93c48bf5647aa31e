// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

/** Objects to apply functions to. */
final class TestObject {
  static final long LABEL = 7;

  private TestObject() {}

  /** 2 x 3 pixels 10 … 60, of which the second and third belong to the object 7. */
  static MaskedPatch small() {
    Axes axes = Axes.of("y", "x");
    Shape shape = Shape.of(2, 3);
    Patch patch = Patches.of(DataType.UINT16, axes, shape, 10, 20, 30, 40, 50, 60);
    Patch labels = Patches.of(DataType.UINT32, axes, shape, 0, LABEL, LABEL, 0, 9, 0);
    return MaskedPatch.of(patch, labels, LABEL, List.of("DAPI"));
  }

  /** A row of pixels that all belong to the object. */
  static MaskedPatch row(DataType type, int length) {
    Axes axes = Axes.of("y", "x");
    double[] ones = new double[length];
    Arrays.fill(ones, 1);
    Patch patch = Patches.zeros(type, axes, 1, length);
    Patch labels = Patches.of(DataType.UINT8, axes, Shape.of(1, length), ones);
    return MaskedPatch.of(patch, labels, 1, List.of("DAPI"));
  }

  /** The pixels that a transform gives an object. */
  static Patch apply(PythonTransform transform, MaskedPatch object) {
    Patch result = object.patch().copy();
    transform.apply(object, result);
    return result;
  }

  /** The pixels that a transform gives {@link #small}. */
  static List<Integer> apply(PythonTransform transform) {
    Patch result = apply(transform, small());
    return IntStream.range(0, result.size()).mapToObj(i -> (int) result.value(i)).toList();
  }
}
