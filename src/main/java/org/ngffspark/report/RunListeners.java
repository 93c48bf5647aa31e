// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import java.util.List;
import org.ngffspark.commit.RecoveryReport;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunPhase;
import org.ngffspark.job.WorkCount;

/**
 * Several listeners as one.
 *
 * @param all called in this order
 */
public record RunListeners(List<RunListener> all) implements RunListener {
  public RunListeners {
    all = List.copyOf(all);
  }

  @Override
  public void recovered(RecoveryReport report) {
    all.forEach(listener -> listener.recovered(report));
  }

  @Override
  public void looked(long done, long images) {
    all.forEach(listener -> listener.looked(done, images));
  }

  @Override
  public void phase(RunPhase now) {
    all.forEach(listener -> listener.phase(now));
  }

  @Override
  public void running(double objectsDone) {
    all.forEach(listener -> listener.running(objectsDone));
  }

  @Override
  public void found(long objectsFound) {
    all.forEach(listener -> listener.found(objectsFound));
  }

  @Override
  public void planned(long images, long objects) {
    all.forEach(listener -> listener.planned(images, objects));
  }

  @Override
  public void progressed(WorkCount work) {
    all.forEach(listener -> listener.progressed(work));
  }

  @Override
  public void ended(ImageOutcome outcome) {
    all.forEach(listener -> listener.ended(outcome));
  }
}
