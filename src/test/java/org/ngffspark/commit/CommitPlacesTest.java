// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ngffspark.commit.RecoveryReport.Outcome;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.Parallel;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StorePath;

/** A plate in a folder that not all who may write the plate may write. */
final class CommitPlacesTest {
  private static final String BESIDE = "data/plate.zarr.ngff-spark";
  private static final String INSIDE = "data/plate.zarr/.runs.ngff-spark";

  private final Store store = new MemoryStore();

  /** One who may write the plate, but not the folder around it. */
  private final Store guest = KeptFolder.around(store);

  /** One who may write both, under the same owners and modes. */
  private final Store host = new KeptFolder(store, false, Set.of());

  @BeforeEach
  void writePlate() {
    CommitScenario.writePlate(store);
  }

  private static ImageTransaction begin(Store store, RunInfo run) {
    return ImageTransaction.begin(CommitScenario.image(store), run, CommitOptions.standard());
  }

  private void requireHeldAt(String area) {
    assertThat(store.list("")).anyMatch(key -> key.startsWith(area + "/B/03/0/@run/"));
    assertThat(store.list(area.equals(BESIDE) ? INSIDE : BESIDE)).isEmpty();
  }

  @Test
  void allUsersTakeTheAreaInsideWhereNotAllMayWriteBeside() {
    for (Store user : List.of(guest, host)) {
      try (ImageTransaction run = begin(user, CommitScenario.liveRun())) {
        run.stage().put("0/0/0/0", CommitScenario.bytes("x"));
        requireHeldAt(INSIDE);
        for (Store other : List.of(guest, host)) {
          assertThatThrownBy(() -> begin(other, CommitScenario.liveRun()))
              .isInstanceOf(LockedException.class);
        }
        requireHeldAt(INSIDE);
      }
      assertThat(store.list("")).noneMatch(key -> key.contains(AreaPlace.SUFFIX));
    }
  }

  @Test
  void aUserWhoMayNotWriteWhereAllOthersMayTakesTheOtherAreaAndTheyMeet() {
    Store other = new KeptFolder(store, true, Set.of("data"));
    try (ImageTransaction run = begin(other, CommitScenario.liveRun())) {
      run.stage().put("0/0/0/0", CommitScenario.bytes("x"));
      requireHeldAt(INSIDE);
      assertThatThrownBy(() -> begin(store, CommitScenario.liveRun()))
          .isInstanceOf(LockedException.class);
      requireHeldAt(INSIDE);
    }
    try (ImageTransaction run = begin(store, CommitScenario.liveRun())) {
      run.stage().put("0/0/0/0", CommitScenario.bytes("x"));
      requireHeldAt(BESIDE);
      assertThatThrownBy(() -> begin(other, CommitScenario.liveRun()))
          .isInstanceOf(LockedException.class);
      requireHeldAt(BESIDE);
    }
    assertThat(store.list("")).noneMatch(key -> key.contains(AreaPlace.SUFFIX));
  }

  @Test
  void ofTwoUsersWithDifferentAreasNeverBothAreAtWorkAndOneIs() throws Exception {
    Store other = new KeptFolder(store, true, Set.of("data"));
    AtomicInteger atWork = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    Callable<Void> mine = () -> work(store, atWork, taken);
    Callable<Void> theirs = () -> work(other, atWork, taken);
    Parallel.run(List.of(mine, theirs));
    assertThat(taken.get()).isGreaterThanOrEqualTo(100);
    assertThat(store.list("")).noneMatch(key -> key.contains(AreaPlace.SUFFIX));
  }

  /** Takes the image a hundred times over, or sees that the other has it. */
  private static Void work(Store user, AtomicInteger atWork, AtomicInteger taken) {
    for (int i = 0; i < 100; i++) {
      try (ImageTransaction run = begin(user, CommitScenario.liveRun())) {
        assertThat(atWork.incrementAndGet()).isEqualTo(1);
        taken.incrementAndGet();
        atWork.decrementAndGet();
      } catch (LockedException expected) {
        Thread.onSpinWait();
      }
    }
    return null;
  }

  @Test
  void whoMayWriteNeitherIsToldBoth() {
    Store reader = new KeptFolder(store, true, Set.of("data", CommitScenario.PLATE));
    assertThatThrownBy(() -> begin(reader, CommitScenario.liveRun()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("neither")
        .hasMessageContaining("plate.zarr")
        .hasMessageContaining("folder");
  }

  @Test
  void aNewOutermostContainerIsMadeFromBesideIt() {
    StorePath made = new StorePath(guest, "data/new.zarr");
    try (ImageTransaction run =
        ImageTransaction.begin(made, CommitScenario.liveRun(), CommitOptions.standard())) {
      run.stage().put("0/0", CommitScenario.bytes("x"));
      assertThat(store.list("data/new.zarr")).isEmpty();
    }
  }

  @Test
  void recoveryFindsWhatDeadRunsLeftAtEitherPlace() {
    Map<String, String> before = CommitScenario.content(store);
    begin(guest, CommitScenario.deadRun("inside"));
    ImageTransaction.begin(
        new StorePath(store, CommitScenario.PLATE + "/B/03/1"),
        CommitScenario.deadRun("beside"),
        CommitOptions.standard());
    StorePath plate = new StorePath(store, CommitScenario.PLATE);
    for (List<RecoveryReport> reports :
        List.of(
            CommitScenario.recovery().inspectAll(plate),
            CommitScenario.recovery().recoverAll(plate))) {
      assertThat(reports)
          .extracting(RecoveryReport::outcome)
          .containsExactly(Outcome.UNDONE, Outcome.UNDONE);
      assertThat(reports).extracting(RecoveryReport::detail).anyMatch(it -> it.contains("inside"));
    }
    assertThat(CommitScenario.content(store)).isEqualTo(before);
  }

  @Test
  void whatBothPlacesHoldIsRecoveredAndSaidOfBoth() {
    Map<String, String> before = CommitScenario.content(store);
    StorePath image = CommitScenario.image(store);
    for (CommitArea area : CommitPlaces.of(image)) {
      LockHolder dead =
          LockHolder.of(CommitScenario.deadRun("r-" + area.place()), Optional.empty());
      assertThat(area.ownedBy(dead.owner()).claim(dead)).isTrue();
    }
    RecoveryReport report = CommitScenario.recovery().recover(image);
    assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
    assertThat(report.detail()).contains("r-BESIDE", "r-INSIDE");
    assertThat(CommitScenario.content(store)).isEqualTo(before);
  }

  @Test
  void replacingAnImageAsAWholeSparesTheRunsOwnArea() {
    CommitScenario.put(store, "data/a.zarr/.zgroup", "{}");
    CommitScenario.put(store, "data/a.zarr/0/.zarray", "{}");
    CommitScenario.put(store, "data/a.zarr/0/0", "old");
    StorePath image = new StorePath(guest, "data/a.zarr");
    try (ImageTransaction run =
        ImageTransaction.begin(image, CommitScenario.liveRun(), CommitOptions.standard())) {
      run.stage().put("0/0", CommitScenario.bytes("new"));
      assertThat(run.stage().deleteOthers(image, image, Set.of(".zgroup", "0/.zarray")))
          .extracting(StagedUnit::key)
          .containsExactly("0/0");
    }
  }

  @Test
  void fiftyImagesInAFolderThatIsNotWritableAreChangedOneBesideTheOther() throws Exception {
    int images = 50;
    List<Callable<Void>> work =
        IntStream.range(0, images).<Callable<Void>>mapToObj(i -> () -> changeImage(i)).toList();
    Parallel.run(work);
    for (int i = 0; i < images; i++) {
      assertThat(store.read("data/" + i + ".zarr/0/0")).contains(CommitScenario.bytes("new" + i));
    }
    assertThat(store.list("")).noneMatch(key -> key.contains(AreaPlace.SUFFIX));
  }

  private Void changeImage(int number) {
    StorePath image = new StorePath(guest, "data/" + number + ".zarr");
    CommitScenario.put(store, image.key(".zgroup"), "{}");
    CommitScenario.put(store, image.key("0/0"), "old");
    try (ImageTransaction run =
        ImageTransaction.begin(image, CommitScenario.liveRun(), CommitOptions.standard())) {
      StagedUnit unit = run.stage().put("0/0", CommitScenario.bytes("new" + number));
      assertThat(store.list(image.key(".runs.ngff-spark"))).isNotEmpty();
      run.commit(List.of(unit), List.of(), CommitInputs.of(image));
    }
    return null;
  }
}
