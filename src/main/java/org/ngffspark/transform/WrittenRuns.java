// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;

/** The pixels of an object that are written, between two flat indices. */
record WrittenRuns(MaskedPatch object, int from, int to) {
  private static final int BUFFER = 1024;

  /** Replaces the first {@code count} values by their results. */
  @FunctionalInterface
  interface Operation {
    void apply(double[] values, int count);
  }

  static WrittenRuns of(MaskedPatch object) {
    return new WrittenRuns(object, 0, object.patch().size());
  }

  boolean isEmpty() {
    return object.written().count(from, to) == 0;
  }

  /** Writes the results of {@code operation} on the object's pixels to {@code result}. */
  void map(Patch result, Operation operation) {
    double[] values = new double[BUFFER];
    Patch source = object.patch();
    object
        .written()
        .forEachRun(
            from,
            to,
            (start, length) -> {
              for (int done = 0; done < length; done += BUFFER) {
                int count = Math.min(BUFFER, length - done);
                source.read(start + done, count, values, 0);
                operation.apply(values, count);
                result.write(start + done, count, values, 0);
              }
            });
  }
}
