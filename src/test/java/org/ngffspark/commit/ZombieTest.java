// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ngffspark.commit.CommitScenario.content;
import static org.ngffspark.commit.CommitScenario.plate;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.commit.RecoveryReport.Outcome;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreFault;
import org.ngffspark.zarr.store.StoreOperation;

/**
 * Runs that sleep before any of their operations, are taken for dead meanwhile, and wake when
 * others have gone on. They must change nothing any more.
 */
final class ZombieTest {
  private static final String ZOMBIE = "zombie";

  @TempDir Path directory;
  private final AtomicInteger stores = new AtomicInteger();
  private final Map<Outcome, Map<String, String>> expected = new EnumMap<>(Outcome.class);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  /** Somebody who falls asleep before one of its operations, in a thread of its own. */
  private final class Sleeper {
    private final Semaphore asleep = new Semaphore(0);
    private final Semaphore awake = new Semaphore(0);
    private final Future<?> end;

    Sleeper(Store store, int operation, Consumer<Store> work) {
      ObservedStore observed = ObservedStore.of(store);
      observed
          .log()
          .pauseAt(
              operation,
              () -> {
                asleep.release();
                awake.acquireUninterruptibly();
              });
      end =
          threads.submit(
              () -> {
                try {
                  work.accept(observed);
                } finally {
                  asleep.release();
                }
              });
      asleep.acquireUninterruptibly();
    }

    /** Goes on to its end; how it failed, or nothing. */
    String wake() {
      awake.release();
      try {
        end.get(1, TimeUnit.MINUTES);
        return "";
      } catch (ExecutionException e) {
        assertThat(e.getCause())
            .isInstanceOfAny(
                StoreException.class,
                UnfinishedCommitException.class,
                InputChangedException.class,
                LockedException.class);
        return String.valueOf(e.getCause().getMessage());
      } catch (InterruptedException | TimeoutException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private Store memory() {
    Store store = new MemoryStore();
    CommitScenario.writePlate(store);
    return store;
  }

  private Store local() {
    Store store = LocalStore.at(directory.resolve("store" + stores.incrementAndGet()));
    CommitScenario.writePlate(store);
    return store;
  }

  private static void run(Store store) {
    CommitScenario.change(store, CommitScenario.elsewhere(ZOMBIE), CommitOptions.standard());
  }

  private static Outcome recover(Store store) {
    return CommitScenario.recovery(ZOMBIE).recover(CommitScenario.image(store)).outcome();
  }

  private static void runAgain(Store store) {
    CommitScenario.changeAgain(store, CommitScenario.liveRun());
  }

  /** The first operation after the one that makes a run the owner, counted from 1. */
  private int first() {
    ObservedStore observed = ObservedStore.of(memory());
    run(observed);
    List<StoreOperation> operations = observed.log().operations();
    for (int k = 1; ; k++) {
      if (operations.get(k - 1).kind() == StoreOperation.Kind.CLAIM) {
        return k + 1;
      }
    }
  }

  private int operations(Consumer<Store> work, Store store) {
    ObservedStore observed = ObservedStore.of(store);
    work.accept(observed);
    return observed.log().operations().size();
  }

  /** What the plate holds after a second run, on top of the first or not. */
  private Map<String, String> expected(Outcome first) {
    return expected.computeIfAbsent(first, this::afterBoth);
  }

  private Map<String, String> afterBoth(Outcome first) {
    Store store = memory();
    if (first == Outcome.FINISHED) {
      run(store);
    }
    runAgain(store);
    return content(store);
  }

  @Test
  void aRunThatWakesAfterItWasTakenOverChangesNothing() {
    Set<Outcome> seen = new TreeSet<>();
    int operations = operations(ZombieTest::run, memory());
    for (int k = first(); k <= operations; k++) {
      for (Store store : new Store[] {memory(), local()}) {
        Sleeper zombie = new Sleeper(store, k, ZombieTest::run);
        Outcome outcome = recover(store);
        Map<String, String> recovered = content(store);
        String said = zombie.wake();
        assertThat(content(store)).as("slept at %d, %s", k, outcome).isEqualTo(recovered);
        assertThat(said.isEmpty()).as("%d: %s", k, said).isEqualTo(k > operations - 1);
        seen.add(outcome);
        runAgain(store);
        assertThat(content(store)).as("slept at %d, %s", k, outcome).isEqualTo(expected(outcome));
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(Outcome.UNDONE, Outcome.FINISHED);
  }

  @Test
  void aRunThatWakesWhileAnotherIsAtWorkDisturbsItNowhere() {
    int operations = operations(ZombieTest::run, memory());
    Store counted = memory();
    int others = operations(ZombieTest::runAgain, counted);
    for (int k = first(); k <= operations; k++) {
      for (int m = 1; m <= others; m++) {
        assertUndisturbed(memory(), k, m);
      }
    }
  }

  private void assertUndisturbed(Store store, int k, int m) {
    Sleeper zombie = new Sleeper(store, k, ZombieTest::run);
    Outcome outcome = recover(store);
    ObservedStore second = ObservedStore.of(store);
    second.log().pauseAt(m, zombie::wake);
    runAgain(second);
    assertThat(content(store))
        .as("slept at %d, %s, woke at %d of the other", k, outcome, m)
        .isEqualTo(expected(outcome));
  }

  @Test
  void aRecoveryThatWakesAfterItWasTakenOverChangesNothing() {
    for (int died : new int[] {12, 20}) {
      int operations = operations(ZombieTest::recoverAsZombie, wreck(memory(), died));
      for (int k = 1; k <= operations; k++) {
        for (Store store : new Store[] {memory(), local()}) {
          wreck(store, died);
          Sleeper zombie = new Sleeper(store, k, ZombieTest::recoverAsZombie);
          recover(store);
          runAgain(store);
          Map<String, String> after = content(store);
          assertThat(after.keySet()).noneMatch(key -> key.contains(AreaPlace.SUFFIX));
          zombie.wake();
          assertThat(content(store)).as("died at %d, slept at %d", died, k).isEqualTo(after);
        }
      }
    }
  }

  private static void recoverAsZombie(Store store) {
    new Recovery(CommitScenario.elsewhere(ZOMBIE), Set.of()).recover(CommitScenario.image(store));
  }

  /** A plate whose first run died before an operation. */
  private static Store wreck(Store store, int operation) {
    ObservedStore observed = ObservedStore.of(store);
    observed.log().crashAt(operation, StoreFault.REFUSED);
    try {
      CommitScenario.change(observed, CommitScenario.deadRun("r"), CommitOptions.standard());
    } catch (StoreException | UnfinishedCommitException e) {
      assertThat(e).isNotNull();
    }
    return store;
  }

  @Test
  void aTaskThatWakesAfterItsRunWasTakenOverLeavesNothing() {
    for (Store store : new Store[] {memory(), local()}) {
      Map<String, String> before = content(store);
      Stage stage =
          ImageTransaction.begin(
                  CommitScenario.image(store),
                  CommitScenario.elsewhere(ZOMBIE),
                  CommitOptions.standard())
              .stage();
      stage.put("0/0/0/0", CommitScenario.bytes("x"));
      assertThat(recover(store)).isEqualTo(Outcome.UNDONE);
      assertThatThrownBy(() -> stage.put("0/0/0/1", CommitScenario.bytes("x")))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("the run has ended");
      assertThat(content(store)).isEqualTo(before);
      assertThat(plate(store)).isEqualTo(before);
    }
  }
}
