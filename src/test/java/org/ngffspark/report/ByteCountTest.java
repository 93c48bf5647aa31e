// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteCountTest {

  @Test
  void theUnitFitsTheNumber() {
    assertThat(ByteCount.text(0)).isEqualTo("0 B");
    assertThat(ByteCount.text(1023)).isEqualTo("1023 B");
    assertThat(ByteCount.text(1024)).isEqualTo("1 KiB");
    assertThat(ByteCount.text(1536)).isEqualTo("1.5 KiB");
    assertThat(ByteCount.text(11_059_200)).isEqualTo("10.5 MiB");
    assertThat(ByteCount.text(Long.MAX_VALUE)).isEqualTo("8192 PiB");
  }
}
