// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.List;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;

/** The median of the object's pixels in a square window in y and x. */
final class MedianFilter implements MaskedTransform {
  private static final long serialVersionUID = 1L;
  private static final int MAX_SIZE = 9999;

  private final int size;

  MedianFilter() {
    this(3);
  }

  private MedianFilter(int size) {
    this.size = size;
  }

  @Override
  public String name() {
    return "median";
  }

  @Override
  public String description() {
    return "median of the object's pixels in a square window, in y and x";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.integer("size", "side of the window in pixels").in(Range.oddUpTo(MAX_SIZE)));
  }

  @Override
  public MaskedTransform configure(Parameters values) {
    return new MedianFilter((int) values.integer("size"));
  }

  @Override
  public boolean channelwise() {
    return true;
  }

  @Override
  public void apply(MaskedPatch object, Patch result) {
    Window window = Window.of(object);
    Slabs.of(object.patch())
        .forEachPlane(
            (from, to) -> {
              if (object.written().count(from, to) > 0) {
                filter(object, window.at(from), result);
              }
            });
  }

  private void filter(MaskedPatch object, Window window, Patch result) {
    RankedPlane plane = RankedPlane.of(object.patch(), object.mask(), window);
    SlidingMedian median = new SlidingMedian(plane, size / 2);
    double[] row = new double[window.width()];
    window.forEachRun(
        object.written(),
        (start, at, length) -> {
          object.patch().read(start, length, row, 0);
          median.replace(at / window.width(), at % window.width(), length, row);
          result.write(start, length, row, 0);
        });
  }
}
