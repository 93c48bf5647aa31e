// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

/** Is told of each object that is measured. */
public interface ObjectWatcher {
  /** Looks at nothing. */
  ObjectWatcher NONE =
      new ObjectWatcher() {
        @Override
        public void found(long label, int time, long pixels) {}

        @Override
        public boolean needsValues(long label, int time) {
          return false;
        }

        @Override
        public void measured(MeasuredObject object, double[] row, int at) {}
      };

  /**
   * Takes note of an object whose pixels have not been read.
   *
   * @param time index of the time point
   * @param pixels of the object, in one channel
   */
  void found(long label, int time, long pixels);

  /**
   * Whether it looks at {@link MeasuredObject#values} of an object, which are kept for that. Asked
   * when all objects of a tile were found.
   *
   * @param time index of the time point
   */
  boolean needsValues(long label, int time);

  /**
   * Takes an object; it may be kept.
   *
   * @param row numbers of the object from {@code at} on, one for each column; not to be kept
   */
  void measured(MeasuredObject object, double[] row, int at);
}
