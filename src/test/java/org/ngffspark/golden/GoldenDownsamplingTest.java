// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ngffspark.resample.Downsampling;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/** Pyramid levels that ngio's numpy mode makes. */
final class GoldenDownsamplingTest {
  private final Map<String, NdArray> pyramids =
      NpyFile.readAll(Golden.path("pyramids/pyramids.npz"));

  @Test
  void levelsOfImagesAreThoseOfNgio() {
    assertThat(cases("/linear")).hasSizeGreaterThan(50);
    for (String name : cases("/linear")) {
      NdArray source = pyramids.get(name + "/source");
      NdArray expected = pyramids.get(name + "/linear");
      Downsampling rule = Downsampling.linear(source.type(), source.shape(), expected.shape());
      Golden.assertSame(name, whole(rule, source, expected.shape()), expected);
    }
  }

  @Test
  void levelsOfLabelsAreThoseOfNgio() {
    assertThat(cases("/nearest")).hasSizeGreaterThan(10);
    for (String name : cases("/nearest")) {
      NdArray source = pyramids.get(name + "/source");
      NdArray expected = pyramids.get(name + "/nearest");
      Downsampling rule = Downsampling.nearest(source.shape(), expected.shape());
      Golden.assertSame(name, whole(rule, source, expected.shape()), expected);
    }
  }

  @Test
  void anyBlockOfALevelIsThatPartOfTheWholeLevel() {
    long seed = 1;
    SplittableRandom random = new SplittableRandom(seed);
    for (String name : cases("/linear")) {
      NdArray source = pyramids.get(name + "/source");
      NdArray expected = pyramids.get(name + "/linear");
      Downsampling rule = Downsampling.linear(source.type(), source.shape(), expected.shape());
      Box target = randomBox(random, expected.shape());
      Box place = rule.sourceBox(target);
      Golden.assertSame(
          name + " " + target + " of seed " + seed,
          rule.apply(source.cut(place), place, target),
          expected.cut(target));
    }
  }

  @Test
  void singleRowsOfLabelsTakeThePixelsThatNgioTakes() {
    for (Map<String, String> row : Golden.rows("rois/nearest.csv.gz")) {
      int source = Integer.parseInt(row.get("source"));
      int[] taken = numbers(row.get("indices")).mapToInt(Integer::parseInt).toArray();
      Downsampling rule = Downsampling.nearest(Shape.of(1, source), Shape.of(1, taken.length));
      NdArray line = integers(IntStream.range(0, source).toArray());
      NdArray result = whole(rule, line, Shape.of(1, taken.length));
      Golden.assertSame(source + " to " + taken.length, result, integers(taken));
    }
  }

  @Test
  void singleRowsOfImagesAreInterpolatedAsByNgio() {
    for (Map<String, String> row : Golden.rows("rois/linear.csv.gz")) {
      NdArray source = doubles(row.get("values"));
      NdArray expected = doubles(row.get("resampled"));
      Downsampling rule = Downsampling.linear(DataType.FLOAT64, source.shape(), expected.shape());
      NdArray result = whole(rule, source, expected.shape());
      Golden.assertSame(row.get("source") + " to " + row.get("target"), result, expected);
    }
  }

  private List<String> cases(String kind) {
    return pyramids.keySet().stream()
        .filter(name -> name.endsWith(kind))
        .map(name -> name.substring(0, name.indexOf('/')))
        .toList();
  }

  private static NdArray whole(Downsampling rule, NdArray source, Shape target) {
    return rule.apply(source, Box.whole(source.shape()), Box.whole(target));
  }

  static Box randomBox(SplittableRandom random, Shape shape) {
    long[] start = new long[shape.rank()];
    long[] stop = new long[shape.rank()];
    for (int axis = 0; axis < start.length; axis++) {
      start[axis] = random.nextLong(shape.get(axis));
      stop[axis] = start[axis] + 1 + random.nextLong(shape.get(axis) - start[axis]);
    }
    return Box.of(start, stop);
  }

  private static Stream<String> numbers(String line) {
    return Arrays.stream(line.split(" "));
  }

  private static NdArray integers(int[] values) {
    NdArray line = NdArray.zeros(DataType.UINT32, Shape.of(1, values.length));
    ByteBuffer buffer = line.buffer();
    Arrays.stream(values).forEach(buffer::putInt);
    return line;
  }

  private static NdArray doubles(String text) {
    double[] values = numbers(text).mapToDouble(Double::parseDouble).toArray();
    NdArray line = NdArray.zeros(DataType.FLOAT64, Shape.of(1, values.length));
    ByteBuffer buffer = line.buffer();
    Arrays.stream(values).forEach(buffer::putDouble);
    return line;
  }
}
