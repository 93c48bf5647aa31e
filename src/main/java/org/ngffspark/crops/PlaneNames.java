// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.util.ArrayList;
import java.util.List;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.nd.Box;

/**
 * Names of the files that hold the planes of y and x of an object, in C order. One plane alone is
 * {@code name}; of several each names its place in the image on the axes that have more than one:
 * {@code name_c0_z3}.
 *
 * @param axes of the object's pixels
 * @param box where they lie
 * @param channels indices in the image of their channels
 */
record PlaneNames(Axes axes, Box box, List<Integer> channels) {

  List<String> of(String name) {
    int planes = 1;
    for (int axis = 0; axis < box.rank() - 2; axis++) {
      planes *= (int) box.length(axis);
    }
    List<String> names = new ArrayList<>();
    for (int plane = 0; plane < planes; plane++) {
      names.add(name + suffix(plane));
    }
    return names;
  }

  private String suffix(int plane) {
    String suffix = "";
    int rest = plane;
    for (int axis = box.rank() - 3; axis >= 0; axis--) {
      int length = (int) box.length(axis);
      if (length > 1) {
        suffix = "_" + axes.name(axis) + place(axis, rest % length) + suffix;
      }
      rest /= length;
    }
    return suffix;
  }

  private long place(int axis, int index) {
    return axes.name(axis) == AxisName.C ? channels.get(index) : box.start(axis) + index;
  }
}
