// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.StringArray;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/** Parts of AnnData groups that no program at hand writes, or not into tables. */
class AnnDataPartsTest {
  private final StorePath root = StorePath.root(new MemoryStore()).child("table");

  private static ObjectNode encoding(String type) {
    return Json.object().put("encoding-type", type);
  }

  private AnnDataNode group(ZarrFormat format, String name, ObjectNode attributes) {
    Group.create(root.child(name), format, attributes);
    return new AnnDataNode(root.child(name), format, attributes);
  }

  private void array(ZarrFormat format, String name, DataType type, long... values) {
    Shape shape = Shape.of(values.length);
    Shape chunk = Shape.of(Math.max(1, values.length));
    NdArray elements = NdArray.zeros(type, shape);
    for (int i = 0; i < values.length; i++) {
      if (type == DataType.BOOL) {
        elements.bytes()[i] = (byte) values[i];
      } else {
        elements.buffer().putLong(i * Long.BYTES, values[i]);
      }
    }
    ZarrArray.create(
            root.child(name),
            ArrayMetadata.defaults(format, shape, chunk, type, List.of()),
            encoding("array"))
        .write(Box.whole(shape), elements);
  }

  @ParameterizedTest
  @EnumSource(value = ZarrFormat.class, names = "N5", mode = EnumSource.Mode.EXCLUDE)
  void missingStringsAreToldFromEmptyOnes(ZarrFormat format) {
    AnnDataNode frame = group(format, "obs", encoding("dataframe"));
    group(format, "obs/note", encoding("nullable-string-array"));
    StringArray.create(
        root.child("obs/note/values"), format, List.of("a", "", ""), encoding("string-array"));
    array(format, "obs/note/mask", DataType.BOOL, 0, 1, 0);
    Column column = new AnnDataSeries(frame, OptionalInt.of(3)).read("note");
    assertThat(column).isEqualTo(StringColumn.wrap("note", new String[] {"a", null, ""}));
  }

  @ParameterizedTest
  @EnumSource(value = ZarrFormat.class, names = "N5", mode = EnumSource.Mode.EXCLUDE)
  void missingIntegersOfAnIndexAreKept(ZarrFormat format) {
    AnnDataNode frame = group(format, "obs", encoding("dataframe").put("_index", "label"));
    group(format, "obs/label", encoding("nullable-integer"));
    array(format, "obs/label/values", DataType.INT64, 5, 6);
    array(format, "obs/label/mask", DataType.BOOL, 0, 1);
    assertThat(AnnDataFrame.open(frame).index())
        .isEqualTo(LongColumn.wrap("label", new long[] {5, 0}, BitSet.valueOf(new long[] {2})));
  }

  @Test
  void aMaskOfAnotherLengthIsRefused() {
    AnnDataNode frame = group(ZarrFormat.V3, "obs", encoding("dataframe"));
    group(ZarrFormat.V3, "obs/few", encoding("nullable-integer"));
    array(ZarrFormat.V3, "obs/few/values", DataType.INT64, 5, 6);
    array(ZarrFormat.V3, "obs/few/mask", DataType.BOOL, 0);
    assertThatThrownBy(() -> new AnnDataSeries(frame, OptionalInt.of(2)).read("few"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("table/obs/few/mask: its shape must be [2], got [1]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 1 3 | 2 0 1 | 2 3 | 0 0 7 8 9 0",
        "0 0 0 |       | 2 3 | 0 0 0 0 0 0",
      })
  void aMatrixCompressedByRowsIsReadWithItsZeros(
      String starts, String places, String shape, String values) {
    assertThat(matrix("csr_matrix", starts, places, shape, 2, 3)).isEqualTo(numbers(values));
  }

  @Test
  void aMatrixCompressedByColumnsIsReadWithItsZeros() {
    assertThat(matrix("csc_matrix", "0 1 1 3", "1 0 1", "2 3", 2, 3))
        .isEqualTo(numbers("0 0 8 7 0 9"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 1 3 | 2 0 3  | 2 3 | holds index 3 in line 1",
        "0 1 3 | 2 0 -1 | 2 3 | holds index -1 in line 1",
        "0 1 3 | 2 0 0  | 2 3 | holds index 0 in line 1 twice",
        "0 3   | 2 0 0  | 2 3 | has 2 starts of 2 lines",
        "1 1 3 | 2 0 1  | 2 3 | starts at 1 instead of 0 of 3",
        "0 1 2 | 2 0 1  | 2 3 | ends at 2 instead of 3",
        "0 4 3 | 2 0 1  | 2 3 | starts at 4 in line 1, after its end",
        "0 1 3 | 2 0 1  | 3 2 | shape must be [2, 3], got [3,2]",
      })
  void aMatrixThatContradictsItselfIsRefused(
      String starts, String places, String shape, String problem) {
    assertThatThrownBy(() -> matrix("csr_matrix", starts, places, shape, 2, 3))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("table/X: ")
        .hasMessageContaining(problem);
  }

  @Test
  void aMatrixTooLargeForMemoryIsRefused() {
    assertThatThrownBy(() -> matrix("csr_matrix", "0", "", "50000 50000", 50_000, 50_000))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("table/X: ");
  }

  private long[] matrix(
      String encoding, String starts, String places, String shape, int rows, int width) {
    ObjectNode attributes = encoding(encoding);
    for (long length : numbers(shape)) {
      attributes.withArrayProperty("shape").add(length);
    }
    AnnDataNode node = group(ZarrFormat.V2, "X", attributes);
    array(ZarrFormat.V2, "X/indptr", DataType.INT64, numbers(starts));
    array(ZarrFormat.V2, "X/indices", DataType.INT64, numbers(places));
    long[] data = numbers("7 8 9");
    int count = numbers(places).length;
    array(ZarrFormat.V2, "X/data", DataType.INT64, Arrays.copyOf(data, count));
    NdArray values = new AnnDataMatrix(node, rows, width).values();
    long[] all = new long[rows * width];
    values.buffer().asLongBuffer().get(all);
    return all;
  }

  private static long[] numbers(String text) {
    return text == null || text.isBlank()
        ? new long[0]
        : Arrays.stream(text.trim().split(" +")).mapToLong(Long::parseLong).toArray();
  }
}
