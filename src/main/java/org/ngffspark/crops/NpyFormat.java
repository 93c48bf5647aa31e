// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;

/** Arrays as files of numpy: NEP 1, version 1.0, C order, native byte order. */
final class NpyFormat {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;
  private static final int LENGTH_BYTES = 2;

  private NpyFormat() {}

  static byte[] encode(NdArray array) {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }"
            .formatted(type(array.type()), shape(array));
    int used = MAGIC.length + LENGTH_BYTES + header.length() + 1;
    int padded = header.length() + 1 + (ALIGNMENT - used % ALIGNMENT) % ALIGNMENT;
    ByteArrayOutputStream file =
        new ByteArrayOutputStream(MAGIC.length + padded + array.bytes().length);
    file.writeBytes(MAGIC);
    file.write(padded & 0xff);
    file.write(padded >>> 8);
    file.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(" ".repeat(padded - header.length() - 1).getBytes(StandardCharsets.US_ASCII));
    file.write('\n');
    file.writeBytes(array.bytes());
    return file.toByteArray();
  }

  private static String type(DataType type) {
    String kind =
        switch (type.kind()) {
          case BOOL -> "b";
          case SIGNED -> "i";
          case UNSIGNED -> "u";
          case FLOAT -> "f";
        };
    boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    String order = type.bytes() == 1 ? "|" : little ? "<" : ">";
    return order + kind + type.bytes();
  }

  private static String shape(NdArray array) {
    String lengths =
        Arrays.stream(array.shape().toArray())
            .mapToObj(Long::toString)
            .collect(Collectors.joining(", "));
    return array.shape().rank() == 1 ? "(" + lengths + ",)" : "(" + lengths + ")";
  }
}
