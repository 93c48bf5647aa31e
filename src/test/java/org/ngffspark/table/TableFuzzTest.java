// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.zarr.store.FormatException;

/**
 * Tables with bytes changed, cut or added give a {@link FormatException} or, where nothing in the
 * format can tell, a table; never anything else. More rounds: {@code
 * -Dngff.fuzz.iterations=100000}.
 */
class TableFuzzTest {
  private static final int ROUNDS = Integer.getInteger("ngff.fuzz.iterations", 1000);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "features_anndata_v1",
        "odd",
        "rois_csv",
        "generic_json",
        "rois_parquet",
        "masks_parquet"
      })
  void damagedTablesAreRefusedOrReadButNeverHarm(String table) {
    for (String container : List.of("tables-v04", "tables-v05")) {
      GoldenCopy golden = new GoldenCopy(container);
      int read = 0;
      List<String> keys = golden.keys(table);
      for (int round = 0; round < ROUNDS / 2; round++) {
        SplittableRandom random = new SplittableRandom(round);
        String key = keys.get(random.nextInt(keys.size()));
        byte[] whole = golden.bytes(key);
        golden.write(key, damaged(whole, random));
        String what = container + ", " + key + ", round " + round;
        read += isRead(golden.tables(), table, what) ? 1 : 0;
        golden.write(key, whole);
      }
      assertThat(read).as("damaged tables that are read, %s", container).isGreaterThan(ROUNDS / 20);
    }
  }

  private static byte[] damaged(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    int kind = random.nextInt(16);
    if (kind >= 8) {
      return withAnotherDigit(bytes, random);
    }
    if (kind == 0) {
      return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
    }
    if (kind == 1) {
      return Arrays.copyOf(bytes, bytes.length + random.nextInt(1, 20));
    }
    for (int i = random.nextInt(1, 5); i > 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      bytes[at] = kind < 5 ? (byte) (bytes[at] ^ 1 << random.nextInt(8)) : (byte) random.nextInt();
    }
    return bytes;
  }

  /** Most of what is changed so is still a table, of another shape or with other values. */
  private static byte[] withAnotherDigit(byte[] bytes, SplittableRandom random) {
    int[] digits =
        IntStream.range(0, bytes.length).filter(at -> Character.isDigit(bytes[at])).toArray();
    if (digits.length > 0) {
      bytes[digits[random.nextInt(digits.length)]] = (byte) ('0' + random.nextInt(10));
    }
    return bytes;
  }

  private static boolean isRead(Tables tables, String name, String what) {
    try {
      Table table = tables.read(name);
      assertThat(table.columns()).as(what).allMatch(column -> column.size() == table.rows());
      return true;
    } catch (FormatException | IllegalArgumentException clear) {
      // The list still has the table, so only what lies on disk can be wrong.
      assertThat(clear).as(what).isInstanceOf(FormatException.class);
      return false;
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError wrong) {
      throw new AssertionError(what, wrong);
    }
  }
}
