// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.Set;
import java.util.function.Consumer;
import org.ngffspark.commit.CreationProbe;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.LockRenewal;
import org.ngffspark.commit.LockedException;
import org.ngffspark.commit.Recovery;
import org.ngffspark.commit.RecoveryReport;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.history.Repeat;

/**
 * Locks containers for a run.
 *
 * @param probe looks whether locks keep others out
 * @param renewal says of what was locked that the run is at work
 * @param recovered hears of what dead runs had left, where the run resumes
 */
record ImageLocks(
    RunInfo run,
    RunSettings settings,
    CreationProbe probe,
    LockRenewal renewal,
    Consumer<RecoveryReport> recovered) {
  /**
   * Locks a container. What a dead run had left of it is put right first, if the run resumes.
   *
   * @throws LockedException if another run has it, or left something that the run may not put right
   */
  ImageTransaction lock(ContainerTarget<?> target) {
    target.requireSafe();
    probe.requireLocks(target.container(), settings.commit());
    try {
      return begin(target);
    } catch (LockedException locked) {
      if (!locked.isDead() || settings.repeat() != Repeat.RESUME) {
        throw locked;
      }
      recovered.accept(new Recovery(run, Set.of()).recover(target.container()));
      return begin(target);
    }
  }

  private ImageTransaction begin(ContainerTarget<?> target) {
    ImageTransaction transaction =
        ImageTransaction.begin(target.container(), run, settings.commit());
    renewal.add(transaction);
    return transaction;
  }
}
