// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ngffspark.zarr.store.StoreContract.bytes;

import org.junit.jupiter.api.Test;

final class ObservedStoreTest implements StoreContract, DirectoriesContract {

  @Override
  public Store newStore() {
    return ObservedStore.of(new MemoryStore());
  }

  @Test
  void remembersEveryOperationInOrder() {
    ObservedStore store = ObservedStore.of(new MemoryStore());
    store.write("a", bytes(1));
    store.read("a");
    store.read("b");
    store.move("a", "c");
    assertThat(store.log().operations())
        .map(Object::toString)
        .containsExactly("WRITE a", "READ a", "READ b", "MOVE c");
    assertThat(store.log().count(StoreOperation.Kind.READ)).isEqualTo(2);
    assertThat(store.log().keys(StoreOperation.Kind.READ)).containsExactly("a", "b");
    store.log().clear();
    assertThat(store.log().operations()).isEmpty();
  }

  @Test
  void aRefusedOperationChangesNothingAndTheNextOneWorks() {
    ObservedStore store = ObservedStore.of(new MemoryStore());
    store.log().failAt(1, StoreFault.REFUSED);
    assertThatThrownBy(() -> store.write("a", bytes(1, 2)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("operation 1 was told to fail");
    assertThat(store.read("a")).isEmpty();
    store.write("a", bytes(3));
    assertThat(store.read("a")).contains(bytes(3));
  }

  @Test
  void aTornWriteLeavesHalf() {
    ObservedStore store = ObservedStore.of(new MemoryStore());
    store.log().failAt(1, StoreFault.TORN);
    assertThatThrownBy(() -> store.write("a", bytes(1, 2, 3, 4)))
        .isInstanceOf(StoreException.class);
    assertThat(store.read("a")).contains(bytes(1, 2));
  }

  @Test
  void aLostAnswerLeavesAll() {
    ObservedStore store = ObservedStore.of(new MemoryStore());
    store.log().failAt(1, StoreFault.ANSWER_LOST);
    assertThatThrownBy(() -> store.write("a", bytes(1, 2))).isInstanceOf(StoreException.class);
    assertThat(store.read("a")).contains(bytes(1, 2));
  }

  @Test
  void afterACrashNothingWorksUntilCleared() {
    ObservedStore store = ObservedStore.of(new MemoryStore());
    store.log().crashAt(2, StoreFault.REFUSED);
    store.write("a", bytes(1));
    assertThatThrownBy(() -> store.write("b", bytes(1))).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.read("a")).hasMessageContaining("the store is gone");
    store.log().clear();
    assertThat(store.read("a")).contains(bytes(1));
    assertThat(store.read("b")).isEmpty();
  }
}
