// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

class CropFormTest {
  private static CropForm form(long length) {
    return new CropForm(
        DataType.UINT16,
        List.of("c", "y", "x"),
        List.of(2L, length, length),
        List.of("DAPI", "GFP"));
  }

  @Test
  void pixelsAndMasksHaveTheSameCropsInAShard() {
    CropForm large = form(1024);
    assertThat(large.pixels(100).writeUnit()).isEqualTo(Shape.of(16, 2, 1024, 1024));
    assertThat(large.masks(100).writeUnit()).isEqualTo(Shape.of(16, 1024, 1024));
    assertThat(large.shardLength(100)).isEqualTo(16);
  }

  @Test
  void aShardHoldsAtMostAsManyCropsAsThereAreAndAThousand() {
    assertThat(form(8).pixels(5).writeUnit()).isEqualTo(Shape.of(5, 2, 8, 8));
    assertThat(form(8).pixels(5000).writeUnit()).isEqualTo(Shape.of(1024, 2, 8, 8));
  }

  @Test
  void aFormIsToldInTheWordsOfItsImage() {
    assertThat(form(64)).hasToString("uint16 c=2 y=64 x=64, channels DAPI, GFP");
  }
}
