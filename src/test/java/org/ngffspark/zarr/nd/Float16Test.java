// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.nd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Float16Test {
  @Test
  void everyHalfSurvivesTheWayThroughDouble() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      double value = Float16.toDouble((short) bits);
      if (!Double.isNaN(value)) {
        assertThat(Float16.ofDouble(value)).as("bits %x", bits).isEqualTo((short) bits);
      }
    }
  }

  @Test
  void theNearestHalfIsChosenAndTheEvenOneOnTies() {
    long seed = 5;
    SplittableRandom random = new SplittableRandom(seed);
    for (int bits = 0; bits < 0x7BFF; bits++) {
      double low = Float16.toDouble((short) bits);
      double high = Float16.toDouble((short) (bits + 1));
      double middle = (low + high) / 2;
      int even = (bits & 1) == 0 ? bits : bits + 1;
      assertThat(Float16.ofDouble(middle)).as("seed %d", seed).isEqualTo((short) even);
      assertThat(Float16.ofDouble(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
      assertThat(Float16.ofDouble(Math.nextDown(middle))).isEqualTo((short) bits);
      double between = low + (middle - low) * random.nextDouble();
      assertThat(Float16.ofDouble(-between)).as("seed %d", seed).isEqualTo((short) (bits | 0x8000));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 3c00",
    "-2.0, c000",
    "65504.0, 7bff",
    "65519.99, 7bff",
    "65520.0, 7c00",
    "1e300, 7c00",
    "-1e300, fc00",
    "5.960464477539063e-08, 1",
    "2.98e-08, 0",
    "-1e-300, 8000",
    "NaN, 7e00"
  })
  void knownValuesHaveTheBitsOfTheStandard(double value, String bits) {
    assertThat(Integer.toHexString(Float16.ofDouble(value) & 0xFFFF)).isEqualTo(bits);
  }

  @Test
  void infinityAndNanAreKept() {
    assertThat(Float16.toDouble((short) 0x7C00)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Float16.toDouble((short) 0xFC00)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Float16.toDouble((short) 0x7C01)).isNaN();
  }
}
