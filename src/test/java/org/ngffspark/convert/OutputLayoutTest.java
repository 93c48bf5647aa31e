// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

class OutputLayoutTest {
  private static final List<String> AXES = List.of("c", "z", "y", "x");
  private static final ArrayMetadata STACK = array(Shape.of(3, 64, 2160, 2560));

  private static ArrayMetadata array(Shape shape) {
    return ArrayMetadata.defaults(
        ZarrFormat.V2, shape, Shape.of(1, 1, 2160, 2560), DataType.UINT16, List.of());
  }

  private static ArrayMetadata made(String chunks, String shards, ArrayMetadata source) {
    return new OutputLayout(
            OutputForm.NGFF_0_5, GridChoice.of(chunks), GridChoice.of(shards), OutputCodec.KEPT)
        .of(source, AXES);
  }

  @Test
  void chunksHaveAMebibyteAndShardsAQuarterOfAGibibyte() {
    ArrayMetadata made = made("auto", "auto", STACK);
    assertThat(made.chunks()).isEqualTo(Shape.of(1, 1, 512, 1024));
    assertThat(made.shards()).contains(Shape.of(1, 16, 2560, 3072));
    ArrayMetadata small = made("auto", "auto", array(Shape.of(3, 64, 100, 200)));
    assertThat(small.chunks()).isEqualTo(Shape.of(1, 16, 100, 200));
    assertThat(small.shards()).contains(Shape.of(1, 64, 100, 200));
    ArrayMetadata inner = made("auto", "1,256,256", STACK);
    assertThat(inner.chunks()).isEqualTo(Shape.of(1, 1, 256, 256));
  }

  @Test
  void whatIsAskedForIsTaken() {
    ArrayMetadata made = made("1,512,512", "16,2048,2000", STACK);
    assertThat(made.chunks()).isEqualTo(Shape.of(1, 1, 512, 512));
    assertThat(made.shards()).contains(Shape.of(1, 16, 2048, 2048));
    assertThat(made("keep", "auto", made).shards()).isEqualTo(made.shards());
    assertThat(made("auto", "auto", made).chunks()).isEqualTo(made.chunks());
    assertThat(made("auto", "none", made).shards()).isEmpty();
    assertThat(made("1,256,256", "keep", made).shards()).isEqualTo(made.shards());
    assertThat(made("keep", "none", STACK).chunks()).isEqualTo(STACK.chunks());
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> made("none", "auto", STACK))
        .hasMessage("Arrays have chunks; give their lengths, auto or keep");
    assertThatThrownBy(() -> made("1,a", "auto", STACK))
        .hasMessage("Lengths are auto, keep, none or numbers, as 16,512,512; got '1,a'");
    assertThatThrownBy(() -> made("0,5", "auto", STACK))
        .hasMessage("Lengths must be at least 1, got [0, 5]");
    assertThatThrownBy(() -> made("1,1,1,5,5", "none", STACK))
        .hasMessage("Lengths [1, 1, 1, 5, 5] are for more axes than the 4 of the image");
    assertThatThrownBy(() -> made("auto", "64,4096,4096", STACK))
        .hasMessageContaining("takes more than 1 GiB of memory; give --shards smaller lengths");
  }
}
