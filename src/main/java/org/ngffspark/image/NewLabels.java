// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import org.ngffspark.zarr.nd.DataType;

/**
 * Gives ids to new objects that are made inside one object of a label image. No two objects get the
 * same, for ids of objects are not larger than the largest one: the k-th id is as many times the
 * largest one above the object's own. Not safe for several threads.
 */
final class NewLabels {
  private final long label;
  private final long largest;
  private long given;

  /**
   * @param label id of the object, 1 to {@code largest}
   * @param largest id that any object has
   */
  NewLabels(long label, long largest) {
    if (label < 1 || label > largest) {
      throw new IllegalArgumentException(
          "An object with the id " + label + " cannot be, where " + largest + " is the largest id");
    }
    this.label = label;
    this.largest = largest;
  }

  long largest() {
    return largest;
  }

  /**
   * The next id.
   *
   * @throws IllegalArgumentException if pixels of that type do not hold it
   */
  long next(DataType type) {
    given++;
    long most = most(type);
    if (given > (most - label) / largest) {
      throw new IllegalArgumentException(
          "New object "
              + given
              + " inside object "
              + label
              + " would get an id that pixels of type "
              + type
              + " do not hold, for the largest id is "
              + largest
              + " already; use a label image of a larger type, or of smaller ids");
    }
    return label + given * largest;
  }

  private static long most(DataType type) {
    int bits = Byte.SIZE * type.bytes() - (type.kind() == DataType.Kind.SIGNED ? 1 : 0);
    return bits >= Long.SIZE - 1 ? Long.MAX_VALUE : (1L << bits) - 1;
  }
}
