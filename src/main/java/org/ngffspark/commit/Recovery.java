// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.ngffspark.commit.RecoveryReport.Outcome;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StorePath;

/**
 * Brings containers that a dead run left into one state: as before the run if it had not reached
 * its commit point, else as after it. May be repeated, killed, and run by several at once; leaves
 * live runs alone.
 */
public final class Recovery {
  private final RunInfo self;
  private final Set<String> declaredDead;

  /**
   * @param self who recovers, for others that look meanwhile
   * @param declaredDead ids of runs of which somebody knows that they are dead; used where it
   *     cannot be told from here
   */
  public Recovery(RunInfo self, Set<String> declaredDead) {
    this.self = self;
    this.declaredDead = Set.copyOf(declaredDead);
  }

  /**
   * Recovers a container, or all containers of a plate or well, those too that are not yet listed
   * in it.
   *
   * @return a report for each that something was left of; one for the whole if there is none
   */
  public List<RecoveryReport> recoverAll(StorePath input) {
    List<RecoveryReport> reports = forAll(input, this::recover);
    CommitArea area = CommitArea.of(input);
    area.store().sweep(area.key());
    return reports;
  }

  /** Says what {@link #recoverAll} would find and do. */
  public List<RecoveryReport> inspectAll(StorePath input) {
    return forAll(input, this::inspect);
  }

  private static List<RecoveryReport> forAll(
      StorePath input, Function<StorePath, RecoveryReport> task) {
    CommitArea area = CommitArea.of(input);
    List<String> containers = area.containersWithin();
    if (containers.isEmpty()) {
      return List.of(nothing(area));
    }
    return containers.stream()
        .map(path -> path.isEmpty() ? area.path() : area.path().child(path))
        .map(path -> attempt(path, task))
        .toList();
  }

  /** One that fails does not stop the others. */
  private static RecoveryReport attempt(
      StorePath container, Function<StorePath, RecoveryReport> task) {
    try {
      return task.apply(container);
    } catch (StoreException | FormatException e) {
      return new RecoveryReport(container.toString(), Outcome.FAILED, e.getMessage());
    }
  }

  /** Says what {@link #recover} would find and do. */
  public RecoveryReport inspect(StorePath container) {
    CommitArea area = CommitArea.of(container);
    Optional<LockHolder> holder = CommitLock.read(area.store(), area.lock());
    if (holder.isEmpty() && isCleared(area)) {
      return nothing(area);
    }
    if (holder.isPresent() && !Takeover.isDead(holder.get(), declaredDead)) {
      return busy(area, holder.get());
    }
    return journal(area)
        .filter(Journal::committed)
        .map(
            journal ->
                report(area, Outcome.FINISHED, "would finish the commit of " + journal.run()))
        .orElseGet(() -> report(area, Outcome.UNDONE, "would undo " + culprit(holder)));
  }

  /**
   * Recovers one container.
   *
   * @throws StoreException if it cannot be done; it may be tried again when the cause is gone
   */
  public RecoveryReport recover(StorePath container) {
    CommitArea area = CommitArea.of(container);
    if (area.leftovers().isEmpty()) {
      area.store().sweep(area.key());
      return nothing(area);
    }
    Optional<LockHolder> dead = CommitLock.read(area.store(), area.lock());
    makeRoom(area, dead);
    Takeover takeover = new Takeover(area, self, declaredDead);
    try {
      Optional<LockHolder> inTheWay = takeover.acquire();
      return inTheWay.isPresent() ? busy(area, inTheWay.get()) : clearUp(area, takeover);
    } catch (RuntimeException e) {
      releaseAfter(e, takeover);
      throw e;
    }
  }

  /**
   * On a full disk there is no room for a takeover. What a run staged that is dead for certain and
   * has not committed may go without one: it can never be wanted again.
   */
  private void makeRoom(CommitArea area, Optional<LockHolder> holder) {
    boolean dead =
        holder.isPresent()
            && !holder.get().isDamaged()
            && holder.get().liveness() == ProcessMark.Liveness.DEAD;
    if (dead && journal(area).isEmpty()) {
      area.store().deleteTree(area.stage(holder.get().id()));
    }
  }

  private RecoveryReport clearUp(CommitArea area, Takeover takeover) {
    Optional<LockHolder> holder = CommitLock.read(area.store(), area.lock());
    if (isOwn(holder) && isCleared(area)) {
      takeover.removeAll();
      return nothing(area);
    }
    Journal journal = decision(area, holder);
    if (journal.committed()) {
      Placement.complete(area.store(), journal.entries());
    }
    holder.flatMap(LockHolder::run).ifPresent(run -> removeStages(area, run, holder.get()));
    area.store().deleteTree(area.stages());
    if (journal.committed()) {
      area.store().delete(area.journal());
      takeover.removeAll();
    } else {
      // a run that was declared dead by mistake can commit as soon as there is no journal; then it
      // looks whether it still has the lock
      takeover.removeAll();
      area.store().delete(area.journal());
    }
    area.store().sweep(area.key());
    return journal.committed()
        ? report(area, Outcome.FINISHED, "finished the commit of " + journal.run())
        : report(area, Outcome.UNDONE, "undid " + culprit(holder));
  }

  /** Another recovery takes its takeover away last; who comes between finds nothing else to do. */
  private static boolean isCleared(CommitArea area) {
    String takeover = area.takeover("");
    return area.leftovers().stream()
        .allMatch(each -> each.startsWith(takeover) || each.equals(area.lock()));
  }

  private static void removeStages(CommitArea area, RunInfo run, LockHolder holder) {
    holder.staging().ifPresent(uri -> ImageTransaction.elsewhere(uri, area, run, false).remove());
    new Stage(area.store(), area.stage(run.id()), false).remove();
  }

  private boolean isOwn(Optional<LockHolder> holder) {
    return holder.filter(each -> each.isHeldBy(self)).isPresent();
  }

  /** What holds for the container; if nothing is decided the run can no longer commit after it. */
  private Journal decision(CommitArea area, Optional<LockHolder> holder) {
    Journal undone = new Journal(self, false, area.path().toString(), List.of());
    boolean mayLive = holder.isPresent() && holder.get().liveness() == ProcessMark.Liveness.UNKNOWN;
    Optional<Journal> found = journal(area);
    if (found.isEmpty() && mayLive) {
      area.store().writeIfAbsent(area.journal(), undone.encode());
      found = journal(area);
    }
    return found.orElse(undone);
  }

  private static Optional<Journal> journal(CommitArea area) {
    Store store = area.store();
    Optional<ByteBuffer> bytes = store.read(area.journal());
    return bytes.flatMap(Journal::decode);
  }

  private static void releaseAfter(RuntimeException failure, Takeover takeover) {
    try {
      takeover.release();
    } catch (StoreException e) {
      failure.addSuppressed(e);
    }
  }

  private String culprit(Optional<LockHolder> holder) {
    return holder
        .filter(each -> !each.isHeldBy(self))
        .map(LockHolder::toString)
        .orElse("what a dead run left");
  }

  private static RecoveryReport nothing(CommitArea area) {
    return report(area, Outcome.NOTHING, "nothing to do");
  }

  private static RecoveryReport busy(CommitArea area, LockHolder holder) {
    String alive =
        holder.liveness() == ProcessMark.Liveness.ALIVE
            ? " is at work"
            : " holds it; from here it cannot be told whether it is still at work";
    return report(area, Outcome.BUSY, holder + alive);
  }

  private static RecoveryReport report(CommitArea area, Outcome outcome, String detail) {
    return new RecoveryReport(area.path().toString(), outcome, detail);
  }
}
