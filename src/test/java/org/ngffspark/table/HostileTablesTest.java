// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ngffspark.zarr.store.FormatException;

/** Tables that are damaged or lie: the error names the file and says what is wrong with it. */
class HostileTablesTest {
  private static final String SHAPE = "\"shape\": [\n    ";

  private final GoldenCopy golden = new GoldenCopy("tables-v04");
  private final Tables tables = golden.tables();

  private void assertRefused(String table, String file, String problem) {
    assertThatThrownBy(() -> tables.read(table))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("tables/" + table + file)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "obs/.zattrs | \"_index\": \"label\" | \"_index\": 5 | /obs | _index must be a string",
        "obs/.zattrs | \"_index\": \"label\" | \"_index\": \"gone\" | /obs/gone | it is missing",
        "obs/.zattrs | \"_index\": \"label\" | \"_index\": \"../../x\" | /obs | leads out of",
        "obs/.zattrs | \"_index\": \"label\" | \"_index\": \"/etc\" | /obs | not a relative path",
        "obs/.zattrs | dataframe | frame | /obs | must be \"dataframe\", got \"frame\"",
        "obs/.zattrs | \"cells\" | \"../X\" | /obs | leads out of",
        "obs/cells/.zattrs | \"array\" | \"rec-array\" | /obs/cells | \"rec-array\" is not support",
        "obs/cells/.zarray | '    4' | '    5' | /obs/cells | shape must be [4], got [5]",
        "obs/cells/.zarray | '    4' | '    200000000' | /obs/cells | [4], got [200000000]",
        "obs/drug/codes/.zarray | '|i1' | '|b1' | /obs/drug/codes | codes of categories must be",
        "X/.zattrs | \"array\" | \"coo_matrix\" | /X | \"csc_matrix\", got \"coo_matrix\"",
        "X/.zattrs | \"array\" | \"csr_matrix\" | /X | shape must be [4, 2], got nothing",
        "X/.zarray | '    4' | '    8' | /X | shape must be [4, 2], got [8, 2]",
        "X/.zarray | <f8 | <f2 | /X/0.0 | ",
        "var/_index/.zarray | '    2' | '    3' | | ",
        "obs/label/.zarray | '    4' | '    40000000000' | /obs/label | ",
      })
  void anAnnDataGroupThatLiesIsRefused(
      String file, String from, String to, String place, String problem) {
    golden.replace("tables/features_anndata_v1/" + file, from, to);
    assertRefused(
        "features_anndata_v1", place == null ? "" : place, problem == null ? "" : problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cells | 200000000 | 200000000 rows; at most 50000000",
        "cells | 40000000 | in chunks of [4] is stored in 10000000 pieces; at most",
        "label | 60000000 | 60000000 rows; at most 50000000",
        "label | 40000000 | in chunks of [4] is stored in 10000000 pieces; at most",
      })
  void anIndexOfALengthThatCannotBeIsRefusedBeforeItIsRead(
      String index, String rows, String problem) {
    String obs = "tables/features_anndata_v1/obs/";
    golden.replace(obs + ".zattrs", "\"_index\": \"label", "\"_index\": \"" + index);
    golden.replace(obs + index + "/.zarray", SHAPE + "4", SHAPE + rows);
    assertRefused("features_anndata_v1", "/obs/" + index, problem);
  }

  @Test
  void numericCategoriesOfALengthThatCannotBeAreRefused() {
    String drug = "tables/features_anndata_v1/obs/drug/categories/";
    golden.replace(drug + ".zattrs", "string-array", "array");
    golden.write(drug + ".zarray", golden.bytes("tables/features_anndata_v1/obs/cells/.zarray"));
    golden.replace(drug + ".zarray", SHAPE + "4", SHAPE + "200000000");
    assertRefused(
        "features_anndata_v1", "/obs/drug/categories", "200000000 rows; at most 50000000");
  }

  @Test
  void aCategoryOutOfRangeIsRefused() {
    golden.replace(
        "tables/features_anndata_v1/obs/drug/codes/.zarray",
        "\"fill_value\": 0",
        "\"fill_value\": 9");
    golden.delete("tables/features_anndata_v1/obs/drug/codes/0");
    assertRefused(
        "features_anndata_v1", "/obs/drug/codes", "code 9 in row 0 is none of the 2 categories");
    golden.replace(
        "tables/features_anndata_v1/obs/drug/codes/.zarray",
        "\"fill_value\": 9",
        "\"fill_value\": -2");
    assertRefused("features_anndata_v1", "/obs/drug/codes", "code -2 in row 0 is none of");
  }

  @Test
  void missingPartsAreRefused() {
    golden.delete("tables/masks_csv/table.csv");
    assertRefused("masks_csv", "/table.csv", "the file is missing");
    golden.delete("tables/masks_parquet/table.parquet");
    assertRefused("masks_parquet", "/table.parquet", "the file is missing");
    golden.delete("tables/masks_json/table/.zgroup");
    assertRefused("masks_json", "/table", "the group is missing");
    golden.delete("tables/masks_anndata_v1/obs/.zattrs");
    assertRefused("masks_anndata_v1", "/obs", "must be \"dataframe\", got \"\"");
    golden.delete("tables/masks_anndata_v1/obs/.zgroup");
    assertRefused("masks_anndata_v1", "/obs", "it is missing");
  }

  @Test
  void anIndexThatIsNotThereIsRefused() {
    golden.replace("tables/masks_csv/.zattrs", "\"label\"", "\"nucleus\"");
    assertRefused(
        "masks_csv", "/table.csv", "index_key 'nucleus' names no column; there are [label, x_mic");
    golden.replace("tables/masks_json/.zattrs", "\"int\"", "\"float\"");
    assertRefused("masks_json", "/table", "index_type must be \"int\" or \"str\", got \"float\"");
  }

  @Test
  void aTruncatedParquetFileIsRefused() {
    String key = "tables/masks_parquet/table.parquet";
    byte[] whole = golden.bytes(key);
    for (int length = 0; length < whole.length; length += 97) {
      golden.write(key, Arrays.copyOf(whole, length));
      assertRefused("masks_parquet", "/table.parquet", "not a whole Parquet file");
    }
  }

  @Test
  void aParquetFileThatPromisesMoreRowsThanItsBytesCanHoldIsRefused() throws IOException {
    String key = "tables/masks_parquet/table.parquet";
    golden.write(key, promising(golden.bytes(key), 30_000_000));
    assertRefused("masks_parquet", "/table.parquet", "bytes cannot hold 30000000 rows");
  }

  /** The same file whose footer says that its row group has so many rows. */
  private static byte[] promising(byte[] file, long rows) throws IOException {
    int tail = Integer.BYTES + 4;
    ByteBuffer end = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int footer = file.length - tail - end.getInt(file.length - tail);
    FileMetaData metadata =
        Util.readFileMetaData(new ByteArrayInputStream(file, footer, file.length - footer));
    RowGroup group = metadata.getRow_groups().get(0);
    group.setNum_rows(rows);
    group.getColumns().forEach(column -> column.getMeta_data().setNum_values(rows));
    ByteArrayOutputStream promising = new ByteArrayOutputStream();
    promising.write(file, 0, footer);
    Util.writeFileMetaData(metadata, promising);
    int length = promising.size() - footer;
    promising.write(
        ByteBuffer.allocate(tail)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(length)
            .put("PAR1".getBytes(StandardCharsets.US_ASCII))
            .array());
    return promising.toByteArray();
  }

  @Test
  void aTextThatIsNotUtf8IsRefused() {
    golden.write("tables/masks_csv/table.csv", new byte[] {'a', '\n', (byte) 0xff, '\n'});
    assertRefused("masks_csv", "/table.csv", "the text is not UTF-8");
  }

  @Test
  void columnsOfTheSameNameOrDifferentLengthAreRefused() {
    golden.write(
        "tables/masks_csv/table.csv", "label,a,a\n1,2,3\n".getBytes(StandardCharsets.UTF_8));
    assertRefused("masks_csv", "/table.csv", "Two columns are named 'a'");
    golden.replace("tables/masks_json/table/.zattrs", "1009,", "");
    assertRefused("masks_json", "/table", "must have the same length");
  }

  @Test
  void oneVeryLongLineIsReadAsOne() {
    String text = "label,note\n1,\"" + "x".repeat(20_000_000) + "\"\n";
    golden.write("tables/masks_csv/table.csv", text.getBytes(StandardCharsets.UTF_8));
    assertThat(tables.read("masks_csv").column("note").text(0)).hasSize(20_000_000);
    golden.write(
        "tables/masks_csv/table.csv",
        ("label\n1" + ",1".repeat(1_000_000) + "\n").getBytes(StandardCharsets.UTF_8));
    assertRefused("masks_csv", "/table.csv", "line 2 has 1000001 fields, the header has 1");
  }
}
