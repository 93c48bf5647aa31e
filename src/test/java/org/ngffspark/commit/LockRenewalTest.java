// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.store.BucketStore;
import org.ngffspark.zarr.store.ForwardingStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreConditions;

/** What a run in a bucket says while it is at work, and what others make of its silence. */
final class LockRenewalTest {
  private final Store store = new BucketStore();

  private ImageTransaction begin() {
    return ImageTransaction.begin(
        CommitScenario.image(store), CommitScenario.elsewhere("r"), CommitOptions.standard());
  }

  private List<String> said() {
    return store.list("").stream().filter(key -> key.contains("/alive-")).toList();
  }

  @Test
  void aLockIsRenewedUntilItsTransactionHasEnded() {
    try (ImageTransaction transaction = begin()) {
      assertThat(said()).isEmpty();
      assertThat(transaction.renew()).isTrue();
      assertThat(said()).hasSize(1);
      transaction.close();
      assertThat(transaction.renew()).isFalse();
      assertThat(store.list("")).isEmpty();
    }
  }

  @Test
  void whoHasSaidNothingForLongIsTakenForDeadAndWhoHasRenewedIsNot() {
    try (ImageTransaction transaction = begin()) {
      assertThat(outcome(MarkedDirectory.PATIENCE)).isEqualTo(RecoveryReport.Outcome.BUSY);
      assertThat(transaction.renew()).isTrue();
      assertThat(outcome(MarkedDirectory.PATIENCE)).isEqualTo(RecoveryReport.Outcome.BUSY);
      assertThat(outcome(MarkedDirectory.PATIENCE.plusSeconds(1)))
          .isEqualTo(RecoveryReport.Outcome.UNDONE);
      assertThat(store.list("")).isEmpty();
      assertThat(outcome(Duration.ZERO)).isEqualTo(RecoveryReport.Outcome.NOTHING);
    }
  }

  /** What a recovery comes to when all that is there was written so long ago. */
  private RecoveryReport.Outcome outcome(Duration age) {
    return CommitScenario.recovery().recover(CommitScenario.image(new Aged(store, age))).outcome();
  }

  /** A store of whose values nobody has heard for a while. */
  private static final class Aged extends ForwardingStore {
    private static final long serialVersionUID = 1L;

    private final transient StoreConditions exact;
    private final Duration age;

    Aged(Store store, Duration age) {
      super(store);
      this.exact = store.conditions().orElseThrow();
      this.age = age;
    }

    @Override
    public Optional<StoreConditions> conditions() {
      return Optional.of(
          new StoreConditions() {
            @Override
            public Optional<Seen> look(String key) {
              return exact.look(key).map(seen -> new Seen(seen.value(), seen.version(), age));
            }

            @Override
            public boolean create(String key, ByteBuffer value) {
              return exact.create(key, value);
            }

            @Override
            public boolean replace(String key, String version, ByteBuffer value) {
              return exact.replace(key, version, value);
            }

            @Override
            public void remove(String key, String version) {
              exact.remove(key, version);
            }
          });
    }
  }
}
