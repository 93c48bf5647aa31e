// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ngffspark.commit.CommitScenario.bytes;
import static org.ngffspark.commit.CommitScenario.content;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.commit.RecoveryReport.Outcome;
import org.ngffspark.zarr.store.BucketStore;
import org.ngffspark.zarr.store.ForwardingStore;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreFault;
import org.ngffspark.zarr.store.StorePath;

final class RecoveryTest {
  private final ObservedStore store = ObservedStore.of(new MemoryStore());
  private final StorePath image = CommitScenario.image(store);

  private void beginAndDie(RunInfo run) {
    CommitScenario.writePlate(store);
    Stage stage = ImageTransaction.begin(image, run, CommitOptions.standard()).stage();
    stage.put("0/0/0/0", bytes("new"));
  }

  @Test
  void nothingToDoTouchesNothing() {
    CommitScenario.writePlate(store);
    Map<String, String> before = content(store);
    assertThat(CommitScenario.recovery().recover(image).outcome()).isEqualTo(Outcome.NOTHING);
    assertThat(content(store)).isEqualTo(before);
  }

  @Test
  void aLiveRunIsLeftAloneAndNamed() {
    beginAndDie(CommitScenario.liveRun());
    Map<String, String> held = content(store);
    RecoveryReport report = CommitScenario.recovery().recover(image);
    assertThat(report.outcome()).isEqualTo(Outcome.BUSY);
    assertThat(report.detail()).contains("process " + ProcessHandle.current().pid(), "is at work");
    assertThat(content(store)).isEqualTo(held);
  }

  @Test
  void whatIsNotToBeSweptHidesNoReport() {
    List<RecoveryReport> reports = recoverWhereNothingCanBeSwept();
    assertThat(reports)
        .extracting(RecoveryReport::outcome)
        .containsExactly(Outcome.NOTHING, Outcome.FAILED);
    assertThat(reports.get(1).detail()).contains("permission denied");
  }

  @Test
  void whileARunIsAtWorkNothingIsSwept() {
    beginAndDie(CommitScenario.liveRun());
    assertThat(recoverWhereNothingCanBeSwept())
        .extracting(RecoveryReport::outcome)
        .containsExactly(Outcome.BUSY);
  }

  private List<RecoveryReport> recoverWhereNothingCanBeSwept() {
    Store foreign =
        new ForwardingStore(store) {
          private static final long serialVersionUID = 1L;

          @Override
          public void sweep(String prefix) {
            throw new StoreException("sweep", prefix, "permission denied");
          }
        };
    return CommitScenario.recovery().recoverAll(new StorePath(foreign, CommitScenario.PLATE));
  }

  @Test
  void aLaterProcessOfTheSameNumberIsNotTheRun() {
    ProcessMark here = ProcessMark.current();
    ProcessMark earlier = new ProcessMark(here.space(), here.pid(), "1");
    RunInfo live = CommitScenario.liveRun();
    beginAndDie(new RunInfo("r", earlier, live.start(), live.command(), Map.of()));
    assertThat(CommitScenario.recovery().recover(image).outcome()).isEqualTo(Outcome.UNDONE);
  }

  @Test
  void aRunOfAnotherHostIsLeftAloneUntilSomebodySaysThatItIsDead() {
    beginAndDie(CommitScenario.elsewhere("r17"));
    assertThatThrownBy(
            () -> ImageTransaction.begin(image, CommitScenario.liveRun(), CommitOptions.standard()))
        .isInstanceOf(LockedException.class)
        .hasMessageContaining("host node17")
        .hasMessageContaining("--dead-run r17");
    RecoveryReport report = CommitScenario.recovery().recover(image);
    assertThat(report.outcome()).isEqualTo(Outcome.BUSY);
    assertThat(report.detail()).contains("cannot be told");
    RunInfo self = CommitScenario.liveRun();
    assertThat(new Recovery(self, Set.of("other")).recover(image).outcome())
        .isEqualTo(Outcome.BUSY);
    assertThat(new Recovery(self, Set.of("r17")).recover(image).outcome())
        .isEqualTo(Outcome.UNDONE);
    assertThat(store.list("")).noneMatch(key -> key.contains(AreaPlace.SUFFIX));
  }

  @Test
  void aLiveRunCannotBeDeclaredDead() {
    RunInfo live = CommitScenario.liveRun();
    beginAndDie(live);
    Recovery recovery = new Recovery(CommitScenario.liveRun(), Set.of(live.id()));
    assertThat(recovery.recover(image).outcome()).isEqualTo(Outcome.BUSY);
  }

  @Test
  void aRunThatWasDeclaredDeadByMistakeCommitsAsAWholeOrNotAtAll() {
    Set<Boolean> seen = new HashSet<>();
    boolean died = true;
    for (int k = 1; died; k++) {
      ObservedStore each = ObservedStore.of(new MemoryStore());
      StorePath container = CommitScenario.image(each);
      CommitScenario.writePlate(each);
      Map<String, String> before = content(each);
      ImageTransaction transaction =
          ImageTransaction.begin(
              container, CommitScenario.elsewhere("r17"), CommitOptions.standard());
      List<StagedUnit> units =
          List.of(
              transaction.stage().delete("0/0/0/1"),
              transaction.stage().put("0/0/0/0", bytes("new")));
      each.log().clear();
      each.log().crashAt(k, StoreFault.ANSWER_LOST);
      died = dies(() -> recover(container, CommitScenario.deadRun("x")));
      each.log().clear();
      boolean committed =
          !dies(() -> transaction.commit(units, List.of(), CommitInputs.of(container)));
      seen.add(committed);
      transaction.close();
      recover(container, CommitScenario.liveRun());
      assertThat(content(each).equals(before)).as("recovery died at %d", k).isEqualTo(!committed);
      assertThat(content(each)).hasSize(committed ? before.size() - 1 : before.size());
    }
    assertThat(seen).containsExactlyInAnyOrder(true, false);
  }

  private static void recover(StorePath container, RunInfo self) {
    new Recovery(self, Set.of("r17")).recover(container);
  }

  private static boolean dies(Runnable work) {
    try {
      work.run();
      return false;
    } catch (StoreException | UnfinishedCommitException e) {
      return true;
    }
  }

  @Test
  void allContainersOfAPlateAreRecoveredNewOnesToo() {
    CommitScenario.writePlate(store);
    Map<String, String> before = content(store);
    List<StorePath> containers =
        List.of(
            image,
            new StorePath(store, CommitScenario.PLATE + "/B/03/1"),
            new StorePath(store, CommitScenario.PLATE + "/B/03/0_new"));
    for (StorePath each : containers) {
      ImageTransaction.begin(each, CommitScenario.deadRun("r"), CommitOptions.standard())
          .stage()
          .put("0/0/0/0", bytes("new"));
    }
    StorePath plate = new StorePath(store, CommitScenario.PLATE);
    assertThat(CommitScenario.recovery().inspectAll(plate))
        .hasSize(3)
        .allMatch(report -> report.outcome() == Outcome.UNDONE);
    assertThat(CommitScenario.recovery().recoverAll(plate))
        .extracting(RecoveryReport::outcome)
        .containsExactly(Outcome.UNDONE, Outcome.UNDONE, Outcome.UNDONE);
    assertThat(content(store)).isEqualTo(before);
    assertThat(CommitScenario.recovery().recoverAll(plate))
        .extracting(RecoveryReport::outcome)
        .containsExactly(Outcome.NOTHING);
  }

  @Test
  void aUnitThatIsNeitherStagedNorInPlaceIsNamedAndNothingIsLost() {
    CommitScenario.writePlate(store);
    int journal = crashAfterJournal();
    assertThat(journal).isPositive();
    String staged =
        store.list(CommitScenario.PLATE + AreaPlace.SUFFIX).stream()
            .filter(key -> key.contains("/units/"))
            .filter(key -> CommitScenario.text(store.read(key).orElseThrow()).equals("new 1/0/0/0"))
            .findFirst()
            .orElseThrow();
    String name = staged.substring(staged.indexOf("/units/"));
    CommitScenario.put(store, staged, "nEw 1/0/0/0");
    Map<String, String> plate = CommitScenario.plate(store);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> CommitScenario.recovery().recover(image))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("1/0/0/0")
          .hasMessageContaining(name);
      assertThat(CommitScenario.plate(store)).isEqualTo(plate);
    }
    RecoveryReport failed = CommitScenario.recovery().recoverAll(image).get(0);
    assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(failed.isOpen()).isTrue();
    RunDirectory now = CommitArea.of(image).current().orElseThrow();
    CommitScenario.put(store, now.key() + name, "new 1/0/0/0");
    assertThat(CommitScenario.recovery().recover(image).outcome()).isEqualTo(Outcome.FINISHED);
  }

  private int crashAfterJournal() {
    for (int k = 1; ; k++) {
      store.log().clear();
      store.log().crashAt(k, StoreFault.ANSWER_LOST);
      try {
        CommitScenario.change(store, CommitScenario.deadRun("r"), CommitOptions.standard());
      } catch (StoreException | UnfinishedCommitException e) {
        store.log().clear();
        if (CommitScenario.recovery().inspect(image).outcome() == Outcome.FINISHED) {
          return k;
        }
        CommitScenario.recovery().recover(image);
      }
    }
  }

  @Test
  void imagesWhosePlateIsNotThereYetAreFound(@TempDir Path folder) {
    for (StorePath place :
        List.of(
            new StorePath(new MemoryStore(), CommitScenario.PLATE),
            new StorePath(new BucketStore(), CommitScenario.PLATE),
            StorePath.root(LocalStore.at(folder.resolve("plate.zarr"))))) {
      ImageTransaction.begin(
              place.child("B/03/0"), CommitScenario.deadRun("r"), CommitOptions.standard())
          .stage()
          .put("0/0/0/0", bytes("new"));
      assertThat(CommitScenario.recovery().recoverAll(place))
          .extracting(RecoveryReport::outcome)
          .containsExactly(Outcome.UNDONE);
      assertThat(content(place.store())).isEmpty();
      assertThat(CommitScenario.recovery().recoverAll(place))
          .extracting(RecoveryReport::outcome)
          .containsExactly(Outcome.NOTHING);
    }
  }

  @Test
  void severalAtOnceDoItWhereverTheRunDied() throws Exception {
    CommitScenario.writePlate(store);
    Map<String, String> before = content(store);
    CommitScenario.change(store, CommitScenario.deadRun("r"), CommitOptions.standard());
    Map<String, String> after = content(store);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (int k = 1; k <= 45; k++) {
        MemoryStore plain = new MemoryStore();
        assertOneRecovers(threads, plain, k, before, after);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void assertOneRecovers(
      ExecutorService threads,
      Store plain,
      int k,
      Map<String, String> before,
      Map<String, String> after)
      throws Exception {
    CommitScenario.writePlate(plain);
    ObservedStore dying = ObservedStore.of(plain);
    dying.log().crashAt(k, StoreFault.ANSWER_LOST);
    try {
      CommitScenario.change(dying, CommitScenario.deadRun("r"), CommitOptions.standard());
    } catch (StoreException | UnfinishedCommitException e) {
      assertThat(e).isNotNull();
    }
    Outcome expected = CommitScenario.recovery().inspect(CommitScenario.image(plain)).outcome();
    Callable<Outcome> recover =
        () -> CommitScenario.recovery().recover(CommitScenario.image(plain)).outcome();
    List<Outcome> outcomes = new ArrayList<>();
    List<Callable<Outcome>> work = IntStream.range(0, 3).mapToObj(i -> recover).toList();
    for (Future<Outcome> each : threads.invokeAll(work)) {
      outcomes.add(each.get());
    }
    outcomes.add(recover.call());
    // Who sees the directory of another while it is being deleted says how the image was left, too.
    Set<Outcome> possible = EnumSet.of(Outcome.NOTHING, Outcome.BUSY, expected);
    assertThat(outcomes).as("died at %d", k).contains(expected);
    assertThat(possible).as("died at %d", k).containsAll(outcomes);
    assertThat(content(plain)).as("died at %d", k).isIn(before, after);
  }
}
