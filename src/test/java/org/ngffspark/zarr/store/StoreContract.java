// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store must do; a new store's test is its factory. */
public interface StoreContract extends PartsContract {

  /** An empty store, always a different one. */
  Store newStore();

  @Override
  default Store storeOf(Map<String, ByteBuffer> values) {
    Store store = newStore();
    values.forEach(store::write);
    return store;
  }

  /** How often threads try to meet: fewer times where each try asks a server. */
  default int tries() {
    return 2_000;
  }

  static ByteBuffer bytes(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length);
    for (int value : values) {
      buffer.put((byte) value);
    }
    return buffer.flip();
  }

  @Test
  default void aMissingKeyIsEmpty() {
    Store store = newStore();
    store.write("a/b", bytes(1));
    assertThat(store.read("c/0/0")).isEmpty();
    assertThat(store.read("a")).isEmpty();
    assertThat(store.read("a/x", new ByteRange.Suffix(3), BufferSource.heap())).isEmpty();
    assertThat(store.read("a", new ByteRange.Slice(0, 1 << 20), BufferSource.heap())).isEmpty();
    assertThat(store.status("a")).isEmpty();
  }

  @Test
  default void nothingLiesBelowAValue() {
    Store store = newStore();
    store.write("a/b", bytes(1));
    assertThat(store.read("a/b/c")).isEmpty();
    assertThat(store.status("a/b/c")).isEmpty();
  }

  @Test
  default void whatWasWrittenIsRead() {
    Store store = newStore();
    ByteBuffer value = bytes(9, 1, 2, 3, 9).position(1).limit(4);
    store.write("c/0/1", value);
    assertThat(store.read("c/0/1")).contains(bytes(1, 2, 3));
    assertThat(store.status("c/0/1")).map(KeyStatus::length).contains(3L);
    assertThat(value).as("the caller's buffer keeps its place").isEqualTo(bytes(1, 2, 3));
  }

  @Test
  default void anEmptyValueIsAValue() {
    Store store = newStore();
    store.write("empty", bytes());
    assertThat(store.read("empty")).contains(bytes());
    assertThat(store.status("empty")).map(KeyStatus::length).contains(0L);
  }

  @Test
  default void aWriteReplacesTheWholeValue() {
    Store store = newStore();
    store.write("k", bytes(1, 2, 3, 4));
    store.write("k", bytes(5));
    assertThat(store.read("k")).contains(bytes(5));
  }

  @Test
  default void directAndReadOnlyBuffersAreWritten() {
    Store store = newStore();
    store.write("direct", ByteBuffer.allocateDirect(2).put((byte) 7).put((byte) 8).flip());
    store.write("readOnly", bytes(5, 6).asReadOnlyBuffer());
    assertThat(store.read("direct")).contains(bytes(7, 8));
    assertThat(store.read("readOnly")).contains(bytes(5, 6));
  }

  @Test
  default void onlyTheFirstWriterIfAbsentSucceeds() {
    Store store = newStore();
    assertThat(store.writeIfAbsent("d/lock", bytes(1))).isTrue();
    assertThat(store.writeIfAbsent("d/lock", bytes(2))).isFalse();
    assertThat(store.read("d/lock")).contains(bytes(1));
    store.delete("d/lock");
    assertThat(store.writeIfAbsent("d/lock", bytes(3))).isTrue();
    assertThat(store.list("")).containsExactly("d/lock");
  }

  @Test
  default void aLockThatComesAndGoesIsHeldByOneAndFailsNobody() throws Exception {
    Store store = newStore();
    AtomicInteger holders = new AtomicInteger();
    List<Callable<Void>> work = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      ByteBuffer mine = bytes(thread);
      work.add(
          () -> {
            for (int i = 0; i < tries(); i++) {
              if (store.writeIfAbsent("d/lock", mine)) {
                assertThat(holders.incrementAndGet()).isEqualTo(1);
                assertThat(store.read("d/lock")).contains(mine);
                holders.decrementAndGet();
                store.delete("d/lock");
              }
            }
            return null;
          });
    }
    Parallel.run(work);
    assertThat(store.list("")).isEmpty();
  }

  @Test
  default void aMoveReplacesAndTakesAway() {
    Store store = newStore();
    store.write("stage/x", bytes(1));
    store.write("c/0", bytes(2));
    store.move("stage/x", "c/0");
    store.write("stage/y", bytes(3));
    store.move("stage/y", "new/place/0");
    assertThat(store.read("c/0")).contains(bytes(1));
    assertThat(store.read("new/place/0")).contains(bytes(3));
    assertThat(store.list("")).containsExactly("c/0", "new/place/0");
  }

  @Test
  default void aMoveOfNothingFailsAndChangesNothing() {
    Store store = newStore();
    store.write("c/0", bytes(2));
    assertThatThrownBy(() -> store.move("stage/x", "c/0"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("stage/x");
    assertThat(store.read("c/0")).contains(bytes(2));
  }

  @Test
  default void deletingTwiceIsFine() {
    Store store = newStore();
    store.write("c/0", bytes(2));
    store.delete("c/0");
    store.delete("c/0");
    store.delete("never/was/there");
    assertThat(store.list("")).isEmpty();
  }

  @Test
  default void aDeleteOfAPrefixLeavesWhatIsBelow() {
    Store store = newStore();
    store.write("c/0", bytes(2));
    store.delete("c");
    assertThat(store.read("c/0")).contains(bytes(2));
  }

  @Test
  default void listsWhatIsBelowAPrefixSorted() {
    Store store = newStore();
    for (String key : List.of("a/2", "a/10", "a/b/c", "ab", "a.x", "z/1", "0")) {
      store.write(key, bytes(1));
    }
    assertThat(store.list("a")).containsExactly("a/10", "a/2", "a/b/c");
    assertThat(store.list("a/b")).containsExactly("a/b/c");
    assertThat(store.list("ab")).isEmpty();
    assertThat(store.list("nothing")).isEmpty();
    assertThat(store.list("")).containsExactly("0", "a.x", "a/10", "a/2", "a/b/c", "ab", "z/1");
  }

  @Test
  default void theStatusesBelowAPrefixAreThoseOfTheKeys() {
    Store store = newStore();
    store.write("a/1", bytes(1, 2));
    store.write("a/b/2", bytes());
    store.write("ab", bytes(1));
    assertThat(store.statuses("a"))
        .containsOnlyKeys("a/1", "a/b/2")
        .allSatisfy((key, status) -> assertThat(store.status(key)).contains(status));
    assertThat(store.statuses("nothing")).isEmpty();
  }

  @Test
  default void manyKeysAreLookedAtCopiedAndDeletedAtOnce() {
    Store store = newStore();
    for (int each = 0; each < 40; each++) {
      store.write("a/" + each, bytes(each));
    }
    store.write("c/0", bytes(99));
    Map<String, String> copies = new TreeMap<>();
    IntStream.range(0, 40).forEach(each -> copies.put("c/" + each, "a/" + each));
    store.copyAll(copies);
    assertThat(store.read("a/0")).contains(bytes(0));
    copies.put("missing", "not/there");
    assertThat(store.statuses(copies.keySet()).keySet()).isEqualTo(new TreeSet<>(store.list("c")));
    assertThatThrownBy(() -> store.copyAll(Map.of("d", "not/there")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("not/there");
    store.deleteAll(Stream.concat(store.list("a").stream(), Stream.of("not/there")).toList());
    assertThat(store.list("")).hasSize(40);
    for (int each = 0; each < 40; each++) {
      assertThat(store.read("c/" + each)).contains(bytes(each));
    }
  }

  @Test
  default void aValueThatIsWrittenAnewHasAnotherStatus() throws InterruptedException {
    Store store = newStore();
    store.write("k", bytes(1));
    KeyStatus before = store.status("k").orElseThrow();
    assertThat(store.status("k")).contains(before);
    // Kernels give files the time of their last tick, of which there are at least 100 a second.
    Thread.sleep(20);
    store.write("k", bytes(2));
    assertThat(store.status("k")).isPresent().get().isNotEqualTo(before);
  }

  @Test
  default void deletesATreeAndNothingBesideIt() {
    Store store = newStore();
    for (String key : List.of("a/2", "a/b/c", "ab", "a.x/1")) {
      store.write(key, bytes(1));
    }
    store.deleteTree("a");
    store.deleteTree("a");
    store.deleteTree("ab");
    assertThat(store.list("")).containsExactly("a.x/1", "ab");
    store.deleteTree("");
    assertThat(store.list("")).isEmpty();
    store.write("again", bytes(1));
    assertThat(store.list("")).containsExactly("again");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "../a", "a/..", "./a", "a\0b"})
  default void keysThatAreNoKeysAreRefused(String key) {
    Store store = newStore();
    assertThatThrownBy(() -> store.read(key)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.write(key, bytes(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be relative");
    assertThatThrownBy(() -> store.delete(key)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {".zattrs", "...", "a/..b", "t\u00e9st \u00b5m/%20 #?&", "a.b/.c", "x:y"})
  default void unusualNamesAreNames(String key) {
    Store store = newStore();
    store.write(key, bytes(4));
    assertThat(store.read(key)).contains(bytes(4));
    assertThat(store.list("")).containsExactly(key);
  }

  @Test
  default void forcingTakesKeysThatAreThereAndKeysThatAreNot() {
    Store store = newStore();
    store.write("a/b", bytes(1));
    store.force(List.of("a/b", "a/c", "not/there"));
    assertThat(store.list("")).containsExactly("a/b");
  }

  @Test
  default void changesShowInTheStatus() {
    Store store = newStore();
    store.write("k", bytes(1));
    KeyStatus before = store.status("k").orElseThrow();
    assertThat(store.status("k")).contains(before);
    store.write("k", bytes(1, 2));
    assertThat(store.status("k").orElseThrow()).isNotEqualTo(before);
  }

  @Test
  default void survivesSerialisation() throws Exception {
    Store store = newStore();
    store.write("k", bytes(1));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ObjectOutputStream(out).writeObject(store);
    ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
    Store copy = (Store) new ObjectInputStream(in).readObject();
    assertThat(copy.read("k")).contains(bytes(1));
    assertThat(copy.uri()).isEqualTo(store.uri());
  }

  @Test
  default void behavesAsAMapUnderRandomOperations() {
    long seed = 20260901;
    SplittableRandom random = new SplittableRandom(seed);
    Store store = newStore();
    TreeMap<String, ByteBuffer> model = new TreeMap<>();
    for (int step = 0; step < 400; step++) {
      String key = "d" + random.nextInt(3) + "/e" + random.nextInt(2) + "/" + random.nextInt(4);
      String other = "d" + random.nextInt(3) + "/f/" + random.nextInt(4);
      ByteBuffer value = bytes(random.nextInt(256), step & 0xff);
      switch (random.nextInt(6)) {
        case 0, 1 -> {
          store.write(key, value);
          model.put(key, value);
        }
        case 2 ->
            assertThat(store.writeIfAbsent(key, value))
                .isEqualTo(model.putIfAbsent(key, value) == null);
        case 3 -> {
          store.delete(key);
          model.remove(key);
        }
        case 4 -> {
          if (model.containsKey(key)) {
            store.move(key, other);
            model.put(other, model.remove(key));
          }
        }
        default -> assertThat(store.read(other)).isEqualTo(Optional.ofNullable(model.get(other)));
      }
      assertThat(store.list(""))
          .as("seed %d step %d", seed, step)
          .isEqualTo(List.copyOf(model.keySet()));
    }
    model.forEach((key, value) -> assertThat(store.read(key)).as("seed %d", seed).contains(value));
  }
}
