// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.ngffspark.commit.RecoveryReport.Outcome;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreFault;
import org.ngffspark.zarr.store.StoreOperation;
import org.ngffspark.zarr.store.StorePath;

/**
 * A run on an image that is broken at each operation that changes the store it goes to.
 *
 * @param before what the store holds when the run begins
 * @param work of the run, which is done again where it is not done
 * @param shared keys that a run changes after its image is committed, so that others know of it
 */
record DyingRun(Store before, BiConsumer<Store, RunInfo> work, Set<String> shared) {
  /** The plate in the store. */
  static final String PLATE = "plate.zarr";

  private static final List<StoreFault> DEATHS = List.of(StoreFault.TORN, StoreFault.ANSWER_LOST);

  /**
   * What is left after a recovery is as before or as after, and the same done again has the same
   * result as if nothing had happened.
   *
   * @return what the recoveries found
   */
  Set<Outcome> check() {
    ObservedStore whole = fresh();
    work.accept(whole, CommitScenario.deadRun("undisturbed"));
    Map<String, Integer> expected = digest(whole);
    Map<String, Integer> original = digest(before);
    assertThat(expected).isNotEqualTo(original);
    Set<Outcome> seen = EnumSet.noneOf(Outcome.class);
    for (int k : changes(whole)) {
      ObservedStore store = fresh();
      StoreFault fault = DEATHS.get(k % DEATHS.size());
      store.log().crashAt(k, fault);
      dying(() -> work.accept(store, CommitScenario.deadRun("r")));
      String step =
          "died at operation %d, %s, %s".formatted(k, whole.log().operations().get(k - 1), fault);
      store.log().clear();
      CommitScenario.recovery()
          .recoverAll(new StorePath(store, PLATE))
          .forEach(report -> seen.add(report.outcome()));
      Map<String, Integer> left = digest(store);
      assertThat(own(left)).as(step).isIn(own(original), own(expected));
      // From what was there before the undisturbed run has come to the expected.
      if (!left.equals(original) && !left.equals(expected)) {
        work.accept(store, CommitScenario.liveRun());
        assertThat(digest(store)).as(step).isEqualTo(expected);
      }
    }
    return seen;
  }

  private ObservedStore fresh() {
    return ObservedStore.of(copyOf(before));
  }

  private Map<String, Integer> own(Map<String, Integer> digest) {
    Map<String, Integer> own = new TreeMap<>(digest);
    own.keySet().removeAll(shared);
    return own;
  }

  /** Which operations change something, counted from 1; to die at another is to die before it. */
  static List<Integer> changes(ObservedStore store) {
    List<StoreOperation> operations = store.log().operations();
    return IntStream.rangeClosed(1, operations.size())
        .filter(k -> operations.get(k - 1).kind().changes())
        .boxed()
        .toList();
  }

  static void dying(Runnable work) {
    try {
      work.run();
    } catch (StoreException | UnfinishedCommitException e) {
      assertThat(e.getMessage()).containsAnyOf("was told to fail", "is gone");
    }
  }

  static Store copyOf(Store store) {
    Store copy = new MemoryStore();
    store.list("").forEach(key -> copy.write(key, store.read(key).orElseThrow()));
    return copy;
  }

  static Map<String, Integer> digest(Store store) {
    Map<String, Integer> digest = new TreeMap<>();
    store.list("").forEach(key -> digest.put(key, store.read(key).orElseThrow().hashCode()));
    return digest;
  }
}
