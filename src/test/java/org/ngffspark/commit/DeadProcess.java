// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.util.Map;

/** A process of this machine that is no more, for runs that look as if it had begun them. */
public final class DeadProcess {
  private DeadProcess() {}

  /** A new run of it. */
  public static RunInfo run() {
    RunInfo now = RunInfo.current("test", Map.of());
    ProcessMark dead = new ProcessMark(ProcessMark.current().space(), Integer.MAX_VALUE, "1");
    return new RunInfo(now.id(), dead, now.start(), now.command(), now.details());
  }
}
