// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Elements;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/**
 * Data sets of N5 of any lengths, types and compressions hold what a plain array holds, also where
 * blocks are missing or are of mode 1; their blocks are those of the specification.
 */
class N5BlocksPropertyTest {
  private static final int ROUNDS = 30;
  private static final List<String> COMPRESSIONS =
      List.of(
          "{'type':'raw'}",
          "{'type':'gzip','level':3}",
          "{'type':'gzip','useZlib':true}",
          "{'type':'bzip2','blockSize':1}",
          "{'type':'lz4','blockSize':64}",
          "{'type':'xz','preset':0}",
          "{'type':'zstd','level':1}",
          "{'type':'blosc','cname':'zstd','clevel':3,'shuffle':2,'blocksize':0}");

  @TestFactory
  Stream<DynamicTest> anyBlocksAreTheArray() {
    return COMPRESSIONS.stream()
        .map(
            compression ->
                DynamicTest.dynamicTest(
                    compression,
                    () -> {
                      for (long seed = 0; seed < ROUNDS; seed++) {
                        check(compression, new SplittableRandom(seed), seed);
                      }
                    }));
  }

  private static void check(String compression, SplittableRandom random, long seed) {
    ZarrArray array = array(compression, random);
    ArrayModel model = new ArrayModel(array.type(), array.shape(), array.metadata().fill());
    Box all = Box.whole(array.shape());
    NdArray content = ArrayModel.randomPatch(random, array.type(), array.shape());
    array.write(all, content);
    model.write(all, content);
    for (GridPosition unit : array.writeUnits().all()) {
      Box box = array.writeUnits().box(unit);
      String key = array.key(unit);
      switch (random.nextInt(3)) {
        case 0 -> {
          array.path().store().delete(key);
          model.write(box, NdArray.zeros(array.type(), box.shape()));
        }
        case 1 -> makeVariable(array, key, box.shape());
        default -> {
          if (compression.contains("raw")) {
            assertAsSpecified(array, key, model.read(box), seed);
          }
        }
      }
    }
    assertThat(array.read(all).bytes())
        .as("%s of %s, seed %d", array.shape(), array.type(), seed)
        .isEqualTo(model.whole().bytes());
  }

  private static ZarrArray array(String compression, SplittableRandom random) {
    List<DataType> types = Stream.of(DataType.values()).filter(ArrayJsonN5::hasType).toList();
    int rank = random.nextInt(1, 5);
    long[] lengths = random.longs(rank, 1, 8).toArray();
    long[] blocks = random.longs(rank, 1, 5).toArray();
    ArrayMetadata metadata =
        ArrayMetadata.defaults(
                ZarrFormat.N5,
                Shape.of(lengths),
                Shape.of(blocks),
                types.get(random.nextInt(types.size())),
                List.of())
            .withEncoding(new ChunkEncoding.N5(TestLayouts.json(compression)));
    return ZarrArray.create(StorePath.root(new MemoryStore()).child("a"), metadata);
  }

  /** Mode 1, with the number of elements after the lengths; a block of zeros is not there. */
  private static void makeVariable(ZarrArray array, String key, Shape shape) {
    array
        .path()
        .store()
        .read(key)
        .ifPresent(
            block -> {
              int header = 4 + 4 * shape.rank();
              ByteBuffer variable = ByteBuffer.allocate(block.remaining() + 4);
              variable.putShort((short) 1).put(block.slice(2, header - 2));
              variable.putInt((int) shape.elements());
              variable.put(block.slice(header, block.remaining() - header)).flip();
              array.path().store().write(key, variable);
            });
  }

  /** Header and elements big-endian, lengths from the first axis of N5 on, which is fastest. */
  private static void assertAsSpecified(ZarrArray array, String key, NdArray part, long seed) {
    if (part.isFilledWith(0)) {
      assertThat(array.path().store().status(key)).as("zeros, seed %d", seed).isEmpty();
      return;
    }
    ByteBuffer block = array.path().store().read(key).orElseThrow();
    assertThat(block.getShort()).as("mode").isZero();
    int rank = block.getShort();
    List<Long> lengths = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      lengths.add(0, (long) block.getInt());
    }
    assertThat(lengths).as("seed %d", seed).hasSize(part.shape().rank());
    for (int axis = 0; axis < rank; axis++) {
      assertThat(lengths.get(axis)).isEqualTo(part.shape().get(axis));
    }
    int bytes = part.type().bytes();
    byte[] little = new byte[bytes * (int) part.shape().elements()];
    for (int at = 0; at < little.length; at++) {
      little[at / bytes * bytes + bytes - 1 - at % bytes] = block.get();
    }
    assertThat(block.hasRemaining()).isFalse();
    Elements elements = Elements.of(part.type());
    NdArray there = NdArray.wrap(part.type(), part.shape(), little);
    for (int i = 0; i < part.shape().elements(); i++) {
      assertThat(elements.value(there.bytes(), i))
          .as("element %d, seed %d", i, seed)
          .isEqualTo(elements.value(part.bytes(), i));
    }
  }
}
