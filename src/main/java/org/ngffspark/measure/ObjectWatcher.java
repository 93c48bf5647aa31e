// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

/** Is told of each object that is measured. */
@FunctionalInterface
public interface ObjectWatcher {
  /** Looks at nothing. */
  ObjectWatcher NONE = (object, row, at) -> {};

  /**
   * Takes an object; it may be kept.
   *
   * @param row numbers of the object from {@code at} on, one for each column; not to be kept
   */
  void measured(MeasuredObject object, double[] row, int at);
}
