// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ngffspark.commit.CommitScenario.bytes;
import static org.ngffspark.commit.CommitScenario.content;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ngffspark.commit.RecoveryReport.Outcome;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.StoreFault;
import org.ngffspark.zarr.store.StoreOperation;
import org.ngffspark.zarr.store.StorePath;

/**
 * One image, reached by two paths as by two mounts of its folder: two areas, neither sees the
 * other's lock.
 */
final class ImageGuardTest {
  private final ObservedStore store = ObservedStore.of(new MemoryStore());
  private final StorePath image = CommitScenario.image(store);
  private final StorePath mounted = new StorePath(new Mount(store, image.path()), "mnt/0");

  @BeforeEach
  void writePlate() {
    CommitScenario.writePlate(store);
  }

  private static ImageTransaction begin(StorePath path, RunInfo run) {
    return ImageTransaction.begin(path, run, CommitOptions.standard());
  }

  private static void change(ImageTransaction transaction, StorePath path, String value) {
    change(transaction, read(path), value);
  }

  private static CommitInputs read(StorePath path) {
    return CommitInputs.of(path).withValues(List.of(InputState.of(path, "0/0/0/0")));
  }

  private static void change(ImageTransaction transaction, CommitInputs read, String value) {
    transaction.commit(List.of(transaction.stage().put("0/0/0/0", bytes(value))), List.of(), read);
  }

  @Test
  void twoRunsThatDoNotSeeEachOthersLockDoNotBothCommit() {
    try (ImageTransaction one = begin(image, CommitScenario.liveRun());
        ImageTransaction other = begin(mounted, CommitScenario.liveRun())) {
      CommitInputs read = read(mounted);
      change(one, image, "one");
      assertThatThrownBy(() -> change(other, read, "other"))
          .isInstanceOf(InputChangedException.class);
    }
    assertThat(store.read(image.key("0/0/0/0"))).contains(bytes("one"));
    assertThat(store.list("")).noneMatch(key -> key.contains("ngff-spark"));
  }

  @Test
  void whileOneCommitsTheOtherIsTurnedAway() {
    int operations = operationsOfCommit();
    for (int k = 1; k <= operations; k++) {
      writePlate();
      ImageTransaction one = begin(image, CommitScenario.liveRun());
      ImageTransaction other = begin(mounted, CommitScenario.liveRun());
      CommitInputs mine = read(image);
      CommitInputs theirs = read(mounted);
      store.log().clear();
      boolean[] committed = new boolean[2];
      store.log().pauseAt(k, () -> committed[1] = isDone(() -> change(other, theirs, "other")));
      committed[0] = isDone(() -> change(one, mine, "one"));
      store.log().clear();
      one.close();
      other.close();
      assertThat(committed).as("at %d", k).containsOnlyOnce(true);
      assertThat(store.read(image.key("0/0/0/0"))).contains(bytes(committed[0] ? "one" : "other"));
      assertThat(store.list("")).as("at %d", k).noneMatch(key -> key.contains("ngff-spark"));
    }
  }

  private int operationsOfCommit() {
    try (ImageTransaction transaction = begin(image, CommitScenario.liveRun())) {
      store.log().clear();
      change(transaction, image, "x");
    }
    return store.log().operations().size();
  }

  private static boolean isDone(Runnable work) {
    try {
      work.run();
      return true;
    } catch (LockedException | InputChangedException e) {
      return false;
    }
  }

  @Test
  void whoDiesInACommitKeepsTheOtherPathOutUntilItIsRecovered() {
    Map<String, String> before = content(store);
    ImageTransaction dead = begin(image, CommitScenario.deadRun("r"));
    store.log().clear();
    store.log().crashAt(operationAfterGuard(), StoreFault.REFUSED);
    assertThatThrownBy(() -> change(dead, image, "one")).isNotNull();
    store.log().clear();
    try (ImageTransaction other = begin(mounted, CommitScenario.liveRun())) {
      assertThatThrownBy(() -> change(other, mounted, "other"))
          .isInstanceOf(LockedException.class)
          .hasMessageContaining("run r");
    }
    RecoveryReport report = CommitScenario.recovery().recover(mounted);
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.detail()).contains("run r", "another path");
    assertThat(CommitScenario.recovery().inspect(mounted).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(CommitScenario.recovery().recover(image).outcome()).isEqualTo(Outcome.UNDONE);
    assertThat(content(store)).isEqualTo(before);
    assertThat(CommitScenario.recovery().recover(mounted).outcome()).isEqualTo(Outcome.NOTHING);
  }

  private int operationAfterGuard() {
    ObservedStore other = ObservedStore.of(new MemoryStore());
    CommitScenario.writePlate(other);
    StorePath path = CommitScenario.image(other);
    try (ImageTransaction transaction = begin(path, CommitScenario.liveRun())) {
      other.log().clear();
      change(transaction, path, "x");
    }
    List<StoreOperation> operations = other.log().operations();
    for (int k = 1; ; k++) {
      if (operations.get(k - 1).kind() == StoreOperation.Kind.RENAME) {
        return k + 1;
      }
    }
  }
}
