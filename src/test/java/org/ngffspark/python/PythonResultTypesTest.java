// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.transform.Parameters;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

/** Numbers of any type are stored in the image's type as Java's transforms store them. */
@NeedsPython
class PythonResultTypesTest {
  /** Returns a row of numbers of some type: about the limits of all types, and halves. */
  private static final String NUMBERS =
      """
      import numpy as np

      def f(patch, *, dtype: str):
          limits = [2.0**bits for bits in (0, 1, 7, 8, 15, 16, 24, 31, 32, 52, 53, 62, 63, 64)]
          values = [sign * (limit + step) for limit in limits for sign in (1, -1)
                    for step in (-1, -0.5, 0, 0.5, 1)]
          values += [0.25, 0.5, 1.5, 2.5, 65504, 65519, 65520, 5.9e-8, 1e-40, 1e300, 1e40]
          dtype = np.dtype(dtype)
          with np.errstate(all="ignore"):
              if dtype.kind == "f":
                  row = np.array(values + [np.nan, np.inf, -np.inf], dtype)
              elif dtype.kind == "b":
                  row = np.array([value > 0 for value in values])
              else:
                  info = np.iinfo(dtype)
                  row = np.array([min(max(int(value), int(info.min)), int(info.max)) for value in values], dtype)
          result = np.zeros(patch.shape, dtype)
          result[0, : row.size] = row
          return result
      """;

  private static final int LENGTH = 200;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(DataType.class)
  void resultsOfEachTypeAreStoredAsInJava(DataType returned) {
    PythonTransform function = TestPython.transform(folder, NUMBERS);
    PythonTransform transform =
        function.configure(Parameters.of(function, Map.of("dtype", returned.zarrName())));
    Patch numbers = TestObject.apply(transform, TestObject.row(DataType.FLOAT64, LENGTH));
    for (DataType type : DataType.values()) {
      MaskedPatch object = TestObject.row(type, LENGTH);
      Patch expected = object.patch().copy();
      for (int i = 0; i < LENGTH; i++) {
        expected.set(i, numbers.value(i));
      }
      Patch stored = TestObject.apply(transform, object);
      for (int i = 0; i < LENGTH; i++) {
        assertThat(stored.value(i))
            .as("%s of %s in %s", numbers.value(i), returned, type)
            .isEqualTo(Double.valueOf(expected.value(i)));
      }
    }
  }

  @Test
  void integersKeepAllTheirBits() {
    String source =
        """
        import numpy as np

        def f(patch, *, dtype: str):
            return np.array([[2**53 + 1, 2**63 - 1]], dtype)
        """;
    PythonTransform function = TestPython.transform(folder, source);
    for (String dtype : List.of("int64", "uint64")) {
      PythonTransform transform =
          function.configure(Parameters.of(function, Map.of("dtype", dtype)));
      for (DataType type : List.of(DataType.INT64, DataType.UINT64)) {
        Patch stored = TestObject.apply(transform, TestObject.row(type, 2));
        assertThat(stored.integer(0)).isEqualTo((1L << 53) + 1);
        assertThat(stored.integer(1)).isEqualTo(Long.MAX_VALUE);
      }
    }
  }

  @Test
  void labelIdsAreStoredExactlyOrNotAtAll() {
    assertThat(ids("int64", "2**63 - 1", DataType.UINT64).integer(0)).isEqualTo(Long.MAX_VALUE);
    assertThat(ids("uint64", "2**64 - 1", DataType.UINT64).integer(0)).isEqualTo(-1);
    assertThat(ids("bool", "True", DataType.UINT16).integer(0)).isEqualTo(1);
    assertThat(ids("int64", "65535", DataType.UINT16).integer(0)).isEqualTo(65535);
    assertThatThrownBy(() -> ids("int64", "65536", DataType.UINT16))
        .hasMessageContaining("it returned the label id 65536, which uint16 does not hold");
    assertThatThrownBy(() -> ids("int8", "-1", DataType.UINT16))
        .hasMessageContaining("the label id -1, which uint16 does not hold");
    assertThatThrownBy(() -> ids("uint64", "2**63", DataType.INT64))
        .hasMessageContaining("label id " + BigInteger.TWO.pow(63));
    assertThatThrownBy(() -> ids("float64", "3", DataType.UINT16))
        .hasMessageContaining("it returned an array of float64; label ids are integers");
  }

  private Patch ids(String dtype, String value, DataType type) {
    String source =
        "import numpy as np\ndef f(patch): return np.array([[" + value + "]], '" + dtype + "')";
    Axes axes = Axes.of("y", "x");
    Patch patch = Patches.zeros(type, axes, 1, 1);
    Patch labels = Patches.of(DataType.UINT8, axes, Shape.of(1, 1), 1);
    return TestObject.apply(
        TestPython.transform(folder, source), MaskedPatch.of(patch, labels, 1, List.of()));
  }
}
