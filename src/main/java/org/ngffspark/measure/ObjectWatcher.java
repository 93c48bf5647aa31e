// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

/** Is told of each object that is measured. */
public interface ObjectWatcher {
  /** Looks at nothing. */
  ObjectWatcher NONE =
      new ObjectWatcher() {
        @Override
        public boolean needsValues() {
          return false;
        }

        @Override
        public void measured(MeasuredObject object, double[] row, int at) {}
      };

  /** Whether it looks at {@link MeasuredObject#values}, which are then kept for all objects. */
  boolean needsValues();

  /**
   * Takes an object; it may be kept.
   *
   * @param row numbers of the object from {@code at} on, one for each column; not to be kept
   */
  void measured(MeasuredObject object, double[] row, int at);
}
