// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.NumpyType;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;

/**
 * Reads files of numpy (NEP 1, versions 1 to 3): numbers and bool, both byte orders, C and Fortran
 * order.
 */
final class NpyReader {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int VERSION_AT = 6;
  private static final int LENGTH_AT = 8;
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d\\s,]*)\\)");

  private final String location;
  private final byte[] file;

  /**
   * @param location of the file, for errors
   */
  NpyReader(String location, byte[] file) {
    this.location = location;
    this.file = file;
  }

  /**
   * The array, in C order and native byte order.
   *
   * @throws FormatException if it is no such file, or not whole
   */
  NdArray array() {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int version = file.length > LENGTH_AT + 3 ? file[VERSION_AT] : 0;
    if (version < 1 || version > 3 || !Arrays.equals(Arrays.copyOf(file, MAGIC.length), MAGIC)) {
      throw problem("it is no file of numpy's format 1 to 3");
    }
    int start = LENGTH_AT + (version == 1 ? Short.BYTES : Integer.BYTES);
    int length =
        version == 1 ? Short.toUnsignedInt(bytes.getShort(LENGTH_AT)) : bytes.getInt(LENGTH_AT);
    if (length < 0 || length > file.length - start) {
      throw problem("it ends in its header");
    }
    String header = new String(file, start, length, StandardCharsets.UTF_8);
    NumpyType type = type(find(TYPE, header));
    Shape shape = shape(find(SHAPE, header));
    byte[] pixels = Arrays.copyOfRange(file, start + length, file.length);
    if (shape.elements() != pixels.length / type.width() || pixels.length % type.width() != 0) {
      throw problem(
          "an array %s of %s needs %d bytes, it has %d"
              .formatted(shape, type, shape.elements() * type.width(), pixels.length));
    }
    swap(pixels, type);
    return find(ORDER, header).equals("True")
        ? fromFortran(type, shape, pixels)
        : NdArray.wrap(type.type(), shape, pixels);
  }

  private String find(Pattern field, String header) {
    Matcher found = field.matcher(header);
    if (!found.find()) {
      throw problem("its header is not understood: " + header.strip());
    }
    return found.group(1);
  }

  private NumpyType type(String text) {
    return NumpyType.parse(text)
        .orElseThrow(() -> problem("it holds elements of type '" + text + "', not numbers"));
  }

  private Shape shape(String text) {
    try {
      Shape shape =
          Shape.of(
              Arrays.stream(text.split(","))
                  .map(String::strip)
                  .filter(part -> !part.isEmpty())
                  .mapToLong(Long::parseLong)
                  .toArray());
      shape.elements();
      return shape;
    } catch (IllegalArgumentException | ArithmeticException wrong) {
      throw problem("its shape is (" + text + ")");
    }
  }

  private static void swap(byte[] pixels, NumpyType type) {
    if (type.width() == 1 || type.order() == ByteOrder.nativeOrder()) {
      return;
    }
    for (int i = 0; i < pixels.length; i += type.width()) {
      for (int low = i, high = i + type.width() - 1; low < high; low++, high--) {
        byte one = pixels[low];
        pixels[low] = pixels[high];
        pixels[high] = one;
      }
    }
  }

  private static NdArray fromFortran(NumpyType type, Shape shape, byte[] pixels) {
    NdArray array = NdArray.zeros(type.type(), shape);
    int width = type.width();
    int rank = shape.rank();
    for (int i = 0; i < shape.elements(); i++) {
      long[] place = shape.index(i);
      long from = 0;
      for (int axis = rank - 1; axis >= 0; axis--) {
        from = from * shape.get(axis) + place[axis];
      }
      System.arraycopy(pixels, (int) from * width, array.bytes(), i * width, width);
    }
    return array;
  }

  private FormatException problem(String what) {
    return new FormatException(location, what);
  }
}
