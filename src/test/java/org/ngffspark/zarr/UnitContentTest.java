// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

class UnitContentTest {
  private static final Shape SHAPE = Shape.of(50, 70);
  private static final Shape CHUNK = Shape.of(10, 20);
  private static final GridPosition UNIT = GridPosition.of(1, 0);

  private enum Layout {
    CHUNKS,
    SHARDS
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void decodesEveryChunkAndCarriesTheOthersOver(Layout layout) {
    MemoryStore store = new MemoryStore();
    ZarrArray array = array(store, layout);
    NdArray whole = NdArray.zeros(DataType.UINT16, SHAPE);
    new SplittableRandom(3).nextBytes(whole.bytes());
    array.write(Box.whole(SHAPE), whole);

    UnitContent content = array.readContent(UNIT);
    List<GridPosition> chunks = array.chunks().touching(array.writeUnits().box(UNIT));
    for (GridPosition chunk : chunks) {
      NdArray decoded = content.chunk(chunk, NdArray.zeros(DataType.UINT16, CHUNK)).orElseThrow();
      Box inside = array.chunks().box(chunk);
      assertThat(decoded.cut(inside.relativeTo(array.chunks().fullBox(chunk))).bytes())
          .isEqualTo(whole.cut(inside).bytes());
    }

    GridPosition changed = chunks.get(chunks.size() - 1);
    try (UnitUpdate update = array.update(content)) {
      update.replace(changed, NdArray.zeros(DataType.UINT16, CHUNK));
      update
          .encode()
          .ifPresentOrElse(
              value -> store.write(array.key(UNIT), value), () -> store.delete(array.key(UNIT)));
    }
    Box cleared = array.chunks().box(changed);
    whole.paste(
        NdArray.zeros(DataType.UINT16, cleared.shape()), Box.whole(cleared.shape()), cleared);
    assertThat(array.read(Box.whole(SHAPE)).bytes()).isEqualTo(whole.bytes());
  }

  @Test
  void aUnitThatIsNotStoredHasNoChunks() {
    ZarrArray array = array(new MemoryStore(), Layout.SHARDS);
    NdArray memory = NdArray.zeros(DataType.UINT16, CHUNK);
    assertThat(array.readContent(UNIT).chunk(GridPosition.of(2, 1), memory)).isEmpty();
  }

  @Test
  void aChunkOfAnotherUnitIsRefused() {
    ZarrArray array = array(new MemoryStore(), Layout.SHARDS);
    NdArray memory = NdArray.zeros(DataType.UINT16, CHUNK);
    assertThatThrownBy(() -> array.readContent(UNIT).chunk(GridPosition.of(0, 0), memory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Chunk (0, 0) is not in write unit (1, 0)");
  }

  private static ZarrArray array(MemoryStore store, Layout layout) {
    ArrayMetadata metadata =
        ArrayMetadata.defaults(ZarrFormat.V3, SHAPE, CHUNK, DataType.UINT16, List.of("y", "x"));
    return ZarrArray.create(
        StorePath.root(store).child("a"),
        layout == Layout.SHARDS ? metadata.withShards(Shape.of(20, 40)) : metadata);
  }
}
