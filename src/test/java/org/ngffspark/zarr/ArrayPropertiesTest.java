// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/** Random reads and writes of every layout and type against a plain array. */
class ArrayPropertiesTest {
  private static final int WRITES = 25;
  private static final int READS = 15;

  @TestFactory
  Stream<DynamicTest> anySequenceOfWritesGivesWhatAPlainArrayHolds() {
    return each(
        (array, seed) -> {
          SplittableRandom random = new SplittableRandom(seed);
          ArrayModel model = new ArrayModel(array.type(), array.shape(), array.metadata().fill());
          for (int i = 0; i < WRITES; i++) {
            Box box = ArrayModel.randomBox(random, array.shape());
            NdArray patch = ArrayModel.randomPatch(random, array.type(), box.shape());
            array.write(box, patch);
            model.write(box, patch);
            assertThat(array.read(Box.whole(array.shape())).bytes())
                .as("write %d of %s, seed %d", i, box, seed)
                .isEqualTo(model.whole().bytes());
          }
          assertOnlyUnitsWithContentAreStored(array, model, seed);
        });
  }

  private static void assertOnlyUnitsWithContentAreStored(
      ZarrArray array, ArrayModel model, long seed) {
    FillValue fill = array.metadata().fill();
    for (GridPosition unit : array.writeUnits().all()) {
      boolean content = !model.read(array.writeUnits().box(unit)).isFilledWith(fill.bits());
      boolean stored = array.path().store().status(array.key(unit)).isPresent();
      if (fill.declared().isPresent()) {
        assertThat(stored).as("unit %s, seed %d", unit, seed).isEqualTo(content);
      } else if (content) {
        assertThat(stored).as("unit %s, seed %d", unit, seed).isTrue();
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> anyBoxIsThatPartOfTheWhole() {
    return each(
        (array, seed) -> {
          SplittableRandom random = new SplittableRandom(seed);
          Box part = ArrayModel.randomBox(random, array.shape());
          array.write(part, ArrayModel.randomPatch(random, array.type(), part.shape()));
          NdArray whole = array.read(Box.whole(array.shape()));
          for (int i = 0; i < READS; i++) {
            Box box = ArrayModel.randomBox(random, array.shape());
            byte[] expected = whole.cut(box).bytes();
            assertThat(array.read(box).bytes()).as("%s, seed %d", box, seed).isEqualTo(expected);
            NdArray cached = NdArray.zeros(array.type(), box.shape());
            array.read(box, cached, ZarrArray::readChunk);
            assertThat(cached.bytes()).as("%s, seed %d", box, seed).isEqualTo(expected);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> chunksReadOneByOneMakeTheWhole() {
    return each(
        (array, seed) -> {
          SplittableRandom random = new SplittableRandom(seed);
          Box part = ArrayModel.randomBox(random, array.shape());
          array.write(part, ArrayModel.randomPatch(random, array.type(), part.shape()));
          NdArray whole = array.read(Box.whole(array.shape()));
          for (GridPosition chunk : array.chunks().all()) {
            Box box = array.chunks().box(chunk);
            Box local = box.relativeTo(array.chunks().fullBox(chunk));
            Optional<NdArray> content = array.readChunk(chunk);
            if (content.isPresent()) {
              assertThat(content.get().cut(local).bytes())
                  .as("chunk %s, seed %d", chunk, seed)
                  .isEqualTo(whole.cut(box).bytes());
            } else {
              assertThat(whole.cut(box).isFilledWith(array.metadata().fill().bits())).isTrue();
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> editsChangeEveryElementOfTheirBoxOnce() {
    return each(
        (array, seed) -> {
          SplittableRandom random = new SplittableRandom(seed);
          Box all = Box.whole(array.shape());
          NdArray before = ArrayModel.randomPatch(random, array.type(), array.shape());
          array.write(all, before);
          Box box = ArrayModel.randomBox(random, array.shape());
          NdArray patch = ArrayModel.randomPatch(random, array.type(), box.shape());
          array.modify(box, (chunk, local, inBox) -> chunk.paste(patch, inBox, local));
          ArrayModel model = new ArrayModel(array.type(), array.shape(), array.metadata().fill());
          model.write(all, before);
          model.write(box, patch);
          assertThat(array.read(all).bytes())
              .as("edit of %s, seed %d", box, seed)
              .isEqualTo(model.whole().bytes());
        });
  }

  private static Stream<DynamicTest> each(Check check) {
    return Stream.of(DataType.values())
        .flatMap(
            type ->
                TestLayouts.all(type).entrySet().stream().map(layout -> test(type, layout, check)));
  }

  private static DynamicTest test(
      DataType type, Map.Entry<String, ArrayMetadata> layout, Check check) {
    String name = layout.getKey() + ", " + type;
    return dynamicTest(
        name,
        () -> {
          StorePath path = StorePath.root(new MemoryStore()).child("a/b");
          check.run(ZarrArray.create(path, layout.getValue()), name.hashCode());
        });
  }

  private interface Check {
    void run(ZarrArray array, long seed);
  }
}
