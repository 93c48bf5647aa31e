// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.golden;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.StorePath;

/** Reads arrays saved by numpy: little-endian, C order, fixed-size types. */
public final class NpyFile {
  private static final Pattern HEADER =
      Pattern.compile(
          "'descr': '([|<])([biuf])(\\d)', 'fortran_order': False, 'shape': \\((.*?)\\)");
  private static final int LENGTH_AT = 8;

  private NpyFile() {}

  /** The array of a {@code .npy} file. */
  public static NdArray read(Path file) {
    try {
      return parse(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The array of a {@code .npy} file in a store. */
  public static NdArray read(StorePath file) {
    ByteBuffer content = file.store().read(file.path()).orElseThrow();
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    try {
      return parse(bytes, file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The arrays of a {@code .npz} file by their names, in the order of the file. */
  public static Map<String, NdArray> readAll(Path file) {
    Map<String, NdArray> arrays = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName().replaceFirst("\\.npy$", "");
        arrays.put(name, parse(zip.readAllBytes(), file + ": " + name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return arrays;
  }

  private static NdArray parse(byte[] bytes, String name) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = Short.toUnsignedInt(buffer.getShort(LENGTH_AT));
    int start = LENGTH_AT + Short.BYTES;
    String header = new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    Matcher fields = HEADER.matcher(header);
    if (!fields.find()) {
      throw new IOException(name + " has a header that is not read here: " + header);
    }
    DataType type = type(fields.group(2), Integer.parseInt(fields.group(3)));
    byte[] elements = Arrays.copyOfRange(bytes, start + length, bytes.length);
    return NdArray.wrap(type, shape(fields.group(4)), elements);
  }

  private static DataType type(String kind, int width) {
    String name =
        switch (kind) {
          case "b" -> "bool";
          case "i" -> "int" + 8 * width;
          case "u" -> "uint" + 8 * width;
          default -> "float" + 8 * width;
        };
    return DataType.ofZarrName(name).orElseThrow();
  }

  private static Shape shape(String text) {
    return Shape.of(
        Arrays.stream(text.split(","))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .mapToLong(Long::parseLong)
            .toArray());
  }
}
