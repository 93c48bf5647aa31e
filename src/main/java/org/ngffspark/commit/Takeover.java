// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.util.BitSet;
import java.util.Optional;
import org.ngffspark.commit.RecoveryReport.Outcome;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StoreException;

/**
 * Makes a recovery the owner of what a dead run left, and clears it up. Of several that try at once
 * one becomes the owner; if it dies, the next one takes over from it.
 */
final class Takeover {
  private final CommitArea area;
  private final RunDirectory left;
  private final LockHolder dead;
  private final LockHolder owner;
  private final String run;

  /**
   * @param left what the dead run owned
   * @param dead the dead run, or a recovery after it that died too
   * @param self the recovery
   */
  Takeover(RunDirectory left, LockHolder dead, RunInfo self) {
    this.area = left.area();
    this.left = left;
    this.dead = dead;
    this.owner = dead.successor(self);
    this.run = left.name();
  }

  /** Takes over and clears up; empty if somebody else took over first. */
  Optional<RecoveryReport> perform() {
    try {
      return taken().map(this::clearUp);
    } catch (RuntimeException e) {
      giveUp(e);
      throw e;
    }
  }

  /**
   * On a full disk there is no room for the new owner's name. What a run staged that is dead for
   * certain and has not committed may go without one: it can never be wanted again.
   */
  private Optional<RunDirectory> taken() {
    try {
      return left.takeOver(owner);
    } catch (StoreException full) {
      if (dead.mayLive() || !(Decision.of(left) instanceof Decision.Undo)) {
        throw full;
      }
      left.discard();
      return left.takeOver(owner);
    }
  }

  /** Lets the next one go on although this process lives. */
  private void giveUp(RuntimeException failure) {
    try {
      area.current()
          .filter(each -> each.owner().equals(owner.owner()))
          .ifPresent(own -> own.say(owner.asEnded()));
    } catch (StoreException e) {
      failure.addSuppressed(e);
    }
  }

  private RecoveryReport clearUp(RunDirectory directory) {
    Decision decision = decided(directory);
    if (decision instanceof Decision.Finish finish) {
      finish(directory, finish.journal());
    } else if (decision instanceof Decision.Undo undo) {
      undo.steps().ifPresent(steps -> directory.sweepBeside(steps.targets()));
    }
    new ImageGuard(directory).removeOfPredecessors();
    String stage =
        dead.staging().map(place -> ScratchStage.remove(place, dead.firstOwner())).orElse("");
    if (dead.mayLive()) {
      // on network file systems a run that is not dead may still know the directory by its handle:
      // nothing may lie in it that could be moved once the container is free
      directory.empty();
    }
    boolean committed = decision instanceof Decision.Finish;
    directory
        .end(committed ? Ending.COMMITTED : Ending.UNDONE)
        .orElseThrow(() -> takenOver(directory))
        .delete();
    return committed
        ? report(Outcome.FINISHED, "finished the commit of " + run + doubt(decision) + stage)
        : report(Outcome.UNDONE, "undid " + run + stage);
  }

  /** What holds for the container; if it is to be undone, the run can no longer commit. */
  private Decision decided(RunDirectory directory) {
    Decision decision = Decision.of(directory);
    if (decision instanceof Decision.Undo
        && dead.mayLive()
        && !directory.writeJournal(Journal.undone())) {
      decision = Decision.of(directory);
    }
    if (decision instanceof Decision.Untold untold) {
      throw new FormatException("what " + run + " left", untold.problem());
    }
    return decision;
  }

  private void finish(RunDirectory directory, Journal journal) {
    directory.sweepBeside(journal.targets());
    directory.requireWithin(journal.targets());
    Placement placement = new Placement(directory, journal.entries());
    BitSet done = placement.done();
    if (journal.metadata()) {
      StaleCopies.removeAround(directory, journal, owner.run().orElseThrow());
    }
    if (journal.removal()) {
      WellEntry.remove(area.path(), owner.run().orElseThrow());
    }
    placement.complete(done);
  }

  private StoreException takenOver(RunDirectory directory) {
    return new StoreException(
        "recover", area.path().toString(), "another recovery has taken over " + directory.key());
  }

  private static String doubt(Decision decision) {
    return decision instanceof Decision.Finish finish && !finish.doubt().isEmpty()
        ? ": " + finish.doubt() + ", but the copy of it and all units are whole"
        : "";
  }

  private RecoveryReport report(Outcome outcome, String detail) {
    return new RecoveryReport(area.path().toString(), outcome, detail);
  }
}
