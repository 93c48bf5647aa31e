// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ngffspark.zarr.store.StoreContract.bytes;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store must do that has directories. */
public interface DirectoriesContract {

  /** An empty store, always a different one. */
  Store newStore();

  /** How often threads try to meet: fewer times where each try asks a server. */
  default int claims() {
    return 500;
  }

  private static StoreDirectories of(Store store) {
    return store.directories().orElseThrow();
  }

  @Test
  default void namesAreThoseRightBelow() {
    Store store = newStore();
    for (String key : List.of("a/c", "a/b/1", "a/b/2", "ab/x", "a/B/y")) {
      store.write(key, bytes(1));
    }
    assertThat(of(store).names("a")).containsExactly("B", "b", "c");
    assertThat(of(store).names("a/b")).containsExactly("1", "2");
    assertThat(of(store).names("a/c")).isEmpty();
    assertThat(of(store).names("nothing/there")).isEmpty();
  }

  @Test
  default void onlyAnEmptyDirectoryIsClaimed() {
    Store store = newStore();
    StoreDirectories directories = of(store);
    assertThat(directories.claim("a/d", "x/y", bytes(1), "place")).isTrue();
    assertThat(directories.claim("a/d", "x/y", bytes(2), "place")).isFalse();
    assertThat(directories.claim("a/d", "z", bytes(2), "place")).isFalse();
    assertThat(store.read("a/d/x/y")).contains(bytes(1));
    store.delete("a/d/x/y");
    assertThat(directories.claim("a/d", "z", bytes(3), "place")).isTrue();
    assertThat(store.list("")).containsExactly("a/d/z");
  }

  @Test
  default void ofManyThatClaimOneWinsAndTheValueIsWhole() throws Exception {
    Store store = newStore();
    AtomicInteger holders = new AtomicInteger();
    AtomicInteger won = new AtomicInteger();
    List<Callable<Void>> work = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      int mine = thread;
      work.add(
          () -> {
            for (int i = 0; i < claims(); i++) {
              String name = mine + "-" + i;
              if (of(store).claim("area/d", name, bytes(mine, i & 0x7f), "place")) {
                won.incrementAndGet();
                assertThat(holders.incrementAndGet()).isEqualTo(1);
                assertThat(of(store).names("area/d")).containsExactly(name);
                assertThat(store.read("area/d/" + name)).contains(bytes(mine, i & 0x7f));
                holders.decrementAndGet();
                assertThat(of(store).rename("area/d/" + name, "area/ended-" + name)).isFalse();
                store.delete("area/d/" + name);
              }
            }
            return null;
          });
    }
    Parallel.run(work);
    assertThat(won.get()).isPositive();
    assertThat(store.list("")).isEmpty();
  }

  @Test
  default void nothingIsWrittenIntoADirectoryThatIsNotThere() {
    Store store = newStore();
    StoreDirectories directories = of(store);
    store.write("k", bytes(7));
    for (String name : List.of("x", "deep/er/x")) {
      assertThatThrownBy(() -> directories.write("a/d", name, bytes(1)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("a/d");
      assertThatThrownBy(() -> directories.writeIfAbsent("a/d", name, bytes(1)))
          .isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> directories.moveInto("k", "a/d", name))
          .isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> directories.moveInto("missing", "a/d", name))
          .isInstanceOf(StoreException.class);
    }
    assertThat(store.list("")).containsExactly("k");
    assertThat(of(store).names("a")).isEmpty();
  }

  @Test
  default void whatIsThereTakesValues() {
    Store store = newStore();
    StoreDirectories directories = of(store);
    store.write("a/d/mark", bytes());
    directories.write("a/d", "x", bytes(1));
    directories.write("a/d", "x", bytes(2));
    directories.write("a/d", "b/c/x", bytes(3));
    assertThat(directories.writeIfAbsent("a/d", "y/z", bytes(4))).isTrue();
    assertThat(directories.writeIfAbsent("a/d", "y/z", bytes(5))).isFalse();
    store.write("c/0/0", bytes(6));
    assertThat(directories.moveInto("c/0/0", "a/d", "gone/1")).isTrue();
    assertThat(directories.moveInto("c/0/0", "a/d", "gone/2")).isFalse();
    assertThat(store.list(""))
        .containsExactly("a/d/b/c/x", "a/d/gone/1", "a/d/mark", "a/d/x", "a/d/y/z");
    assertThat(store.read("a/d/x")).contains(bytes(2));
    assertThat(store.read("a/d/y/z")).contains(bytes(4));
    assertThat(directories.names("c")).as("directories left empty go").isEmpty();
  }

  @Test
  default void aDirectoryIsRenamedWithAllThatLiesInIt() {
    Store store = newStore();
    for (String key : List.of("a/d/1", "a/d/e/2", "a/dd", "b/x")) {
      store.write(key, bytes(1));
    }
    StoreDirectories directories = of(store);
    assertThat(directories.rename("a/d", "a/new")).isTrue();
    assertThat(directories.rename("a/d", "a/other")).isFalse();
    assertThat(store.list("")).containsExactly("a/dd", "a/new/1", "a/new/e/2", "b/x");
    assertThatThrownBy(() -> directories.rename("a/new", "b")).isInstanceOf(StoreException.class);
    assertThat(store.list("")).containsExactly("a/dd", "a/new/1", "a/new/e/2", "b/x");
  }

  @Test
  default void roomForADirectoryIsMadeOnlyIfAsked() {
    Store store = newStore();
    StoreDirectories directories = of(store);
    store.write("a/d/1", bytes(1));
    assertThatThrownBy(() -> directories.rename("a/d", "b/c/d")).isInstanceOf(StoreException.class);
    assertThat(directories.renameMakingRoom("a/no", "b/c/d")).isFalse();
    assertThat(directories.renameMakingRoom("a/d", "b/c/d")).isTrue();
    store.write("a/d/2", bytes(2));
    assertThatThrownBy(() -> directories.renameMakingRoom("a/d", "b/c/d"))
        .isInstanceOf(StoreException.class);
    assertThat(store.list("")).containsExactly("a/d/2", "b/c/d/1");
  }

  @Test
  default void whoeverLostADirectoryMovesNothingInOrOutOfIt() {
    Store store = newStore();
    StoreDirectories directories = of(store);
    directories.claim("run", "z/mark", bytes(), "place");
    directories.write("run/z", "units/1", bytes(1));
    store.write("c/0", bytes(9));
    directories.rename("run/z", "run/r");
    assertThatThrownBy(() -> store.move("run/z/units/1", "c/0")).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> directories.moveInto("c/0", "run/z", "gone/1"))
        .isInstanceOf(StoreException.class);
    store.write("guard/x", bytes(1));
    assertThatThrownBy(() -> directories.rename("guard", "run/z/guard"))
        .isInstanceOf(StoreException.class);
    store.deleteTree("guard");
    store.deleteTree("run/z");
    assertThat(store.list("")).containsExactly("c/0", "run/r/mark", "run/r/units/1");
    assertThat(directories.names("run")).containsExactly("r");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "../a", "a//b", "a/../../b"})
  default void namesThatAreNoKeysAreRefused(String name) {
    Store store = newStore();
    store.write("d/mark", bytes());
    assertThatThrownBy(() -> of(store).write("d", name, bytes(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> of(store).moveInto("d/mark", "d", name))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> of(store).claim("e", name, bytes(1), "place"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> of(store).names(name.isEmpty() ? "/" : name))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
