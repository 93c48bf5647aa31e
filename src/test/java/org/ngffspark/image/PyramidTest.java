// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.resample.Downsampling;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.StoreOperation;
import org.ngffspark.zarr.store.StorePath;

class PyramidTest {
  static List<TestContainer> kinds(long seed) {
    TestContainer plane = TestContainer.plane().withSeed(seed);
    return List.of(
        plane,
        plane.withShards(Shape.of(1, 32, 40)),
        plane.withAxes(Axes.of("y", "x"), Shape.of(53, 71), Shape.of(9, 14)),
        plane.withAxes(
            Axes.of("c", "z", "y", "x"), Shape.of(2, 3, 33, 30), Shape.of(1, 2, 12, 12)));
  }

  static Container withLevels(TestContainer kind, int levels) {
    Container container = kind.create();
    container.image().pyramid().withLevels(levels);
    for (String label : container.labels()) {
      container.label(label).pyramid().withLevels(levels);
    }
    return Container.open(container.path());
  }

  private static Box boxIn(SplittableRandom random, Shape shape) {
    long[] start = new long[shape.rank()];
    long[] stop = new long[shape.rank()];
    for (int axis = 0; axis < start.length; axis++) {
      start[axis] = random.nextLong(shape.get(axis));
      stop[axis] = start[axis] + 1 + random.nextLong(Math.min(9, shape.get(axis) - start[axis]));
    }
    return Box.of(start, stop);
  }

  private static List<Box> change(SplittableRandom random, ImageLevel level) {
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      Box box = boxIn(random, level.shape());
      NdArray noise = NdArray.zeros(level.type(), box.shape());
      random.nextBytes(noise.bytes());
      level.array().write(box, noise);
      boxes.add(box);
    }
    return boxes;
  }

  private static void assertFollows(Pyramid.Kind kind, ImageLevel fine, ImageLevel coarse) {
    Downsampling rule =
        kind == Pyramid.Kind.LABEL
            ? Downsampling.nearest(fine.shape(), coarse.shape())
            : Downsampling.linear(fine.type(), fine.shape(), coarse.shape());
    NdArray expected =
        rule.apply(fine.read().pixels(), Box.whole(fine.shape()), Box.whole(coarse.shape()));
    assertThat(coarse.read().pixels().bytes())
        .as("%s from %s", coarse, fine)
        .isEqualTo(expected.bytes());
  }

  @Test
  void everyLevelFollowsFromTheOneBeforeIt() {
    for (TestContainer kind : kinds(3)) {
      Container container = withLevels(kind, 4);
      assertThat(container.levels()).isEqualTo(4);
      for (int level = 1; level < 4; level++) {
        assertFollows(Pyramid.Kind.IMAGE, container.image(level - 1), container.image(level));
        assertFollows(
            Pyramid.Kind.LABEL,
            container.label("nuclei", level - 1),
            container.label("nuclei", level));
      }
    }
  }

  @Test
  void rebuildingWhatDerivesFromChangesEqualsRebuildingAll() {
    for (long seed = 0; seed < 25; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      for (TestContainer kind : kinds(seed)) {
        Container container = withLevels(kind, 3);
        container.image().consolidateRegions(change(random, container.image()));
        Label label = container.label("cells");
        label.consolidateRegions(change(random, label));
        for (int level = 1; level < 3; level++) {
          assertFollows(Pyramid.Kind.IMAGE, container.image(level - 1), container.image(level));
          assertFollows(
              Pyramid.Kind.LABEL,
              container.label("cells", level - 1),
              container.label("cells", level));
        }
      }
    }
  }

  @Test
  void whatDoesNotDeriveFromTheChangesStays() {
    Container container = withLevels(TestContainer.plane(), 2);
    ZarrArray coarse = container.image(1).array();
    NdArray marked = NdArray.zeros(coarse.type(), coarse.shape());
    marked.fill(12345);
    coarse.write(Box.whole(coarse.shape()), marked);
    Box changed = Box.of(new long[] {1, 10, 31}, new long[] {2, 12, 35});
    container.image().consolidateRegions(List.of(changed));
    Box derived = Box.of(new long[] {1, 5, 15}, new long[] {2, 6, 18});
    NdArray after = coarse.read(Box.whole(coarse.shape()));
    assertThat(after.cut(derived).isFilledWith(12345)).isFalse();
    after.fill(derived, 12345);
    assertThat(after.isFilledWith(12345)).isTrue();
  }

  @Test
  void rebuildingAPartReadsAndWritesOnlyItsUnits() {
    ObservedStore store = ObservedStore.of(new MemoryStore());
    Container made = TestContainer.plane().create(StorePath.root(store));
    made.image().pyramid().withLevels(2);
    Image image = Container.open(StorePath.root(store)).image();
    store.log().clear();
    image.consolidateRegions(List.of(Box.of(new long[] {0, 0, 0}, new long[] {1, 8, 8})));
    assertThat(store.log().operations())
        .extracting(StoreOperation::toString)
        .containsExactly(
            "READ 0/.zarray", "READ 1/.zarray", "READ 0/0/0/0", "READ 1/0/0/0", "WRITE 1/0/0/0");
  }

  @Test
  void newLevelsAreHalfAsLongAndListedLast() {
    Container container = withLevels(TestContainer.plane(), 3);
    assertThat(container.image(2).shape()).isEqualTo(Shape.of(2, 12, 15));
    assertThat(container.image(2).pixelSize().get(AxisName.Y))
        .isEqualTo(0.325 * (50.0 / 25) * (25.0 / 12));
    assertThat(container.image(1).array().metadata().chunks()).isEqualTo(Shape.of(1, 16, 20));
    assertThatThrownBy(() -> container.image().pyramid().withLevels(9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[2, 1, 1]");
  }

  @Test
  void largeUnitsAreMadeChunkByChunk() {
    for (TestContainer kind : kinds(5)) {
      Container container = withLevels(kind, 2);
      PyramidStep step = container.image().pyramid().steps(0).get(0);
      for (Box box : change(new SplittableRandom(6), container.image())) {
        step.derived(List.of(box)).values().forEach(boxes -> step.apply(boxes, 1));
      }
      assertFollows(Pyramid.Kind.IMAGE, container.image(0), container.image(1));
    }
  }

  @Test
  void aLevelOfMoreChunksThanCanBeListedIsRefusedWithItsPath() {
    StorePath root = StorePath.root(new MemoryStore());
    ZarrArray few = flat(root.child("few"), Shape.of(100, 100));
    ZarrArray many = flat(root.child("many"), Shape.of(70_000, 70_000));
    for (List<ZarrArray> levels : List.of(List.of(many, few), List.of(few, many))) {
      assertThatThrownBy(() -> PyramidStep.of(Pyramid.Kind.IMAGE, levels.get(0), levels.get(1)))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("many")
          .hasMessageContaining("4900000000 chunks; at most 2147483647 are supported");
    }
  }

  private static ZarrArray flat(StorePath path, Shape shape) {
    return ZarrArray.create(
        path,
        ArrayMetadata.defaults(ZarrFormat.V2, shape, Shape.of(1, 1), DataType.UINT8, List.of()));
  }

  @Test
  void aLevelThatCannotBeMadeLeavesNothing() {
    for (DataType type : List.of(DataType.FLOAT16, DataType.UINT8)) {
      Container container = TestContainer.plane().withType(type).create();
      List<String> before = container.path().store().list("");
      assertThatThrownBy(() -> container.image().pyramid().withLevels(20))
          .as("float16 is not made; others end at one pixel")
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(container.path().store().list("")).isEqualTo(before);
    }
  }
}
