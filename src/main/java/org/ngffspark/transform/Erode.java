// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.List;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;

/** Takes from the ids inside the object the pixels near another id, 0 included. */
final class Erode extends LabelTransform {
  private static final long serialVersionUID = 1L;

  private final double radius;

  Erode() {
    this(1);
  }

  private Erode(double radius) {
    this.radius = radius;
  }

  @Override
  public String name() {
    return "erode";
  }

  @Override
  public String description() {
    return "clears ids inside the object nearer than radius to another id, in y and x";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.number("radius", "pixels nearer than this to another id are cleared")
            .in(Range.above(0)));
  }

  @Override
  public MaskedTransform configure(Parameters values) {
    return new Erode(values.number("radius"));
  }

  @Override
  public void apply(MaskedPatch object, Patch result) {
    Slabs slabs = Slabs.of(object.patch());
    slabs.forEachPlane(
        (from, to) -> {
          if (object.mask().count(from, to) > 0) {
            erode(object, from, to, new IdPlane(object.patch(), from, slabs.width(), to), result);
          }
        });
  }

  private void erode(MaskedPatch object, int from, int to, IdPlane plane, Patch result) {
    object
        .mask()
        .forEachRun(
            from,
            to,
            (start, length) -> {
              for (int i = start; i < start + length; i++) {
                if (plane.isNearAnother(i - from, radius)) {
                  result.setInteger(i, 0);
                }
              }
            });
  }
}
