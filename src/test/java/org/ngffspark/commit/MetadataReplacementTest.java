// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ngffspark.commit.CommitScenario.IMAGE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ngffspark.commit.RecoveryReport.Outcome;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.store.BucketStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreFault;
import org.ngffspark.zarr.store.StoreOperation;

/** Metadata of an image in a bucket, which another program changes while a run commits to it. */
final class MetadataReplacementTest {
  private static final String ATTRIBUTES = IMAGE + "/.zattrs";

  private static Store plate() {
    Store store = new BucketStore();
    CommitScenario.writePlate(store);
    return store;
  }

  private static ObjectNode attributes(Store store) {
    return Json.parseObject(store.read(ATTRIBUTES).orElseThrow(), ATTRIBUTES);
  }

  private static void write(Store store, String field, String value) {
    store.write(ATTRIBUTES, Json.bytes(attributes(store).put(field, value)));
  }

  private static void change(Store store) {
    CommitScenario.change(store, CommitScenario.deadRun("r"), CommitOptions.standard());
  }

  private static List<StoreOperation> operations() {
    ObservedStore store = ObservedStore.of(plate());
    change(store);
    return store.log().operations();
  }

  private static void assertBoth(Store store, String step) {
    assertThat(attributes(store).path("theirs").asText()).as(step).isEqualTo("kept");
    assertThat(attributes(store).path("changed").asText()).as(step).isEqualTo("new");
  }

  @Test
  void aFieldThatAnotherAddsAtAnyMomentOfACommitStays() {
    List<StoreOperation> operations = operations();
    for (int k = 1; k <= operations.size(); k++) {
      Store store = plate();
      ObservedStore observed = ObservedStore.of(store);
      observed.log().pauseAt(k, () -> write(store, "theirs", "kept"));
      change(observed);
      assertBoth(store, k + " " + operations.get(k - 1));
    }
  }

  @Test
  void aFieldThatAnotherAddsBeforeARecoveryStays() {
    int journal = journal(operations());
    for (int k = journal + 1; k <= operations().size(); k++) {
      Store store = plate();
      ObservedStore dying = ObservedStore.of(store);
      dying.log().crashAt(k, StoreFault.REFUSED);
      try {
        change(dying);
      } catch (UnfinishedCommitException died) {
        assertThat(died).hasMessageContaining("recover");
      }
      write(store, "theirs", "kept");
      CommitScenario.recovery().recover(CommitScenario.image(store));
      assertBoth(store, "died at " + k);
    }
  }

  @Test
  void ofAFieldThatBothHaveChangedTheDecidedCommitCounts() {
    int journal = journal(operations());
    Store store = plate();
    ObservedStore observed = ObservedStore.of(store);
    observed.log().pauseAt(journal + 1, () -> write(store, "changed", "theirs"));
    change(observed);
    assertThat(attributes(store).path("changed").asText()).isEqualTo("new");
    assertThat(CommitScenario.recovery().recover(CommitScenario.image(store)).outcome())
        .isEqualTo(Outcome.NOTHING);
  }

  /** Number of the operation that is the commit point. */
  private static int journal(List<StoreOperation> operations) {
    List<String> keys = operations.stream().map(StoreOperation::toString).toList();
    for (int k = 1; k <= keys.size(); k++) {
      if (keys.get(k - 1).matches("WRITE_IF_ABSENT .*/journal\\.json")) {
        return k;
      }
    }
    throw new AssertionError("no journal among " + keys);
  }
}
