// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ngffspark.commit.CommitScenario.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ngffspark.commit.RecoveryReport.Outcome;
import org.ngffspark.hadoop.HadoopTestStores;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreFault;

/** Commits and recoveries on real servers; every single step is broken in the models in memory. */
final class ServerCommitTest {

  enum Server {
    S3(HadoopTestStores::onS3),
    HDFS(HadoopTestStores::onHdfs);

    private final Supplier<Store> stores;

    Server(Supplier<Store> stores) {
      this.stores = stores;
    }

    Store plate() {
      Store store = stores.get();
      CommitScenario.writePlate(store);
      return store;
    }
  }

  /** What the plate holds after an undisturbed run, wherever it is. */
  private static Map<String, String> after() {
    Store store = new MemoryStore();
    CommitScenario.writePlate(store);
    CommitScenario.change(store, CommitScenario.liveRun(), CommitOptions.standard());
    return content(store);
  }

  @ParameterizedTest
  @EnumSource
  void aRunLeavesItsChangesAloneAndOneThatDiedIsUndoneOrFinished(Server server) {
    Store undisturbed = server.plate();
    Map<String, String> before = content(undisturbed);
    Map<String, String> after = after();
    ObservedStore counted = ObservedStore.of(undisturbed);
    CommitScenario.change(counted, CommitScenario.deadRun("counted"), CommitOptions.standard());
    assertThat(content(undisturbed)).isEqualTo(after);
    int last = counted.log().operations().size();
    List<Outcome> outcomes = new ArrayList<>();
    for (int died : new int[] {last / 2, last - 16, last - 6}) {
      Store store = server.plate();
      ObservedStore dying = ObservedStore.of(store);
      dying.log().crashAt(died, StoreFault.ANSWER_LOST);
      try {
        CommitScenario.change(dying, CommitScenario.deadRun("r"), CommitOptions.standard());
      } catch (StoreException | UnfinishedCommitException e) {
        assertThat(e.getMessage()).containsAnyOf("was told to fail", "is gone");
      }
      Outcome outcome = CommitScenario.recovery().recover(CommitScenario.image(store)).outcome();
      outcomes.add(outcome);
      assertThat(content(store))
          .as("died at %d of %d, %s", died, last, outcome)
          .isEqualTo(outcome == Outcome.FINISHED ? after : before);
    }
    assertThat(outcomes).contains(Outcome.UNDONE, Outcome.FINISHED);
  }
}
