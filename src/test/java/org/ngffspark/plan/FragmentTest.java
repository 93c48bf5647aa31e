// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.image.Mask;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

class FragmentTest {

  @Test
  void fragmentsPastedUnitByUnitGiveWhatTheMaskedPatchGives() throws Exception {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Shape shape = Shape.of(random.nextInt(1, 3), random.nextInt(5, 40), random.nextInt(5, 40));
      ChunkGrid units =
          new ChunkGrid(
              shape, Shape.of(random.nextInt(1, 3), random.nextInt(3, 20), random.nextInt(3, 20)));
      Box place = box(random, shape);
      NdArray patch = NdArray.zeros(DataType.UINT16, place.shape());
      random.nextBytes(patch.bytes());
      Mask mask = mask(random, place.shape());

      NdArray expected = NdArray.zeros(DataType.UINT16, shape);
      mask.paste(patch, Box.whole(place.shape()), expected, place);
      NdArray actual = NdArray.zeros(DataType.UINT16, shape);
      List<Fragment> fragments = Fragment.cut(5, place, mask, patch, units);
      for (Fragment fragment : travelled(FragmentBatch.of(fragments)).fragments()) {
        assertThat(units.fullBox(fragment.unit()).contains(fragment.box())).isTrue();
        assertThat(fragment.label()).isEqualTo(5);
        Box whole = Box.whole(fragment.box().shape());
        fragment.mask().paste(fragment.unpack(), whole, actual, fragment.box());
      }
      assertThat(actual.bytes()).as("seed %d", seed).isEqualTo(expected.bytes());
    }
  }

  @Test
  void everyUnitThatABoxTouchesGetsAFragment() {
    ChunkGrid units = new ChunkGrid(Shape.of(10, 10), Shape.of(5, 5));
    Box place = Box.of(new long[] {3, 3}, new long[] {7, 7});
    Mask corner = Mask.ofRuns(place.shape(), new int[] {0, 1});
    NdArray patch = NdArray.zeros(DataType.UINT8, place.shape());
    assertThat(Fragment.cut(1, place, corner, patch, units))
        .extracting(fragment -> fragment.mask().count())
        .containsExactly(1L, 0L, 0L, 0L);
  }

  private static FragmentBatch travelled(FragmentBatch batch)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(batch);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (FragmentBatch) in.readObject();
    }
  }

  private static Box box(SplittableRandom random, Shape shape) {
    long[] start = new long[shape.rank()];
    long[] stop = new long[shape.rank()];
    for (int axis = 0; axis < start.length; axis++) {
      start[axis] = random.nextLong(shape.get(axis));
      stop[axis] = random.nextLong(start[axis], shape.get(axis)) + 1;
    }
    return Box.of(start, stop);
  }

  private static Mask mask(SplittableRandom random, Shape shape) {
    List<Integer> runs = new ArrayList<>();
    int at = random.nextInt(4);
    while (at < shape.elements()) {
      int length = (int) Math.min(random.nextInt(1, 12), shape.elements() - at);
      runs.add(at);
      runs.add(length);
      at += length + random.nextInt(1, 9);
    }
    return Mask.ofRuns(shape, runs.stream().mapToInt(i -> i).toArray());
  }
}
