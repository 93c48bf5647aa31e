// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "+17, 17",
    "007, 7",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808"
  })
  void integersAreRead(String text, long value) {
    assertThat(Numbers.parseLong(text)).hasValue(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        "1.0",
        "1e3",
        " 1",
        "1 ",
        "1_000",
        "0x10",
        "٣",
        "9223372036854775808",
        "-9223372036854775809",
        "9999999999999999999",
        "10000000000000000000"
      })
  void whatIsNoIntegerOf64BitsIsNotRead(String text) {
    assertThat(Numbers.parseLong(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "-1.5, -1.5", ".5, 0.5", "1e-300, 1e-300", "2E+3, 2000", "inf, Infinity"})
  void numbersAreRead(String text, double value) {
    assertThat(Numbers.parseDouble(text)).hasValue(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nan", "1f", "1d", "0x1p3", " 1", "1,5", "e", "--1", "1.2.3"})
  void whatIsNoNumberIsNotRead(String text) {
    assertThat(Numbers.parseDouble(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "3.0, 3",
    "-3.0, -3",
    "0.1625, 0.1625",
    "Infinity, inf",
    "-Infinity, -inf",
    "1e15, 1.0E15"
  })
  void wholeNumbersAreWrittenWithoutAFraction(double value, String text) {
    assertThat(Numbers.format(value)).isEqualTo(text);
  }

  @Test
  void everyNumberReadsBackAsItself() {
    long seed = 5;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (!Double.isNaN(value)) {
        assertThat(Numbers.parseDouble(Numbers.format(value)))
            .as("seed %d, number %d", seed, i)
            .hasValue(value);
      }
      long whole = random.nextLong() >> random.nextInt(64);
      assertThat(Numbers.parseLong(Long.toString(whole)))
          .as("seed %d, number %d", seed, i)
          .hasValue(whole);
    }
  }
}
