// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import org.ngffspark.transform.MaskedTransform;

/**
 * How many objects are handed to a transform at once: as many as it wants together; else as many
 * calls as are done in a moment, so that slow ones are counted, and can be stopped, one by one. Not
 * safe for several threads.
 */
final class GroupSize {
  /** Shorter than anybody waits for. */
  private static final long MOMENT_NANOS = 20_000_000;

  private final int together;
  private final int mostCalls;
  private int calls = 1;

  private GroupSize(int together, int mostCalls) {
    this.together = together;
    this.mostCalls = mostCalls;
  }

  /** For objects whose time is not limited, and each of which may take its own time. */
  static GroupSize of(MaskedTransform transform) {
    return new GroupSize(transform.objectsAtOnce(), transform.callsAtOnce());
  }

  /** For objects whose time is limited one by one. */
  static GroupSize timed(MaskedTransform transform) {
    return new GroupSize(transform.objectsAtOnce(), 1);
  }

  /** Objects of the next group. */
  int next() {
    return Math.max(together, calls);
  }

  /** Learns from a group. */
  void took(long nanos, int objects) {
    long inMoment = objects * MOMENT_NANOS / Math.max(1, nanos);
    calls = (int) Math.max(1, Math.min(mostCalls, Math.min(inMoment, 4L * objects)));
  }

  /** The objects of a group are tried one by one; those that follow may fail as well. */
  void failed() {
    calls = 1;
  }
}
