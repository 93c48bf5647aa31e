// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.StoreOperation;
import org.ngffspark.zarr.store.StoreOperation.Kind;
import org.ngffspark.zarr.store.StorePath;

/** What reading and writing cost, in exact operations of the store. */
class ArrayCostTest {
  private final ObservedStore store = ObservedStore.of(new MemoryStore());
  private final StorePath path = StorePath.root(store).child("0");

  @Test
  void openingAnArrayOfAKnownFormatIsOneRead() {
    ZarrArray.create(path, TestLayouts.v2(DataType.UINT8));
    store.log().clear();
    ZarrArray.open(path, ZarrFormat.V2);
    assertThat(store.log().operations())
        .containsExactly(new StoreOperation(Kind.READ, "0/.zarray"));
  }

  @Test
  void openingAnArrayOfAnUnknownFormatIsAtMostTwoReads() {
    ZarrArray.create(path, TestLayouts.v2(DataType.UINT8));
    store.log().clear();
    ZarrArray.open(path);
    assertThat(store.log().operations())
        .containsExactly(
            new StoreOperation(Kind.READ, "0/zarr.json"),
            new StoreOperation(Kind.READ, "0/.zarray"));
  }

  @Test
  void readingABoxTouchesJustItsChunksOnceEach() {
    ZarrArray array = filled(TestLayouts.v2(DataType.UINT16));
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 200; i++) {
      Box box = ArrayModel.randomBox(random, array.shape());
      store.log().clear();
      array.read(box);
      assertThat(store.log().operations())
          .as("box %s", box)
          .containsExactlyElementsOf(reads(array, box));
    }
  }

  private static List<StoreOperation> reads(ZarrArray array, Box box) {
    List<StoreOperation> reads = new ArrayList<>();
    for (GridPosition chunk : array.chunks().all()) {
      if (!array.chunks().box(chunk).intersect(box).isEmpty()) {
        reads.add(new StoreOperation(Kind.READ, array.key(chunk)));
      }
    }
    return reads;
  }

  @Test
  void readingABoxOfShardsReadsEachIndexOnceAndNothingWhole() {
    ZarrArray array = filled(TestLayouts.v3(DataType.UINT16).withShards(TestLayouts.SHARDS));
    // One inner chunk in each of two shards.
    Box box = Box.of(new long[] {0, 7, 0}, new long[] {1, 9, 1});
    store.log().clear();
    array.read(box);
    assertThat(store.log().operations())
        .containsExactly(
            new StoreOperation(Kind.READ_RANGE, "0/c/0/0/0"),
            new StoreOperation(Kind.READ_RANGE, "0/c/0/0/0"),
            new StoreOperation(Kind.READ_RANGE, "0/c/0/1/0"),
            new StoreOperation(Kind.READ_RANGE, "0/c/0/1/0"));
  }

  @Test
  void innerChunksThatFollowEachOtherAreReadTogether() {
    ZarrArray array = filled(TestLayouts.v3(DataType.UINT16).withShards(TestLayouts.SHARDS));
    store.log().clear();
    array.read(array.writeUnits().box(GridPosition.of(0, 0, 0)));
    assertThat(store.log().operations())
        .as("the index and all twelve inner chunks")
        .containsExactly(
            new StoreOperation(Kind.READ_RANGE, "0/c/0/0/0"),
            new StoreOperation(Kind.READ_RANGE, "0/c/0/0/0"));
  }

  @Test
  void chunksThatAWriteCoversAreNotReadBefore() {
    for (ArrayMetadata metadata : TestLayouts.all(DataType.UINT16).values()) {
      ZarrArray array = filled(metadata);
      store.log().clear();
      fill(array, 2);
      assertThat(store.log().operations()).allMatch(each -> each.kind() == Kind.WRITE);
      assertThat(store.log().keys(Kind.WRITE))
          .containsExactlyElementsOf(array.writeUnits().all().stream().map(array::key).toList());
    }
  }

  @Test
  void aWriteReadsJustTheUnitsItCoversInPart() {
    for (ArrayMetadata metadata :
        List.of(
            TestLayouts.v2(DataType.UINT16),
            TestLayouts.v3(DataType.UINT16).withShards(TestLayouts.SHARDS))) {
      ZarrArray array = filled(metadata);
      SplittableRandom random = new SplittableRandom(12);
      for (int i = 0; i < 100; i++) {
        Box box = ArrayModel.randomBox(random, array.shape());
        store.log().clear();
        array.write(box, ArrayModel.randomPatch(random, DataType.UINT16, box.shape()));
        assertThat(store.log().keys(Kind.READ))
            .as("box %s", box)
            .containsExactlyElementsOf(partlyCovered(array, box));
        assertThat(store.log().count(Kind.WRITE) + store.log().count(Kind.DELETE))
            .isEqualTo(array.writeUnits().touching(box).size());
        assertThat(store.log().count(Kind.READ_RANGE) + store.log().count(Kind.LIST)).isZero();
        fill(array, i);
      }
    }
  }

  private static List<String> partlyCovered(ZarrArray array, Box box) {
    return array.writeUnits().touching(box).stream()
        .filter(unit -> !box.contains(array.writeUnits().box(unit)))
        .map(array::key)
        .toList();
  }

  @Test
  void aCachedReadAsksTheStoreForNothing() {
    ZarrArray array = filled(TestLayouts.v2(DataType.UINT16));
    Box whole = Box.whole(array.shape());
    NdArray content = array.read(whole);
    store.log().clear();
    Set<GridPosition> asked = new HashSet<>();
    NdArray target = NdArray.zeros(DataType.UINT16, array.shape());
    array.read(
        whole,
        target,
        (of, chunk) -> {
          assertThat(asked.add(chunk)).as("chunk %s is asked for once", chunk).isTrue();
          NdArray cached = NdArray.zeros(DataType.UINT16, array.chunks().chunk());
          Box box = array.chunks().box(chunk);
          cached.paste(content, box, box.relativeTo(array.chunks().fullBox(chunk)));
          return Optional.of(cached);
        });
    assertThat(target.bytes()).isEqualTo(content.bytes());
    assertThat(store.log().operations()).isEmpty();
  }

  private ZarrArray filled(ArrayMetadata metadata) {
    store.deleteTree(path.path());
    ZarrArray array = ZarrArray.create(path, metadata);
    fill(array, 1);
    return array;
  }

  private static void fill(ZarrArray array, long seed) {
    NdArray noise = NdArray.zeros(array.type(), array.shape());
    new SplittableRandom(seed).nextBytes(noise.bytes());
    array.write(Box.whole(array.shape()), noise);
  }
}
