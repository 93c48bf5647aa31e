// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a process runs, as far as numbers and times of processes mean anything there. A field is
 * empty where the system does not tell; then nothing follows from it.
 *
 * @param host name of the machine, for people
 * @param boot one boot of one kernel
 * @param processes one set of numbered processes of that kernel: a container has its own
 * @param clock one clock of that kernel, by which times of start are shown: a namespace with its
 *     offset
 * @param machine identity of the installation, over all boots; clones of it have the same
 * @param adapters addresses of the network hardware; clones have others
 */
public record ProcessSpace(
    String host, String boot, String processes, String clock, String machine, Set<String> adapters)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of the set of processes that a kernel starts with: PROC_PID_INIT_INO in the Linux sources. */
  private static final String INITIAL = "pid:[4026531836]";

  public ProcessSpace {
    adapters = new TreeSet<>(adapters);
  }

  /** Whether processes have the same numbers here and there. */
  boolean hasProcessesOf(ProcessSpace other) {
    return isSame(boot, other.boot) && isSame(processes, other.processes);
  }

  /** Whether times of start can be compared. */
  boolean hasClockOf(ProcessSpace other) {
    return isSame(boot, other.boot) && isSame(clock, other.clock);
  }

  /**
   * Whether this is the same machine after it was started again, so that no process of the other
   * boot is left. A container may show another boot than its host does, and two may be copies of
   * each other, so that only the machine itself is believed, and only if it has the same network
   * hardware.
   */
  boolean isLaterBootOf(ProcessSpace other) {
    return isKnown(boot)
        && isKnown(other.boot)
        && !boot.equals(other.boot)
        && isSame(host, other.host)
        && isSame(machine, other.machine)
        && processes.equals(INITIAL)
        && other.processes.equals(INITIAL)
        && adapters.stream().anyMatch(other.adapters::contains);
  }

  private static boolean isSame(String one, String other) {
    return isKnown(one) && one.equals(other);
  }

  private static boolean isKnown(String fact) {
    return !fact.isEmpty();
  }
}
