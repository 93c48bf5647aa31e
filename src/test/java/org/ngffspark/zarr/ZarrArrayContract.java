// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.codec.Order;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StorePath;

/** What an array does on any store. */
interface ZarrArrayContract {

  /** An empty store. */
  Store newStore();

  private StorePath newPath() {
    return StorePath.root(newStore()).child("image.zarr/0");
  }

  @Test
  default void aNewArrayReadsAsItsFillValue() {
    TestLayouts.all(DataType.INT32)
        .forEach(
            (name, metadata) -> {
              ZarrArray array = ZarrArray.create(newPath(), metadata);
              NdArray content = array.read(Box.whole(array.shape()));
              assertThat(content.isFilledWith(metadata.fill().bits())).as(name).isTrue();
              assertThat(array.existingUnits()).as(name).isEmpty();
            });
  }

  @Test
  default void anArrayOpensAsItWasCreated() {
    for (DataType type : DataType.values()) {
      TestLayouts.all(type)
          .forEach(
              (name, metadata) -> {
                ZarrArray created = ZarrArray.create(newPath(), metadata);
                ZarrArray opened = ZarrArray.open(created.path());
                assertThat(opened.metadata()).as(name).isEqualTo(metadata);
                assertThat(opened.attributes()).as(name).isEmpty();
              });
    }
  }

  @Test
  default void attributesAreKeptInBothFormats() {
    ObjectNode attributes = Json.object().put("encoding-type", "array");
    for (ArrayMetadata metadata :
        List.of(TestLayouts.v2(DataType.INT8), TestLayouts.v3(DataType.INT8))) {
      ZarrArray array = ZarrArray.create(newPath(), metadata, attributes);
      assertThat(array.attributes()).isEqualTo(attributes);
      ObjectNode changed = attributes.deepCopy().put("new", 1);
      array.writeAttributes(changed);
      ZarrArray opened = ZarrArray.open(array.path());
      assertThat(opened.attributes()).isEqualTo(changed);
      assertThat(opened.metadata()).isEqualTo(metadata);
    }
  }

  @Test
  default void edgeChunksAreStoredInFullSize() {
    ArrayMetadata metadata =
        TestLayouts.v2(DataType.UINT16)
            .withEncoding(
                new ChunkEncoding.V2(
                    ByteOrder.LITTLE_ENDIAN, Order.C, NullNode.instance, NullNode.instance));
    ZarrArray array = ZarrArray.create(newPath(), metadata);
    array.write(Box.whole(array.shape()), random(array.shape(), 1));
    GridPosition corner = GridPosition.of(2, 3, 3);
    assertThat(array.key(corner)).isEqualTo("image.zarr/0/2/3/3");
    assertThat(array.path().store().status(array.key(corner)).map(KeyStatus::length))
        .contains(2 * TestLayouts.CHUNKS.elements());
    NdArray chunk = array.readChunk(corner).orElseThrow();
    Box inside = array.chunks().box(corner).relativeTo(array.chunks().fullBox(corner));
    ArrayModel beyond = new ArrayModel(DataType.UINT16, chunk.shape(), metadata.fill());
    beyond.write(inside, chunk.cut(inside));
    assertThat(chunk.bytes()).isEqualTo(beyond.whole().bytes());
  }

  @Test
  default void aUnitThatBecomesAllFillValueIsDeleted() {
    for (ArrayMetadata metadata :
        List.of(
            TestLayouts.v2(DataType.UINT16),
            TestLayouts.v3(DataType.UINT16),
            TestLayouts.v3(DataType.UINT16).withShards(TestLayouts.SHARDS))) {
      ZarrArray array = ZarrArray.create(newPath(), metadata);
      Box whole = Box.whole(array.shape());
      array.write(whole, random(array.shape(), 2));
      assertThat(array.existingUnits()).isEqualTo(array.writeUnits().all());
      Box first = array.writeUnits().box(GridPosition.of(0, 0, 0));
      array.write(first, NdArray.zeros(DataType.UINT16, first.shape()));
      assertThat(array.existingUnits()).doesNotContain(GridPosition.of(0, 0, 0));
      array.write(whole, NdArray.zeros(DataType.UINT16, array.shape()));
      assertThat(array.existingUnits()).isEmpty();
    }
  }

  @Test
  default void aSingleNumberWithoutAxesIsReadAndWritten() {
    for (ZarrFormat format : List.of(ZarrFormat.V2, ZarrFormat.V3)) {
      ArrayMetadata metadata =
          ArrayMetadata.defaults(format, Shape.of(), Shape.of(), DataType.INT64, List.of());
      ZarrArray array = ZarrArray.create(newPath(), metadata);
      NdArray number = NdArray.zeros(DataType.INT64, Shape.of());
      number.buffer().putLong(0, -5);
      array.write(Box.whole(Shape.of()), number);
      assertThat(array.existingUnits()).containsExactly(GridPosition.of());
      assertThat(ZarrArray.open(array.path()).read(Box.whole(Shape.of())).bytes())
          .isEqualTo(number.bytes());
    }
  }

  @Test
  default void anArrayWithoutElementsIsReadAndWritten() {
    for (ZarrFormat format : ZarrFormat.values()) {
      Shape shape = Shape.of(0, 3);
      ArrayMetadata metadata =
          ArrayMetadata.defaults(format, shape, Shape.of(1, 3), DataType.FLOAT32, List.of());
      ZarrArray array = ZarrArray.create(newPath(), metadata);
      array.write(Box.whole(shape), NdArray.zeros(DataType.FLOAT32, shape));
      assertThat(ZarrArray.open(array.path()).read(Box.whole(shape)).bytes()).isEmpty();
      assertThat(array.existingUnits()).isEmpty();
    }
  }

  @Test
  default void writingNothingChangesNothing() {
    ZarrArray array = ZarrArray.create(newPath(), TestLayouts.v3(DataType.UINT8));
    Box empty = Box.of(new long[] {1, 2, 3}, new long[] {1, 5, 6});
    array.write(empty, NdArray.zeros(DataType.UINT8, empty.shape()));
    assertThat(array.existingUnits()).isEmpty();
    assertThat(array.read(empty).bytes()).isEmpty();
  }

  @Test
  default void whatDoesNotFitIsRefusedAndNamed() {
    ZarrArray array = ZarrArray.create(newPath(), TestLayouts.v2(DataType.UINT16));
    Box outside = Box.of(new long[] {0, 0, 0}, new long[] {5, 14, 11});
    assertThatThrownBy(() -> array.read(outside))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[0:5, 0:14, 0:11]")
        .hasMessageContaining("[5, 13, 11]");
    Box flat = Box.of(new long[] {0}, new long[] {1});
    assertThatThrownBy(() -> array.read(flat)).isInstanceOf(IllegalArgumentException.class);
    Box whole = Box.whole(array.shape());
    assertThatThrownBy(() -> array.write(whole, NdArray.zeros(DataType.INT16, array.shape())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("int16[5, 13, 11]")
        .hasMessageContaining("uint16[5, 13, 11]");
    assertThatThrownBy(() -> array.readChunk(GridPosition.of(0, 4, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(0, 4, 0)");
    assertThatThrownBy(() -> array.update(GridPosition.of(0, 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void whereThereIsNoArrayTheErrorSaysSo() {
    StorePath path = newPath();
    assertThatThrownBy(() -> ZarrArray.open(path))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("image.zarr/0")
        .hasMessageContaining("neither zarr.json, .zarray nor attributes.json");
    Group.create(path, ZarrFormat.V3);
    assertThatThrownBy(() -> ZarrArray.open(path))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("node_type must be \"array\", got \"group\"");
  }

  @Test
  default void aChunkMissingFromTheStoreLeavesTheTargetAsItWas() {
    ZarrArray array = ZarrArray.create(newPath(), TestLayouts.v3(DataType.UINT8));
    NdArray target = random(TestLayouts.CHUNKS, 3, DataType.UINT8);
    NdArray before = target.copy();
    assertThat(array.readChunk(GridPosition.of(0, 0, 0), target)).isEmpty();
    assertThat(target.bytes()).isEqualTo(before.bytes());
  }

  @Test
  default void keysThatAreNoChunksAreNotListedAsUnits() {
    ZarrArray array = ZarrArray.create(newPath(), TestLayouts.v2(DataType.UINT8));
    Store store = array.path().store();
    for (String name : List.of("0/0/00", "0/0", "0/0/0/0", "9/9/9", "a/0/0", "0/0/-1", "c/0/0/0")) {
      if (!name.equals("0/0/0/0") && !name.equals("0/0")) {
        store.write(array.path().key(name), Json.bytes(Json.object()));
      }
    }
    assertThat(array.existingUnits()).isEmpty();
  }

  private static NdArray random(Shape shape, long seed) {
    return random(shape, seed, DataType.UINT16);
  }

  private static NdArray random(Shape shape, long seed, DataType type) {
    SplittableRandom random = new SplittableRandom(seed);
    NdArray patch = NdArray.zeros(type, shape);
    random.nextBytes(patch.bytes());
    return patch;
  }
}
