// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;

class NpyReaderTest {
  private static NdArray read(byte[] file) {
    return new NpyReader("a.npy", file).array();
  }

  /** A file as numpy writes it, of the version whose headers may be long. */
  private static byte[] file(String header, byte[] pixels) {
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(12 + text.length + pixels.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0})
        .putInt(text.length)
        .put(text)
        .put(pixels)
        .array();
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void whatWeWriteIsReadBack(DataType type) {
    SplittableRandom random = new SplittableRandom(5);
    NdArray array = NdArray.zeros(type, Shape.of(2, 3, 4));
    random.nextBytes(array.bytes());
    NdArray read = read(NpyFormat.encode(array));
    assertThat(read.type()).isEqualTo(type);
    assertThat(read.shape()).isEqualTo(array.shape());
    assertThat(read.bytes()).isEqualTo(array.bytes());
  }

  @Test
  void otherOrdersOfBytesAndAxesAreBroughtToOurs() {
    byte[] bigEndian = {0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 1, 0};
    NdArray swapped =
        read(file("{'descr': '>u2', 'fortran_order': False, 'shape': (2, 3), }\n", bigEndian));
    assertThat(values(swapped)).containsExactly(1, 2, 3, 4, 5, 256);
    NdArray columns =
        read(file("{'descr': '>u2', 'fortran_order': True, 'shape': (2, 3), }\n", bigEndian));
    assertThat(columns.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(values(columns)).containsExactly(1, 3, 5, 2, 4, 256);
  }

  private static int[] values(NdArray array) {
    ByteBuffer bytes = ByteBuffer.wrap(array.bytes()).order(ByteOrder.nativeOrder());
    int[] values = new int[array.bytes().length / Short.BYTES];
    Arrays.setAll(values, i -> bytes.getShort(2 * i));
    return values;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'descr': '<c8', 'fortran_order': False, 'shape': (2,) | of type '<c8', not numbers",
        "'descr': '<u2', 'fortran_order': False, 'shape': (3,) | [3] of <u2 needs 6 bytes, it has 4",
        "'descr': '<u2', 'shape': (2,) | its header is not understood",
        "'descr': '<u2', 'fortran_order': False, 'shape': (9999999999999999999,) | its shape is",
      })
  void whatIsWrongIsSaid(String header, String message) {
    assertThatThrownBy(() -> read(file("{" + header + ", }\n", new byte[4])))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("a.npy")
        .hasMessageContaining(message);
  }

  @Test
  void aFileThatIsCutIsRefusedWhereverItEnds() {
    byte[] whole = NpyFormat.encode(NdArray.zeros(DataType.UINT8, Shape.of(2, 2)));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut)).as("%d", length).isInstanceOf(FormatException.class);
    }
  }
}
