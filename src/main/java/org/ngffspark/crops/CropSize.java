// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.ngffspark.roi.Axes;

/**
 * The one size that all crops of a set have, and how objects come to it.
 *
 * @param lengths of y and x, or of z, y and x, in pixels
 */
public record CropSize(List<Integer> lengths, Fit fit) implements Serializable {
  private static final List<String> NAMES = List.of("z", "y", "x");

  /** What is done with a box of another size; it lies in the middle of the crop. */
  public enum Fit {
    /** It keeps its pixels; what lies around it is 0. */
    PAD,
    /** It is enlarged or shrunk by the one factor by which it just fits, then padded. */
    SCALE
  }

  /**
   * @throws IllegalArgumentException if there are not two or three lengths, all positive
   */
  public CropSize {
    lengths = List.copyOf(lengths);
    if (lengths.size() < 2
        || lengths.size() > NAMES.size()
        || lengths.stream().anyMatch(x -> x < 1)) {
      throw new IllegalArgumentException(
          "The size of crops must be y,x or z,y,x in pixels, as 64,64; got " + lengths);
    }
  }

  /**
   * Lengths of the axes of a crop; axes that it says nothing of keep theirs.
   *
   * @param lengthsOfBox of the object's box, axis by axis
   * @throws IllegalArgumentException if there is no length for z, of which there are several
   *     planes, or one for a z that there is not
   */
  long[] of(Axes axes, long[] lengthsOfBox) {
    requireAxes(axes, lengthsOfBox);
    long[] result = lengthsOfBox.clone();
    for (int i = 0; i < lengths.size(); i++) {
      result[axes.names().indexOf(names().get(i))] = lengths.get(i);
    }
    return result;
  }

  private List<String> names() {
    return NAMES.subList(NAMES.size() - lengths.size(), NAMES.size());
  }

  /** Whether it says how long an axis is. */
  boolean has(String axis) {
    return names().contains(axis);
  }

  private void requireAxes(Axes axes, long[] lengthsOfBox) {
    List<String> spatial = new ArrayList<>(axes.names());
    spatial.retainAll(NAMES);
    int z = axes.names().indexOf("z");
    if (z >= 0 && lengthsOfBox[z] == 1 && !has("z")) {
      spatial.remove("z");
    }
    if (!spatial.equals(names())) {
      throw new IllegalArgumentException(
          "The size of crops "
              + lengths
              + " is one of "
              + String.join(",", names())
              + ", and the image has "
              + String.join(",", spatial));
    }
  }
}
