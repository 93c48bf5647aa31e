// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.io.Serializable;
import java.util.function.LongFunction;

/**
 * What tells a process from all others, so that somebody else can find out whether it still lives.
 *
 * @param space where it runs
 * @param pid its number there
 * @param started when it began, by the clock there; tells it from a later one of the same number;
 *     empty where the system does not tell
 */
public record ProcessMark(ProcessSpace space, long pid, String started) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What can be said of a process from here. */
  enum Liveness {
    ALIVE,
    DEAD,
    /** It belongs to another machine, or what would tell cannot be read or compared from here. */
    UNKNOWN
  }

  /** What the system shows of a process number. */
  sealed interface Sight {
    /** There is a process, which began then. */
    record Running(String started) implements Sight {}

    /** There is none. */
    record None() implements Sight {}

    /** It does not show whether there is one. */
    record Hidden() implements Sight {}
  }

  /** This process. */
  static ProcessMark current() {
    return SystemProcesses.current();
  }

  /** Whether it still runs. */
  Liveness liveness() {
    return equals(current())
        ? Liveness.ALIVE
        : liveness(SystemProcesses.space(), SystemProcesses::look);
  }

  /**
   * Whether it still runs, seen from another place. That it is dead is said only if it follows from
   * what could be read; all else is not known.
   *
   * @param here where the one is that wants to know
   * @param look what the system shows there of a number
   */
  Liveness liveness(ProcessSpace here, LongFunction<Sight> look) {
    if (here.isLaterBootOf(space)) {
      return Liveness.DEAD;
    }
    if (!here.hasProcessesOf(space)) {
      return Liveness.UNKNOWN;
    }
    Sight sight = look.apply(pid);
    if (sight instanceof Sight.None) {
      return Liveness.DEAD;
    }
    if (sight instanceof Sight.Running running
        && here.hasClockOf(space)
        && !started.isEmpty()
        && !running.started().isEmpty()) {
      return running.started().equals(started) ? Liveness.ALIVE : Liveness.DEAD;
    }
    return Liveness.UNKNOWN;
  }
}
