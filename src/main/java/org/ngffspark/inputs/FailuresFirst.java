// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.inputs;

import java.util.List;
import org.ngffspark.commit.RecoveryReport;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunPhase;
import org.ngffspark.job.WorkCount;

/**
 * Tells a listener of failures that are known when a run begins, as if they were images of it.
 *
 * @param listener hears of them, and of all that is heard here
 */
record FailuresFirst(List<ImageOutcome> failures, RunListener listener) implements RunListener {
  @Override
  public void recovered(RecoveryReport report) {
    listener.recovered(report);
  }

  @Override
  public void looked(long done, long images) {
    listener.looked(done, images);
  }

  @Override
  public void phase(RunPhase now) {
    listener.phase(now);
  }

  @Override
  public void running(double objectsDone) {
    listener.running(objectsDone);
  }

  @Override
  public void found(long objectsFound) {
    listener.found(objectsFound);
  }

  @Override
  public void planned(long images, long objects) {
    listener.planned(images + failures.size(), objects);
    failures.forEach(listener::ended);
  }

  @Override
  public void progressed(WorkCount work) {
    listener.progressed(work);
  }

  @Override
  public void ended(ImageOutcome outcome) {
    listener.ended(outcome);
  }
}
