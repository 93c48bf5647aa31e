// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ngffspark.commit.CommitScenario.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.ngffspark.commit.RecoveryReport.Outcome;
import org.ngffspark.zarr.store.BucketStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreFault;
import org.ngffspark.zarr.store.StoreOperation;

/**
 * On a store without renames: runs and recoveries that are held up before any of their operations
 * until others have taken over, finished, and changed the image anew.
 */
final class BucketZombieTest {
  private static final String ZOMBIE = "zombie";

  private static Store plate() {
    Store store = new BucketStore();
    CommitScenario.writePlate(store);
    return store;
  }

  private static void run(Store store) {
    CommitScenario.change(store, CommitScenario.elsewhere(ZOMBIE), CommitOptions.standard());
  }

  private static Outcome recover(Store store) {
    return CommitScenario.recovery(ZOMBIE).recover(CommitScenario.image(store)).outcome();
  }

  private static void recoverAsZombie(Store store) {
    new Recovery(CommitScenario.elsewhere(ZOMBIE), Set.of(ZOMBIE))
        .recover(CommitScenario.image(store));
  }

  private static void runAgain(Store store) {
    CommitScenario.changeAgain(store, CommitScenario.liveRun());
  }

  private static List<StoreOperation> operations(Store store, Consumer<Store> work) {
    ObservedStore observed = ObservedStore.of(store);
    work.accept(observed);
    return observed.log().operations();
  }

  private static Map<String, String> expected(Outcome first) {
    Store store = plate();
    if (first == Outcome.FINISHED) {
      run(store);
    }
    runAgain(store);
    return content(store);
  }

  /** What was looked at just before: the two are not one step. */
  private static boolean isDeletionInUse(StoreOperation operation) {
    return operation.kind() == StoreOperation.Kind.DELETE
        && (operation.key().startsWith(CommitScenario.IMAGE)
            || operation.key().startsWith(CommitScenario.PLATE + "/.")
            || operation.key().endsWith("@lock"));
  }

  /** Does some work that is held up before an operation while others go on. */
  private static void heldUp(Store store, int operation, Consumer<Store> work, Runnable others) {
    ObservedStore observed = ObservedStore.of(store);
    observed.log().pauseAt(operation, others);
    try {
      work.accept(observed);
    } catch (StoreException
        | UnfinishedCommitException
        | InputChangedException
        | LockedException expected) {
      assertThat(expected).hasMessageNotContaining("null");
    }
  }

  @Test
  void aRunThatIsHeldUpUntilAnotherIsThroughChangesNothing() {
    List<StoreOperation> operations = operations(plate(), BucketZombieTest::run);
    Set<Outcome> seen = new TreeSet<>();
    List<StoreOperation> open = new ArrayList<>();
    for (int k = 1; k <= operations.size(); k++) {
      if (isDeletionInUse(operations.get(k - 1))) {
        open.add(operations.get(k - 1));
        continue;
      }
      Store store = plate();
      List<Outcome> outcome = new ArrayList<>();
      heldUp(
          store,
          k,
          BucketZombieTest::run,
          () -> {
            outcome.add(recover(store));
            runAgain(store);
          });
      recover(store);
      seen.add(outcome.get(0));
      if (outcome.get(0) != Outcome.NOTHING) {
        assertThat(content(store))
            .as("held up at %d, %s", k, operations.get(k - 1))
            .isEqualTo(expected(outcome.get(0)));
      }
    }
    assertThat(open).hasSize(4);
    assertThat(seen).contains(Outcome.UNDONE, Outcome.FINISHED);
  }

  @Test
  void aRecoveryThatIsHeldUpUntilAnotherIsThroughChangesNothing() {
    int last = operations(plate(), BucketZombieTest::run).size();
    for (int died : new int[] {last / 2, last - 8}) {
      List<StoreOperation> operations = operations(wreck(died), BucketZombieTest::recoverAsZombie);
      for (int k = 1; k <= operations.size(); k++) {
        if (isDeletionInUse(operations.get(k - 1))) {
          continue;
        }
        Store store = wreck(died);
        List<Map<String, String>> after = new ArrayList<>();
        heldUp(
            store,
            k,
            BucketZombieTest::recoverAsZombie,
            () -> {
              recover(store);
              runAgain(store);
              after.add(content(store));
            });
        recover(store);
        assertThat(content(store))
            .as("died at %d, held up at %d, %s", died, k, operations.get(k - 1))
            .isEqualTo(after.get(0));
      }
    }
  }

  /** A plate whose first run died before an operation. */
  private static Store wreck(int operation) {
    Store store = plate();
    ObservedStore observed = ObservedStore.of(store);
    observed.log().crashAt(operation, StoreFault.REFUSED);
    heldUp(observed, Integer.MAX_VALUE, BucketZombieTest::run, () -> {});
    return store;
  }
}
