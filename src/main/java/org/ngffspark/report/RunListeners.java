// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import java.util.List;
import org.ngffspark.commit.RecoveryReport;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.RunListener;
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
