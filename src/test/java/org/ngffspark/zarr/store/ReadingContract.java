// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ngffspark.zarr.store.StoreContract.bytes;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store must do that can be read only; a new store's test is its factory. */
public interface ReadingContract extends PartsContract {

  @Test
  default void aMissingKeyIsNotAFailure() {
    Store store = storeOf(Map.of("a/b", bytes(1)));
    assertThat(store.read("c/0/0")).isEmpty();
    assertThat(store.read("a/x", new ByteRange.Suffix(3), BufferSource.heap())).isEmpty();
    assertThat(store.read("a/x", new ByteRange.Slice(0, 0), BufferSource.heap())).isEmpty();
    assertThat(store.status("a/x")).isEmpty();
  }

  @Test
  default void aValueIsReadAndItsLengthKnown() {
    Store store = storeOf(Map.of("c/0", bytes(1, 2, 3), "empty", bytes()));
    assertThat(store.read("c/0")).contains(bytes(1, 2, 3));
    assertThat(store.read("empty")).contains(bytes());
    assertThat(store.status("c/0")).map(KeyStatus::length).contains(3L);
    assertThat(store.status("c/0")).isEqualTo(store.status("c/0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "../a", "a\0b"})
  default void whatIsNoKeyIsRefused(String key) {
    Store store = storeOf(Map.of("a/b", bytes(1)));
    assertThatThrownBy(() -> store.read(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be relative");
  }

  @ParameterizedTest
  @ValueSource(strings = {".zattrs", "...", "a/..b", "t\u00e9st \u00b5m/%20 #?&", "a.b/.c", "x:y"})
  default void unusualNamesCanBeRead(String key) {
    assertThat(storeOf(Map.of(key, bytes(4))).read(key)).contains(bytes(4));
  }

  @Test
  default void aCopyOnAnotherMachineReadsTheSame() throws Exception {
    Store store = storeOf(Map.of("k", bytes(1)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ObjectOutputStream(out).writeObject(store);
    Store copy =
        (Store) new ObjectInputStream(new ByteArrayInputStream(out.toByteArray())).readObject();
    assertThat(copy.read("k")).contains(bytes(1));
    assertThat(copy.uri()).isEqualTo(store.uri());
  }

  @Test
  default void nothingCanBeChanged() {
    Store store = storeOf(Map.of("k", bytes(1)));
    assertThat(store.isWritable()).isFalse();
    List<Runnable> changes =
        List.of(
            () -> store.write("k", bytes(2)),
            () -> store.writeIfAbsent("k", bytes(2)),
            () -> store.move("k", "l"),
            () -> store.delete("k"));
    for (Runnable change : changes) {
      assertThatThrownBy(change::run)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("can be read only; write to another place by --output");
    }
    assertThat(store.read("k")).contains(bytes(1));
  }
}
