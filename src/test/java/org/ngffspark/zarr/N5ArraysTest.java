// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.ngffspark.zarr.TestLayouts.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.jpountz.lz4.LZ4BlockInputStream;
import net.jpountz.lz4.LZ4BlockOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.ngffspark.golden.Golden;
import org.ngffspark.golden.GoldenZip;
import org.ngffspark.golden.NpyFile;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/** Data sets of N5: what TensorStore and zarr-python 2 write, and what the specification says. */
class N5ArraysTest {
  private static final String RAW = "{'type':'raw'}";

  @TestFactory
  Stream<DynamicTest> dataSetsOfOtherProgramsAreReadBitForBit() {
    return golden((array, expected) -> Golden.assertSame(array.toString(), whole(array), expected));
  }

  @TestFactory
  Stream<DynamicTest> copiesOfThemHoldTheSame() {
    return golden(
        (array, expected) -> {
          StorePath path = StorePath.root(new MemoryStore()).child("a");
          ZarrArray.create(path, array.metadata(), array.attributes())
              .write(Box.whole(array.shape()), expected);
          ZarrArray copy = ZarrArray.open(path);
          assertThat(copy.metadata()).isEqualTo(array.metadata());
          assertThat(copy.attributes()).isEqualTo(array.attributes());
          assertThat(array.existingUnits()).containsAll(copy.existingUnits());
          Golden.assertSame(array.toString(), whole(copy), expected);
        });
  }

  private static Stream<DynamicTest> golden(BiConsumer<ZarrArray, NdArray> check) {
    MemoryStore store = GoldenZip.open("n5");
    StorePath root = StorePath.root(store);
    JsonNode index = Json.read(root.child("index.json")).orElseThrow().get("arrays");
    return StreamSupport.stream(index.spliterator(), false)
        .map(
            entry ->
                dynamicTest(
                    entry.get("array").textValue(),
                    () ->
                        check.accept(
                            ZarrArray.open(root.child(entry.get("array").textValue())),
                            NpyFile.read(root.child(entry.get("expected").textValue())))));
  }

  private static NdArray whole(ZarrArray array) {
    return array.read(Box.whole(array.shape()));
  }

  @Test
  void aBlockIsAHeaderAndBigEndianElementsCutToTheArray() {
    ZarrArray array = array(Shape.of(3, 5), Shape.of(2, 4), DataType.UINT16, RAW);
    NdArray content = NdArray.zeros(DataType.UINT16, array.shape());
    for (int i = 0; i < 15; i++) {
      content.buffer().putShort(2 * i, (short) (0x100 + i));
    }
    array.write(Box.whole(array.shape()), content);
    assertThat(array.path().store().list("a"))
        .containsExactlyInAnyOrder("a/attributes.json", "a/0/0", "a/1/0", "a/0/1", "a/1/1");
    assertThat(bytes(array, "a/0/1"))
        .isEqualTo(new byte[] {0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 1, 1, 10, 1, 11, 1, 12, 1, 13});
    assertThat(bytes(array, "a/1/0"))
        .isEqualTo(new byte[] {0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 4, 1, 9});
  }

  @Test
  void whatAShortBlockLacksIsZero() {
    ZarrArray array = array(Shape.of(2, 4), Shape.of(2, 4), DataType.UINT8, RAW);
    put(array, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 7, 8);
    assertThat(whole(array).bytes()).isEqualTo(new byte[] {7, 8, 0, 0, 0, 0, 0, 0});
  }

  @Test
  void blocksOfVariableLengthAreReadWhereTheyHoldTheirShape() {
    ZarrArray array = array(Shape.of(1, 2), Shape.of(1, 2), DataType.UINT8, RAW);
    put(array, 0, 1, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 7, 8);
    assertThat(whole(array).bytes()).isEqualTo(new byte[] {7, 8});
    put(array, 0, 1, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 7, 8);
    assertThatThrownBy(() -> whole(array))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("/a/0/0: block holds 3 values where its shape has 2");
  }

  @Test
  void blocksThatAreNoneSayWhy() {
    ZarrArray array = array(Shape.of(1, 2), Shape.of(1, 2), DataType.UINT8, RAW);
    refuses(array, "block ends within its header", 0, 0, 0);
    refuses(array, "block has mode 2; blocks of numbers have 0 or 1", 0, 2, 0, 2, 0, 0);
    refuses(array, "block has 1 axes, its array 2", 0, 0, 0, 1, 0, 0, 0, 2);
    refuses(
        array, "is 3 long where blocks have 1 to 2", 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 1, 7, 8, 9);
    refuses(array, "is 0 long where", 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1);
  }

  private static void refuses(ZarrArray array, String message, int... block) {
    put(array, block);
    assertThatThrownBy(() -> whole(array))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void lz4IsTheStreamOfTheLibrary() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    for (int length : List.of(1, 100, 70_000, 200_000)) {
      byte[] content = new byte[length];
      random.nextBytes(content);
      Arrays.fill(content, 0, length / 2, (byte) 7);
      ZarrArray array = array(Shape.of(length), Shape.of(length), DataType.UINT8, "{'type':'lz4'}");
      NdArray pixels = NdArray.wrap(DataType.UINT8, Shape.of(length), content);
      array.write(Box.whole(array.shape()), pixels);
      byte[] block = bytes(array, "a/0");
      try (InputStream stream =
          new LZ4BlockInputStream(new ByteArrayInputStream(block, 8, block.length - 8))) {
        assertThat(stream.readAllBytes()).isEqualTo(content);
      }
      ByteArrayOutputStream theirs = new ByteArrayOutputStream();
      theirs.write(block, 0, 8);
      try (OutputStream stream = new LZ4BlockOutputStream(theirs, 1 << 14)) {
        stream.write(content);
      }
      array.path().store().write("a/0", ByteBuffer.wrap(theirs.toByteArray()));
      assertThat(whole(array).bytes()).isEqualTo(content);
    }
  }

  @Test
  void theCompressionOfOldContainersIsATypeAlone() {
    StorePath path = StorePath.root(new MemoryStore()).child("a");
    ObjectNode old =
        (ObjectNode)
            json(
                "{'dimensions':[5,3],'blockSize':[4,2],'dataType':'uint8','compressionType':'gzip'}");
    Json.write(path.child("attributes.json"), old);
    ZarrArray array = ZarrArray.open(path);
    assertThat(array.shape()).isEqualTo(Shape.of(3, 5));
    assertThat(array.metadata().codecs()).isEqualTo(json("{'type':'gzip'}"));
    assertThat(array.attributes()).isEmpty();
  }

  @Test
  void attributesStandBesideTheFieldsOfADataSet() {
    ZarrArray array = array(Shape.of(2), Shape.of(2), DataType.INT8, RAW);
    array.writeAttributes(Json.object().put("unit", "nm"));
    ZarrArray reopened = ZarrArray.open(array.path());
    assertThat(reopened.metadata()).isEqualTo(array.metadata());
    assertThat(reopened.attributes()).isEqualTo(json("{'unit':'nm'}"));
    Group group = Group.open(array.path()).orElseThrow();
    assertThat(group.isDataSet()).isTrue();
    assertThat(group.attributes()).isEqualTo(json("{'unit':'nm'}"));
  }

  @Test
  void groupsAreTheirAttributes() {
    StorePath path = StorePath.root(new MemoryStore()).child("g");
    Group.create(path, ZarrFormat.N5, Json.object().put("n5", "2.0.0"));
    Group group = Group.open(path).orElseThrow();
    assertThat(group.format()).isEqualTo(ZarrFormat.N5);
    assertThat(group.attributes()).isEqualTo(json("{'n5':'2.0.0'}"));
    ObjectNode likeADataSet = (ObjectNode) json("{'dimensions':[1],'dataType':'uint8'}");
    assertThatThrownBy(() -> group.writeAttributes(likeADataSet))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("make it a data set");
  }

  @Test
  void whatN5DoesNotHaveIsRefused() {
    assertThatThrownBy(() -> array(Shape.of(2), Shape.of(2), DataType.BOOL, RAW))
        .hasMessage("N5 has no type bool; convert it");
    assertThatThrownBy(() -> array(Shape.of(), Shape.of(), DataType.UINT8, RAW))
        .hasMessage("N5 has no data sets without axes");
    assertThatThrownBy(
            () ->
                ArrayMetadata.defaults(
                        ZarrFormat.N5, Shape.of(2), Shape.of(2), DataType.UINT8, List.of())
                    .withFill(FillValue.of(DataType.UINT8, 1)))
        .hasMessageStartingWith("What N5 does not store is 0");
    assertThatThrownBy(() -> array(Shape.of(2), Shape.of(2), DataType.UINT8, "{'type':'jpeg'}"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("compression.type must be one of raw, gzip, bzip2");
  }

  private static ZarrArray array(Shape shape, Shape blocks, DataType type, String compression) {
    ArrayMetadata metadata =
        ArrayMetadata.defaults(ZarrFormat.N5, shape, blocks, type, List.of())
            .withEncoding(new ChunkEncoding.N5(json(compression)));
    return ZarrArray.create(StorePath.root(new MemoryStore()).child("a"), metadata);
  }

  private static void put(ZarrArray array, int... block) {
    byte[] bytes = new byte[block.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) block[i];
    }
    String key = array.key(GridPosition.of(new long[array.shape().rank()]));
    array.path().store().write(key, ByteBuffer.wrap(bytes));
  }

  private static byte[] bytes(ZarrArray array, String key) {
    ByteBuffer value = array.path().store().read(key).orElseThrow();
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    return bytes;
  }
}
