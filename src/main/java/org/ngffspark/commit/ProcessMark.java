// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.io.Serializable;
import java.util.Optional;

/**
 * What tells a process from all others, so that somebody else can find out whether it still lives.
 *
 * @param host name of the machine, for people
 * @param pid its number
 * @param kernel where numbers of processes mean the same: one boot of one machine, and there one
 *     set of numbered processes; empty where the system does not tell
 * @param machine the machine over all boots; empty where the system does not tell
 * @param started when the process began, in the system's own terms; tells it from a later one of
 *     the same number
 */
public record ProcessMark(String host, long pid, String kernel, String machine, String started)
    implements Serializable {

  /** What can be said of a process from here. */
  public enum Liveness {
    ALIVE,
    DEAD,
    /** It belongs to another machine, or to a container whose processes cannot be seen. */
    UNKNOWN
  }

  /** This process. */
  public static ProcessMark current() {
    return SystemProcesses.mark(ProcessHandle.current().pid());
  }

  /** Whether it still runs. */
  public Liveness liveness() {
    ProcessMark here = current();
    if (kernel.isEmpty()) {
      return Liveness.UNKNOWN;
    }
    if (kernel.equals(here.kernel)) {
      return inThisKernel();
    }
    boolean rebooted =
        host.equals(here.host)
            && !machine.isEmpty()
            && machine.equals(here.machine)
            && !boot().equals(here.boot());
    return rebooted ? Liveness.DEAD : Liveness.UNKNOWN;
  }

  private String boot() {
    return kernel.substring(0, Math.max(0, kernel.indexOf('/')));
  }

  private Liveness inThisKernel() {
    if (!SystemProcesses.areVisible()) {
      return Liveness.UNKNOWN;
    }
    Optional<String> now = SystemProcesses.started(pid);
    return now.isPresent() && now.get().equals(started) ? Liveness.ALIVE : Liveness.DEAD;
  }
}
