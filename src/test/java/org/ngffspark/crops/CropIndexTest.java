// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ngffspark.crops.CropTask.Around;
import org.ngffspark.image.LabelGrid;
import org.ngffspark.roi.Growth;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

class CropIndexTest {
  private static final Cut CUT =
      new Cut(
          "/data/a,\"b\".zarr/B/03/0",
          "nuclei",
          "",
          "",
          LabelGrid.SAME,
          1,
          List.of(2, 0),
          Growth.parse("1.5", "z=1,y=2um"),
          List.of("c", "y", "x"),
          List.of(1.0, 0.325, 0.65),
          Around.ZERO,
          CropFormat.PNG);

  private final StorePath folder = new StorePath(new MemoryStore(), "B/03/0");

  private String text() {
    return StandardCharsets.UTF_8
        .decode(folder.store().read("B/03/0/index.csv").orElseThrow())
        .toString();
  }

  private void put(String text) {
    folder
        .store()
        .write("B/03/0/index.csv", ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aLineSaysHowToPutAnObjectBack() {
    Box first = Box.of(new long[] {0, 10, 20}, new long[] {2, 13, 24});
    Box last = Box.of(new long[] {0, 0, 0}, new long[] {2, 1, 1});
    CropIndex index = CropIndex.of(CUT, List.of(new Crop(-1, last), new Crop(9, first)));
    index.write(folder);
    assertThat(text())
        .isEqualTo(
            """
            id,start,shape,image,label,table,on_label,label_grid,level,channels,zoom,pad,axes,pixel_size,around,format
            9,0 10 20,2 3 4,"/data/a,""b"".zarr/B/03/0",nuclei,,,same,1,2 0,1.5,"z=1.0,y=2.0um",c y x,1.0 0.325 0.65,zero,png
            18446744073709551615,0 0 0,2 1 1,"/data/a,""b"".zarr/B/03/0",nuclei,,,same,1,2 0,1.5,"z=1.0,y=2.0um",c y x,1.0 0.325 0.65,zero,png
            """);
    assertThat(CropIndex.read(folder)).isEqualTo(index);
  }

  @Test
  void anImageWithoutObjectsHasAnEmptyIndex() {
    CropIndex.of(CUT, List.of()).write(folder);
    assertThat(CropIndex.read(folder).cut()).isEqualTo(Optional.empty());
  }

  @Test
  void aDamagedIndexSaysWhereItIs() {
    assertThatThrownBy(() -> CropIndex.read(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("B/03/0/index.csv; crops writes it beside its files");
    CropIndex.of(CUT, List.of(new Crop(9, Box.of(new long[3], new long[] {1, 1, 1}))))
        .write(folder);
    String whole = text();
    String line = whole.lines().toList().get(1);
    put(whole + line + "\n");
    assertProblem("line 3: id 9 comes twice");
    put(whole + line.replaceFirst("^9,", "10,").replace("nuclei", "cells") + "\n");
    assertProblem("line 3 was cut otherwise");
    put(whole.replace(",zero,", ",nothing,"));
    assertProblem("line 2: ");
    put(whole.replace("0 0 0", "0 0"));
    assertProblem("line 2: start '0 0' does not fit '1 1 1'");
    put(whole.replaceFirst("id,start,", "id,"));
    assertProblem("its first line is not id,start,shape,");
  }

  private void assertProblem(String message) {
    assertThatThrownBy(() -> CropIndex.read(folder))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("index.csv")
        .hasMessageContaining(message);
  }
}
