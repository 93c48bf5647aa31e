// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;

/** The fixtures that {@code src/test/python/make_golden.py} makes, and how to compare with them. */
public final class Golden {
  private Golden() {}

  /** A file or folder below {@code golden}. */
  public static Path path(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(Golden.class.getResource("/golden/" + name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static JsonNode json(String name) {
    try {
      return new ObjectMapper().readTree(path(name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of a gzipped CSV file by the names in its first line; no field is quoted. */
  public static List<Map<String, String>> rows(String name) {
    List<Map<String, String>> rows = new ArrayList<>();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(path(name)));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String[] head = lines.readLine().split(",", -1);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(",", -1);
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < head.length; i++) {
          row.put(head[i], fields[i]);
        }
        rows.add(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  /** Fails, naming the first element that differs, unless both hold the same; NaN equals NaN. */
  public static void assertSame(String what, NdArray actual, NdArray expected) {
    assertThat(actual.type()).as("%s: type", what).isEqualTo(expected.type());
    assertThat(actual.shape()).as("%s: shape", what).isEqualTo(expected.shape());
    int width = actual.type().bytes();
    for (int at = 0; at < actual.bytes().length; at += width) {
      if (!sameElement(actual, expected, at)) {
        assertThat(element(actual, at))
            .as("%s: element %d of %s", what, at / width, actual)
            .isEqualTo(element(expected, at));
      }
    }
  }

  private static boolean sameElement(NdArray left, NdArray right, int at) {
    for (int i = at; i < at + left.type().bytes(); i++) {
      if (left.bytes()[i] != right.bytes()[i]) {
        return isNaN(left, at) && isNaN(right, at);
      }
    }
    return true;
  }

  private static boolean isNaN(NdArray array, int at) {
    return switch (array.type()) {
      case FLOAT32 -> Float.isNaN(array.buffer().getFloat(at));
      case FLOAT64 -> Double.isNaN(array.buffer().getDouble(at));
      default -> false;
    };
  }

  private static String element(NdArray array, int at) {
    DataType type = array.type();
    return switch (type) {
      case FLOAT32 -> Float.toString(array.buffer().getFloat(at));
      case FLOAT64 -> Double.toString(array.buffer().getDouble(at));
      default -> type + " 0x" + hexadecimal(array, at);
    };
  }

  private static String hexadecimal(NdArray array, int at) {
    StringBuilder text = new StringBuilder();
    for (int i = at + array.type().bytes() - 1; i >= at; i--) {
      text.append(String.format("%02x", array.bytes()[i]));
    }
    return text.toString();
  }
}
