// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ngffspark.zarr.store.StoreContract.bytes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every store must do that creates on a condition. */
public interface ConditionsContract {

  /** An empty store, always a different one. */
  Store newStore();

  private static StoreConditions of(Store store) {
    return store.conditions().orElseThrow();
  }

  @Test
  default void onlyWhatIsNotThereIsCreated() {
    Store store = newStore();
    assertThat(of(store).create("d/lock", bytes(1))).isTrue();
    assertThat(of(store).create("d/lock", bytes(2))).isFalse();
    StoreConditions.Seen seen = of(store).look("d/lock").orElseThrow();
    assertThat(seen.value()).isEqualTo(bytes(1));
    assertThat(seen.age()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
    assertThat(of(store).look("d")).isEmpty();
  }

  @Test
  default void onlyWhatWasSeenIsRemoved() {
    Store store = newStore();
    of(store).create("lock", bytes(1));
    String seen = of(store).look("lock").orElseThrow().version();
    store.write("lock", bytes(2));
    of(store).remove("lock", seen);
    assertThat(store.read("lock")).contains(bytes(2));
    of(store).remove("lock", of(store).look("lock").orElseThrow().version());
    of(store).remove("lock", seen);
    assertThat(store.list("")).isEmpty();
  }

  @Test
  default void onlyWhatWasSeenIsReplaced() {
    Store store = newStore();
    store.write("a", bytes(1));
    String seen = of(store).look("a").orElseThrow().version();
    assertThat(of(store).replace("a", seen, bytes(2))).isTrue();
    assertThat(of(store).replace("a", seen, bytes(3))).isFalse();
    assertThat(of(store).replace("b", seen, bytes(3))).isFalse();
    assertThat(store.read("a")).contains(bytes(2));
    assertThat(store.list("")).containsExactly("a");
  }

  @Test
  default void whoeverCreatesTheSameOnceMoreIsNotRefused() {
    Store store = newStore();
    assertThat(of(store).create("lock", bytes(1))).isTrue();
    assertThat(of(store).create("lock", bytes(1))).isTrue();
  }

  @Test
  default void ofManyWhoCreateOneWins() throws Exception {
    Store store = newStore();
    for (int round = 0; round < 5; round++) {
      String key = "lock" + round;
      AtomicInteger created = new AtomicInteger();
      List<Callable<Void>> work = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int mine = thread;
        work.add(
            () -> {
              if (of(store).create(key, bytes(mine))) {
                created.incrementAndGet();
              }
              return null;
            });
      }
      Parallel.run(work);
      assertThat(created).hasValue(1);
    }
  }
}
