// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;

/**
 * The pixels of an object that are written: its own, or those of its whole box if the run says so.
 *
 * @param object what is transformed
 * @param from flat index of the first pixel of a part of the patch
 * @param to flat index after the last pixel of that part
 */
public record WrittenRuns(MaskedPatch object, int from, int to) {
  private static final int BUFFER = 1024;

  /** Replaces the first {@code count} values by their results. */
  @FunctionalInterface
  public interface Operation {
    void apply(double[] values, int count);
  }

  /** Those of the whole patch. */
  public static WrittenRuns of(MaskedPatch object) {
    return new WrittenRuns(object, 0, object.patch().size());
  }

  public boolean isEmpty() {
    return object.written().count(from, to) == 0;
  }

  /**
   * Reads the pixels as they were before the run, and writes what {@code operation} makes of them
   * to {@code result}, rounded and kept within the range of its type.
   */
  public void map(Patch result, Operation operation) {
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
