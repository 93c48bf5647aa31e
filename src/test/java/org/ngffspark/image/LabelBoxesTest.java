// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.PixelGrid;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.StoreOperation;
import org.ngffspark.zarr.store.StorePath;

class LabelBoxesTest {
  private static final Axes ZYX = Axes.of("z", "y", "x");

  private static PixelGrid grid(Shape shape) {
    return PixelGrid.of("label", ZYX, shape, PixelSize.of(ZYX, 2, 0.5, 0.5));
  }

  private static Map<Long, Box> slowly(Patch ids) {
    Map<Long, Box> boxes = new TreeMap<>();
    for (int flat = 0; flat < ids.size(); flat++) {
      long[] index = new long[3];
      long rest = flat;
      for (int axis = 2; axis >= 0; axis--) {
        index[axis] = rest % ids.shape().get(axis);
        rest /= ids.shape().get(axis);
      }
      if (ids.integer(flat) > 0) {
        Box pixel = Box.whole(Shape.of(1, 1, 1)).within(Box.of(index, index));
        boxes.merge(ids.integer(flat), pixel, Box::union);
      }
    }
    return boxes;
  }

  private static Map<Long, Box> boxes(LabelBoxes found) {
    Map<Long, Box> boxes = new TreeMap<>();
    for (int i = 0; i < found.size(); i++) {
      boxes.put(found.label(i), found.boxAt(i));
    }
    return boxes;
  }

  private static final DataType[] TYPES = {
    DataType.UINT8, DataType.INT8, DataType.UINT16, DataType.INT16,
    DataType.UINT32, DataType.INT32, DataType.UINT64, DataType.INT64
  };

  @Test
  void boxesAreTightForEveryIntegerTypeInAnyPieces() {
    for (long seed = 0; seed < 400; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      DataType type = TYPES[random.nextInt(TYPES.length)];
      Shape shape = Shape.of(1 + random.nextInt(3), 1 + random.nextInt(20), 1 + random.nextInt(20));
      Patch ids = Patches.wrap(NdArray.zeros(type, shape), ZYX);
      long[] values = new long[5];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextLong() >> (64 - 8 * type.bytes());
        if (type == DataType.UINT64) {
          values[i] >>>= 1;
        } else if (!ids.holds(values[i])) {
          values[i] = 1 + i;
        }
      }
      for (int flat = 0; flat < ids.size(); flat++) {
        if (random.nextInt(3) == 0) {
          ids.setInteger(flat, values[random.nextInt(values.length)]);
        }
      }
      LabelBoxScan whole = new LabelBoxScan(grid(shape));
      whole.add(ids.pixels(), Box.whole(shape));
      long cut = random.nextLong(shape.get(1) + 1);
      LabelBoxScan upper = new LabelBoxScan(grid(shape));
      LabelBoxScan lower = new LabelBoxScan(grid(shape));
      Box first = Box.whole(shape).with(1, 0, cut);
      Box second = Box.whole(shape).with(1, cut, shape.get(1));
      upper.add(ids.pixels().cut(first), first);
      lower.add(ids.pixels().cut(second), second);
      assertThat(boxes(whole.boxes())).as("seed %d, %s", seed, ids).isEqualTo(slowly(ids));
      assertThat(LabelBoxes.merge(List.of(upper.boxes(), lower.boxes())))
          .as("seed %d", seed)
          .isEqualTo(whole.boxes());
    }
  }

  @Test
  void manyObjectsAreKeptApart() {
    Shape shape = Shape.of(1, 300, 400);
    NdArray ids = NdArray.zeros(DataType.UINT32, shape);
    for (int i = 0; i < 120_000; i++) {
      ids.buffer().putInt(4 * i, i * 31 + 1);
    }
    LabelBoxScan scan = new LabelBoxScan(grid(shape));
    scan.add(ids, Box.whole(shape));
    LabelBoxes boxes = scan.boxes();
    assertThat(boxes.size()).isEqualTo(120_000);
    assertThat(boxes.label(77)).isEqualTo(77 * 31 + 1);
    assertThat(boxes.boxAt(401)).isEqualTo(Box.of(new long[] {0, 1, 1}, new long[] {1, 2, 2}));
  }

  @Test
  void anIdThatNeedsAllSixtyFourBitsIsRefused() {
    Shape shape = Shape.of(1, 1, 2);
    NdArray ids = NdArray.zeros(DataType.UINT64, shape);
    ids.buffer().putLong(8, -1);
    assertThatThrownBy(() -> new LabelBoxScan(grid(shape)).add(ids, Box.whole(shape)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("18446744073709551615");
  }

  @Test
  void aRegionIsTheBoxInWorldUnits() {
    Shape shape = Shape.of(2, 8, 8);
    NdArray ids = NdArray.zeros(DataType.INT16, shape);
    ids.fill(Box.of(new long[] {1, 2, 3}, new long[] {2, 6, 4}), 9);
    LabelBoxScan scan = new LabelBoxScan(grid(shape));
    scan.add(ids, Box.whole(shape));
    assertThat(scan.boxes().roi(9))
        .isEqualTo(
            new Roi(
                Optional.of("9"),
                Optional.of(9L),
                Map.of(
                    AxisName.Z, Interval.of(2, 2),
                    AxisName.Y, Interval.of(1, 2),
                    AxisName.X, Interval.of(1.5, 0.5))));
    assertThatThrownBy(() -> scan.boxes().roi(8)).hasMessageContaining("No object 8");
  }

  @Test
  void eachStoredChunkIsReadOnce() {
    ObservedStore store = ObservedStore.of(new MemoryStore());
    Label label = TestContainer.plane().create(StorePath.root(store)).label("nuclei");
    store.log().clear();
    LabelBoxes boxes = label.boxes();
    assertThat(boxes.size()).isPositive();
    assertThat(store.log().operations()).hasSize((int) label.array().chunks().count());
    assertThat(store.log().keys(StoreOperation.Kind.READ)).doesNotHaveDuplicates();
  }

  @Test
  void aLabelOfMoreChunksThanCanBeListedIsRefusedWithItsPath() {
    Container container = TestContainer.plane().create();
    Label label = container.label("nuclei");
    ArrayMetadata metadata = label.array().metadata();
    ZarrArray.create(
        label.array().path(),
        ArrayMetadata.defaults(
            metadata.format(), Shape.of(70_000, 70_000), Shape.of(1, 1), label.type(), List.of()));
    assertThatThrownBy(() -> Container.open(container.path()).label("nuclei").boxes())
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("labels/nuclei/0")
        .hasMessageContaining("shape [70000, 70000] in chunks of [1, 1]")
        .hasMessageContaining("4900000000 chunks; at most 2147483647 are supported");
  }

  @Test
  void eachShardIsReadOnce() {
    ObservedStore store = ObservedStore.of(new MemoryStore());
    TestContainer kind = TestContainer.plane().withShards(Shape.of(1, 32, 40));
    Label label = kind.create(StorePath.root(store)).label("nuclei");
    assertThat(label.array().chunks().count()).isGreaterThan(label.array().writeUnits().count());
    store.log().clear();
    LabelBoxes boxes = label.boxes();
    assertThat(store.log().operations()).hasSize((int) label.array().writeUnits().count());
    assertThat(store.log().keys(StoreOperation.Kind.READ))
        .hasSize((int) label.array().writeUnits().count())
        .doesNotHaveDuplicates();
    LabelBoxScan whole = new LabelBoxScan(label.grid());
    whole.add(label.read().pixels(), Box.whole(label.shape()));
    assertThat(boxes).isEqualTo(whole.boxes());
  }
}
