// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ngffspark.image.Mask;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.PixelGrid;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;

class ObjectScanTest {
  private static final Axes MOVIE = Axes.of("t", "c", "z", "y", "x");
  private static final Shape SHAPE = Shape.of(2, 1, 3, 2, 4);
  private static final NdArray PLANE =
      Patches.of(DataType.UINT16, Axes.of("y", "x"), Shape.of(2, 4), 0, 7, 7, 0, 5, 0, 7, 7)
          .pixels();

  private static PixelGrid grid(Axes axes, Shape shape) {
    double[] ones = new double[axes.rank()];
    Arrays.fill(ones, 1);
    return PixelGrid.of("label test", axes, shape, PixelSize.of(axes, ones));
  }

  private static ObjectScan scan(Axes axes, Shape shape, Box tile) {
    MeasuredImage image = MeasuredImage.of(grid(axes, shape), List.of("A"), DataType.UINT8);
    return new ObjectScan(image, axes, tile, (time, label) -> true);
  }

  private static List<String> found(ObjectParts parts) {
    return IntStream.range(0, parts.size())
        .mapToObj(i -> parts.label(i) + " at " + parts.time(i) + ": " + parts.count(i))
        .toList();
  }

  @Test
  void aPlaneOfLabelsHoldsForAllPlanesAndTimes() {
    ObjectScan scan = scan(MOVIE, SHAPE, Box.whole(SHAPE));
    scan.add(grid(Axes.of("y", "x"), PLANE.shape()), PLANE, Box.whole(PLANE.shape()));
    assertThat(found(scan.parts()))
        .containsExactly("5 at 0: 3", "7 at 0: 12", "5 at 1: 3", "7 at 1: 12");
  }

  @Test
  void anAxisOfOnePixelHoldsForTheWholeAxisOfTheTile() {
    Box tile = Box.of(new long[] {1, 0, 1, 0, 0}, new long[] {2, 1, 3, 2, 4});
    ObjectScan scan = scan(MOVIE, SHAPE, tile);
    Shape flat = Shape.of(2, 1, 2, 4);
    NdArray labels = NdArray.zeros(DataType.UINT16, flat);
    labels.paste(
        NdArray.wrap(PLANE.type(), Shape.of(1, 1, 2, 4), PLANE.bytes()),
        Box.whole(Shape.of(1, 1, 2, 4)),
        Box.of(new long[] {1, 0, 0, 0}, new long[] {2, 1, 2, 4}));
    scan.add(grid(Axes.of("t", "z", "y", "x"), flat), labels, Box.whole(flat));
    assertThat(found(scan.parts())).containsExactly("5 at 1: 2", "7 at 1: 8");
  }

  @Test
  void pixelsOutsideTheTileAreLeftOut() {
    Axes axes = Axes.of("y", "x");
    Shape shape = Shape.of(2, 4);
    ObjectScan scan = scan(axes, shape, Box.of(new long[] {0, 0}, new long[] {2, 2}));
    scan.add(grid(axes, shape), PLANE, Box.whole(shape));
    assertThat(found(scan.parts())).containsExactly("5 at 0: 1", "7 at 0: 1");
  }

  @Test
  void aMissingChunkIsAllFillValue() {
    Axes axes = Axes.of("y", "x");
    Shape shape = Shape.of(2, 4);
    ObjectScan scan = scan(axes, shape, Box.whole(shape));
    Box chunk = Box.of(new long[] {1, 1}, new long[] {2, 4});
    scan.addFilled(grid(axes, shape), 9, chunk);
    scan.addFilled(grid(axes, shape), 0, Box.whole(shape));
    assertThat(found(scan.parts())).containsExactly("9 at 0: 3");
  }

  @Test
  void aMaskThatRunsOverTheEndOfARowIsCutThere() {
    Axes axes = Axes.of("c", "y", "x");
    Shape shape = Shape.of(1, 4, 5);
    ObjectScan scan = scan(axes, shape, Box.whole(shape));
    Box box = Box.of(new long[] {0, 1, 2}, new long[] {1, 4, 5});
    scan.add(3, axes, box, Mask.ofRuns(box.shape(), new int[] {2, 5}));
    assertThat(scan.parts().runs(0)).containsExactly(0, 1, 4, 1, 0, 2, 2, 3, 0, 3, 2, 1);
  }

  @Test
  void partsOfAnObjectFromSeveralChunksAreInOrder() {
    Axes axes = Axes.of("y", "x");
    Shape shape = Shape.of(2, 4);
    ObjectScan scan = scan(axes, shape, Box.whole(shape));
    for (int x = 2; x >= 0; x -= 2) {
      Box place = Box.of(new long[] {0, x}, new long[] {2, x + 2});
      scan.add(grid(axes, shape), PLANE.cut(place), place);
    }
    ObjectParts parts = scan.parts();
    assertThat(parts.runs(1)).containsExactly(0, 0, 1, 2, 0, 1, 2, 2);
    assertThat(parts.pixels()).isEqualTo(5);
  }

  @Test
  void labelsOfSeveralChannelsAreRefused() {
    ObjectScan scan = scan(MOVIE, SHAPE, Box.whole(SHAPE));
    Shape shape = Shape.of(2, 2, 4);
    PixelGrid grid = grid(Axes.of("c", "y", "x"), shape);
    NdArray labels = NdArray.zeros(DataType.UINT8, shape);
    assertThatThrownBy(() -> scan.add(grid, labels, Box.whole(shape)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label test has 2 channels");
  }

  @Test
  void idsOf64BitsWithoutSignAreRefused() {
    Axes axes = Axes.of("y", "x");
    Patch labels = Patches.zeros(DataType.UINT64, axes, 1, 2);
    labels.setInteger(1, -1);
    ObjectScan scan = scan(axes, labels.shape(), Box.whole(labels.shape()));
    PixelGrid grid = grid(axes, labels.shape());
    assertThatThrownBy(() -> scan.add(grid, labels.pixels(), Box.whole(labels.shape())))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("18446744073709551615");
  }
}
