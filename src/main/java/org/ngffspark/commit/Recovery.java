// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ngffspark.commit.RecoveryReport.Outcome;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StorePath;

/**
 * Brings containers that a dead run left into one state: as before the run if it had not reached
 * its commit point, else as after it. May be repeated, killed, and run by several at once; leaves
 * live runs alone, and changes nothing where it cannot be told what holds.
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
   * in it, or whose plate is not there yet.
   *
   * @return a report for each that something was left of; one for the whole if there is none
   */
  public List<RecoveryReport> recoverAll(StorePath input) {
    List<RecoveryReport> reports = new ArrayList<>(forAll(input, this::recover));
    if (reports.stream().anyMatch(RecoveryReport::isOpen)) {
      // Temporary files may be those of a run that is at work.
      return reports;
    }
    try {
      sweep(input);
    } catch (StoreException e) {
      // as where something is left of another user
      reports.add(report(CommitArea.of(input), Outcome.FAILED, e.getMessage()));
    }
    return reports;
  }

  /** Says what {@link #recoverAll} would find and do. */
  public List<RecoveryReport> inspectAll(StorePath input) {
    return forAll(input, this::inspect);
  }

  private static List<RecoveryReport> forAll(
      StorePath input, Function<StorePath, RecoveryReport> task) {
    List<CommitArea> areas = CommitPlaces.of(input);
    StorePath whole = areas.get(0).path();
    List<StorePath> containers =
        Stream.concat(
                areas.stream()
                    .flatMap(area -> area.containersWithin().stream())
                    .distinct()
                    .map(path -> path.isEmpty() ? whole : whole.child(path)),
                CommitPlaces.unlisted(whole).stream())
            .toList();
    if (containers.isEmpty()) {
      return List.of(nothing(areas.get(0)));
    }
    return containers.stream().map(path -> attempt(path, task)).toList();
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
    return ofBoth(container, this::inspect);
  }

  private Optional<RecoveryReport> inspect(CommitArea area) {
    Optional<RunDirectory> directory = area.current();
    Optional<LockHolder> holder = directory.flatMap(RunDirectory::holder);
    if (holder.isEmpty()) {
      return ended(area, "would remove");
    }
    if (!isDead(holder.get())) {
      return Optional.of(busy(area, holder.get()));
    }
    String run = directory.get().name();
    Decision decision = Decision.of(directory.get());
    if (decision instanceof Decision.Untold untold) {
      return Optional.of(report(area, Outcome.FAILED, run + ": " + untold.problem()));
    }
    return Optional.of(
        decision instanceof Decision.Finish
            ? report(area, Outcome.FINISHED, "would finish the commit of " + run)
            : report(area, Outcome.UNDONE, "would undo " + run));
  }

  /** One report for what lies at the two places of a container. */
  private RecoveryReport ofBoth(
      StorePath container, Function<CommitArea, Optional<RecoveryReport>> task) {
    List<CommitArea> areas = CommitPlaces.of(container);
    List<RecoveryReport> reports =
        areas.stream().flatMap(area -> task.apply(area).stream()).toList();
    return reports.stream()
        .reduce(RecoveryReport::and)
        .or(() -> guarded(areas.get(0)))
        .orElseGet(() -> nothing(areas.get(0)));
  }

  /**
   * Recovers one container.
   *
   * @throws StoreException if it cannot be done; it may be tried again when the cause is gone
   * @throws FormatException if what the run left is none of this version's
   */
  public RecoveryReport recover(StorePath container) {
    RecoveryReport report = ofBoth(container, this::recover);
    if (!report.isOpen()) {
      sweep(container);
    }
    return report;
  }

  private static void sweep(StorePath container) {
    CommitPlaces.of(container).forEach(area -> area.store().sweep(area.key()));
  }

  private Optional<RecoveryReport> recover(CommitArea area) {
    Optional<RecoveryReport> ended = ended(area, "removed");
    Stream.of(Ending.values())
        .flatMap(each -> area.ended(each).stream())
        .forEach(RunDirectory::delete);
    while (true) {
      Optional<RunDirectory> directory = area.current();
      Optional<LockHolder> holder = directory.flatMap(RunDirectory::holder);
      if (holder.isEmpty()) {
        return ended;
      }
      if (!isDead(holder.get())) {
        return Optional.of(busy(area, holder.get()));
      }
      if (Decision.of(directory.get()) instanceof Decision.Untold untold) {
        return Optional.of(
            report(area, Outcome.FAILED, directory.get().name() + ": " + untold.problem()));
      }
      Optional<RecoveryReport> report = new Takeover(directory.get(), holder.get(), self).perform();
      if (report.isPresent()) {
        return report;
      }
    }
  }

  /** Whether a run is known to be dead, or somebody said so where it cannot be told. */
  private boolean isDead(LockHolder holder) {
    return switch (holder.liveness()) {
      case DEAD -> true;
      case UNKNOWN -> declaredDead.contains(holder.id());
      case ALIVE -> false;
    };
  }

  /** What is left of runs that were through with the container. */
  private static Optional<RecoveryReport> ended(CommitArea area, String verb) {
    String removed = verb + " what is left of ";
    Optional<RecoveryReport> committed =
        area.ended(Ending.COMMITTED).stream()
            .findFirst()
            .map(
                each ->
                    report(
                        area, Outcome.FINISHED, removed + each.name() + ", which had committed"));
    return committed.or(
        () ->
            area.ended(Ending.UNDONE).stream()
                .findFirst()
                .map(
                    each ->
                        report(
                            area,
                            Outcome.UNDONE,
                            removed + each.name() + ", which had not committed")));
  }

  /** A container that somebody is committing to, or was, who came to it by another path. */
  private Optional<RecoveryReport> guarded(CommitArea area) {
    return ImageGuard.holder(area)
        .map(
            holder ->
                isDead(holder)
                    ? report(
                        area,
                        Outcome.FAILED,
                        holder
                            + " is dead, came to this image by another path, and may have left it"
                            + " in the middle of a commit: run 'recover' with that path")
                    : busy(area, holder));
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
