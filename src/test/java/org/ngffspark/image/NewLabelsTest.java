// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ngffspark.zarr.nd.DataType;

final class NewLabelsTest {
  @Test
  void noTwoObjectsGetTheSameIdAndNoneThatIsThere() {
    int largest = 23;
    Set<Long> all = new HashSet<>();
    for (long label = 1; label <= largest; label++) {
      NewLabels ids = new NewLabels(label, largest);
      for (int k = 1; k <= 40; k++) {
        long id = ids.next(DataType.UINT32);
        assertThat(id).isEqualTo(label + (long) k * largest).isGreaterThan(largest);
        assertThat(all.add(id)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UINT8, 255",
    "INT8, 127",
    "UINT16, 65535",
    "INT32, 2147483647",
    "UINT32, 4294967295"
  })
  void theTypeOfThePixelsIsTheLimit(DataType type, long most) {
    NewLabels ids = new NewLabels(1, most - 1);
    assertThat(ids.next(type)).isEqualTo(most);
    assertThatThrownBy(() -> ids.next(type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("New object 2 inside object 1")
        .hasMessageContaining(type.toString());
  }

  @Test
  void anIdThatIsLargerThanTheLargestIsRefused() {
    assertThatThrownBy(() -> new NewLabels(24, 23))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("24");
  }
}
