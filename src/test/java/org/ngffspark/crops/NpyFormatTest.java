// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

class NpyFormatTest {

  private static String header(byte[] file) {
    int length = (file[8] & 0xff) | (file[9] & 0xff) << 8;
    return new String(file, 10, length, StandardCharsets.US_ASCII);
  }

  @Test
  void theHeaderSaysTypeAndShape() {
    byte[] file = NpyFormat.encode(NdArray.zeros(DataType.UINT16, Shape.of(2, 3, 4)));
    assertThat(Arrays.copyOf(file, 8))
        .isEqualTo(new byte[] {(byte) 0x93, 78, 85, 77, 80, 89, 1, 0});
    assertThat(header(file).strip())
        .isEqualTo("{'descr': '<u2', 'fortran_order': False, 'shape': (2, 3, 4), }");
    assertThat(header(file)).endsWith("\n");
    assertThat(header(NpyFormat.encode(NdArray.zeros(DataType.BOOL, Shape.of(5)))).strip())
        .isEqualTo("{'descr': '|b1', 'fortran_order': False, 'shape': (5,), }");
    assertThat(header(NpyFormat.encode(NdArray.zeros(DataType.FLOAT64, Shape.of(1, 1)))))
        .contains("'<f8'");
    assertThat(header(NpyFormat.encode(NdArray.zeros(DataType.INT8, Shape.of(1, 1)))))
        .contains("'|i1'");
  }

  @Test
  void pixelsStartAtAMultipleOf64() {
    SplittableRandom random = new SplittableRandom(1);
    for (int rank = 1; rank <= 5; rank++) {
      long[] lengths = random.longs(rank, 1, 12).toArray();
      NdArray array = NdArray.zeros(DataType.INT32, Shape.of(lengths));
      random.nextBytes(array.bytes());
      byte[] file = NpyFormat.encode(array);
      int start = file.length - array.bytes().length;
      assertThat(start % 64).as(Arrays.toString(lengths)).isZero();
      assertThat(header(file).length()).isEqualTo(start - 10);
      assertThat(Arrays.copyOfRange(file, start, file.length)).isEqualTo(array.bytes());
    }
  }
}
