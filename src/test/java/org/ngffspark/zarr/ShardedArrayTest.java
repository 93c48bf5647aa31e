// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ngffspark.zarr.TestLayouts.CHECKED;
import static org.ngffspark.zarr.TestLayouts.PLAIN;
import static org.ngffspark.zarr.TestLayouts.json;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.ChunkEncoding.IndexLocation;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/** Shards: what is kept, what is dropped, what is refused. */
class ShardedArrayTest {
  private static final GridPosition UNIT = GridPosition.of(0, 0, 0);
  private static final GridPosition FIRST = GridPosition.of(0, 0, 0);
  private static final int ENTRY = 16;

  @Test
  void untouchedInnerChunksAreCarriedOverAsTheirBytes() {
    // A damaged chunk cannot be decoded, so it survives only if nobody tries.
    for (IndexLocation location : IndexLocation.values()) {
      ZarrArray array = filled(location);
      byte[] shard = shard(array);
      int damaged = 5;
      long offset = entry(array, shard, damaged).getLong(0);
      shard[(int) offset] ^= 0x55;
      put(array, shard);
      byte[] encoded = innerChunk(array, shard, damaged);
      Box box = Box.of(new long[] {0, 0, 0}, new long[] {1, 1, 1});
      array.write(box, array.read(box));
      assertThat(innerChunk(array, shard(array), damaged)).isEqualTo(encoded);
      assertThatThrownBy(() -> array.read(Box.whole(array.shape())))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("c/0/0/0 inner chunk (0, 1, 2)")
          .hasMessageContaining("crc32c");
    }
  }

  @Test
  void aShardIsTheSameWhateverTheOrderOfItsChanges() {
    ZarrArray forward = filled(IndexLocation.END);
    ZarrArray backward = filled(IndexLocation.END);
    List<GridPosition> chunks = forward.chunks().touching(forward.writeUnits().box(UNIT));
    try (UnitUpdate one = forward.update(UNIT);
        UnitUpdate two = backward.update(UNIT)) {
      for (int i = 0; i < chunks.size(); i++) {
        one.chunk(chunks.get(i)).fill(i);
        one.seal(chunks.get(i));
        GridPosition last = chunks.get(chunks.size() - 1 - i);
        two.emptyChunk(last).fill(chunks.size() - 1 - i);
      }
      assertThat(bytes(two.encode().orElseThrow())).isEqualTo(bytes(one.encode().orElseThrow()));
    }
  }

  @Test
  void innerChunksOfFillValueAreDropped() {
    ZarrArray array = filled(IndexLocation.END);
    Box first = array.chunks().box(FIRST);
    long before = shard(array).length;
    array.write(first, NdArray.zeros(array.type(), first.shape()));
    assertThat(shard(array).length).isEqualTo((int) (before - 2 * 24 - 4));
    assertThat(array.readChunk(FIRST)).isEmpty();
    assertThat(entry(array, shard(array), 0).getLong(0)).isEqualTo(-1);
    assertThat(entry(array, shard(array), 0).getLong(8)).isEqualTo(-1);
  }

  @Test
  void anUpdateCanStartFromCachedChunks() {
    ZarrArray array = filled(IndexLocation.END);
    NdArray cached = array.readChunk(FIRST).orElseThrow();
    byte[] before = cached.bytes().clone();
    try (UnitUpdate update = array.update(UNIT, (of, chunk) -> of.readChunk(chunk))) {
      NdArray chunk = update.chunk(FIRST);
      assertThat(chunk.bytes()).isEqualTo(before);
      chunk.fill(7);
      assertThat(update.chunk(FIRST)).isSameAs(chunk);
      array.path().store().write(array.key(UNIT), update.encode().orElseThrow());
    }
    assertThat(cached.bytes()).as("cached chunks are not changed").isEqualTo(before);
    assertThat(array.readChunk(FIRST).orElseThrow().isFilledWith(7)).isTrue();
  }

  @Test
  void aSealedChunkCannotBeChangedAndAForeignOneCannotBeTaken() {
    ZarrArray array = filled(IndexLocation.END);
    try (UnitUpdate update = array.update(UNIT)) {
      update.chunk(FIRST).fill(1);
      update.seal(FIRST);
      assertThatThrownBy(() -> update.chunk(FIRST)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> update.chunk(GridPosition.of(2, 0, 0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("(2, 0, 0)");
      NdArray small = NdArray.zeros(array.type(), TestLayouts.SHARDS);
      assertThatThrownBy(() -> update.replace(FIRST, small))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("uint16[2, 4, 3]");
    }
  }

  @Test
  void aReplacedChunkIsNotCopied() {
    ZarrArray array = filled(IndexLocation.END);
    NdArray content = NdArray.zeros(array.type(), TestLayouts.CHUNKS);
    content.fill(3);
    try (UnitUpdate update = array.update(UNIT)) {
      update.replace(FIRST, content);
      assertThat(update.chunk(FIRST)).isSameAs(content);
      array.path().store().write(array.key(UNIT), update.encode().orElseThrow());
    }
    assertThat(array.readChunk(FIRST).orElseThrow().bytes()).isEqualTo(content.bytes());
  }

  @Test
  void anUpdateThatChangesNothingGivesTheSameUnit() {
    for (IndexLocation location : IndexLocation.values()) {
      ZarrArray array = filled(location);
      try (UnitUpdate update = array.update(UNIT)) {
        assertThat(bytes(update.encode().orElseThrow())).isEqualTo(shard(array));
      }
      try (UnitUpdate update = array.update(GridPosition.of(1, 1, 1))) {
        array.path().store().delete(array.key(GridPosition.of(1, 1, 1)));
        assertThat(update.encode()).isEmpty();
      }
    }
  }

  @Test
  void anIndexThatPointsOutsideIsRefused() {
    ZarrArray array = filled(IndexLocation.END, PLAIN);
    long length = shard(array).length;
    long[][] wrong = {
      {length - 10, 52},
      {length * 2, 52},
      {Long.MAX_VALUE, 52},
      {-2, 52},
      {0, -2},
      {0, 53},
      {-1, 0},
      {0, Long.MAX_VALUE},
    };
    for (long[] pair : wrong) {
      byte[] shard = shard(array).clone();
      entry(array, shard, 0).putLong(0, pair[0]).putLong(8, pair[1]);
      MemoryStore other = new MemoryStore();
      ZarrArray damaged = ZarrArray.create(StorePath.root(other), array.metadata());
      put(damaged, shard);
      Box one = Box.of(new long[] {0, 0, 0}, new long[] {1, 1, 1});
      assertThatThrownBy(() -> damaged.read(one))
          .as("offset and length %s", Arrays.toString(pair))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("c/0/0/0");
      assertThatThrownBy(() -> damaged.write(one, NdArray.zeros(array.type(), one.shape())))
          .as("offset and length %s", Arrays.toString(pair))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("c/0/0/0");
    }
  }

  @Test
  void aShardShorterThanItsIndexIsRefused() {
    for (IndexLocation location : IndexLocation.values()) {
      ZarrArray array = filled(location);
      put(array, new byte[] {1, 2, 3});
      Box one = Box.of(new long[] {0, 0, 0}, new long[] {1, 1, 1});
      assertThatThrownBy(() -> array.read(one))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("c/0/0/0")
          .hasMessageContaining("3 bytes long");
      assertThatThrownBy(() -> array.write(one, array.read(one)))
          .isInstanceOf(FormatException.class);
    }
  }

  @Test
  void aDamagedIndexIsRefusedByItsChecksum() {
    ZarrArray array = filled(IndexLocation.START);
    byte[] shard = shard(array);
    shard[3] ^= 1;
    put(array, shard);
    assertThatThrownBy(() -> array.read(Box.whole(array.shape())))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("c/0/0/0 (shard index)");
  }

  private static ZarrArray filled(IndexLocation location) {
    return filled(location, CHECKED);
  }

  /** Inner chunks of 48 bytes and a checksum, all of them stored. */
  private static ZarrArray filled(IndexLocation location, String indexCodecs) {
    ArrayMetadata metadata =
        TestLayouts.sharded(DataType.UINT16, json(CHECKED), json(indexCodecs), location);
    ZarrArray array = ZarrArray.create(StorePath.root(new MemoryStore()), metadata);
    NdArray noise = NdArray.zeros(array.type(), array.shape());
    new SplittableRandom(8).nextBytes(noise.bytes());
    array.write(Box.whole(array.shape()), noise);
    return array;
  }

  private static byte[] shard(ZarrArray array) {
    return bytes(array.readUnit(UNIT).orElseThrow());
  }

  private static void put(ZarrArray array, byte[] shard) {
    array.path().store().write(array.key(UNIT), ByteBuffer.wrap(shard));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static byte[] innerChunk(ZarrArray array, byte[] shard, int slot) {
    ByteBuffer entry = entry(array, shard, slot);
    int offset = (int) entry.getLong(0);
    return Arrays.copyOfRange(shard, offset, offset + (int) entry.getLong(8));
  }

  private static ByteBuffer entry(ZarrArray array, byte[] shard, int slot) {
    ChunkEncoding.V3 encoding = (ChunkEncoding.V3) array.metadata().encoding();
    ChunkEncoding.ShardIndexEncoding index = encoding.index().orElseThrow();
    int length = 12 * ENTRY + (index.codecs().size() > 1 ? 4 : 0);
    int start = index.location() == IndexLocation.START ? 0 : shard.length - length;
    return ByteBuffer.wrap(shard, start + slot * ENTRY, ENTRY)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
