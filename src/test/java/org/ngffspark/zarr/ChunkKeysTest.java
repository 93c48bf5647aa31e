// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.ChunkKeys.Style;
import org.ngffspark.zarr.nd.GridPosition;

class ChunkKeysTest {
  private static final GridPosition POSITION = GridPosition.of(0, 12, 3);
  private static final GridPosition NONE = GridPosition.of();

  @Test
  void keysAreThoseOfTheSpecifications() {
    assertThat(new ChunkKeys(Style.DEFAULT, "/").key(POSITION)).isEqualTo("c/0/12/3");
    assertThat(new ChunkKeys(Style.DEFAULT, ".").key(POSITION)).isEqualTo("c.0.12.3");
    assertThat(new ChunkKeys(Style.V2, "/").key(POSITION)).isEqualTo("0/12/3");
    assertThat(new ChunkKeys(Style.V2, ".").key(POSITION)).isEqualTo("0.12.3");
    assertThat(new ChunkKeys(Style.DEFAULT, "/").key(NONE)).isEqualTo("c");
    assertThat(new ChunkKeys(Style.V2, ".").key(NONE)).isEqualTo("0");
  }

  @Test
  void aKeyLeadsBackToItsPosition() {
    for (Style style : Style.values()) {
      for (String separator : List.of("/", ".")) {
        ChunkKeys keys = new ChunkKeys(style, separator);
        assertThat(keys.position(keys.key(POSITION), 3)).contains(POSITION);
        assertThat(keys.position(keys.key(NONE), 0)).contains(NONE);
      }
    }
  }

  @Test
  void otherKeysAreNoPositions() {
    List<String> others =
        List.of(
            "",
            "c",
            "c/",
            "c/0",
            "c/0/1",
            "c/0/1/2/3",
            "c/0/1/x",
            "c/00/1/2",
            "c/-1/1/2",
            "c.0.1.2",
            "0/1/2",
            "zarr.json",
            "c/0/1/9999999999999999999999",
            "c/0/1/2/");
    ChunkKeys keys = new ChunkKeys(Style.DEFAULT, "/");
    for (String other : others) {
      assertThat(keys.position(other, 3)).as(other).isEmpty();
    }
    assertThat(new ChunkKeys(Style.V2, ".").position(".zarray", 2)).isEmpty();
  }

  @Test
  void otherSeparatorsAreRefused() {
    assertThatThrownBy(() -> new ChunkKeys(Style.V2, "_"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got '_'");
  }
}
