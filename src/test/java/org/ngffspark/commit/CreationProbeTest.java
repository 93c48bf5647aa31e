// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.store.BucketStore;
import org.ngffspark.zarr.store.ForwardingStore;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreConditions;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StorePath;

class CreationProbeTest {
  private final CreationProbe probe = new CreationProbe(RunInfo.current("test", Map.of()));

  private void require(Store store, String container, CommitOptions options) {
    probe.requireLocks(new StorePath(store, container), options);
  }

  @Test
  void aServerThatTakesEveryCreationIsRefused() {
    Store store = new Careless();
    for (String image : List.of("a.zarr", "b.zarr")) {
      assertThatThrownBy(() -> require(store, image, CommitOptions.standard()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(image)
          .hasMessageContaining("does not know conditional creation")
          .hasMessageContaining("--no-lock");
    }
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void whoKeepsRunsApartIsNotRefused() {
    CommitOptions apart = CommitOptions.standard().keptApart(CommitOptions.Apart.BY_CALLER);
    ObservedStore store = ObservedStore.of(new Careless());
    require(store, "a.zarr", apart);
    assertThat(store.log().operations()).isEmpty();
  }

  @Test
  void aBucketIsAskedOnceForAllImagesOfARun() {
    ObservedStore store = ObservedStore.of(new BucketStore());
    require(store, "a.zarr", CommitOptions.standard());
    int asked = store.log().operations().size();
    require(store, "b.zarr", CommitOptions.standard());
    assertThat(asked).isPositive();
    assertThat(store.log().operations()).hasSize(asked);
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void aStoreWithRenamesIsNotAsked() {
    ObservedStore store = ObservedStore.of(new MemoryStore());
    require(store, "a.zarr", CommitOptions.standard());
    assertThat(store.log().operations()).isEmpty();
  }

  @Test
  void whatAProbeLeavesThatIsKilledIsRemovedByRecover() {
    Store store = new BucketStore();
    store.write("a.zarr.ngff-spark/@run-some/probe", ByteBuffer.allocate(1));
    new Recovery(RunInfo.current("recover", Map.of()), Set.of())
        .recoverAll(new StorePath(store, "a.zarr"));
    assertThat(store.list("")).isEmpty();
  }

  /** A bucket of a server that does not look at conditions. */
  private static final class Careless extends ForwardingStore {
    private static final long serialVersionUID = 1L;
    private final transient Store store;

    Careless() {
      this(new BucketStore());
    }

    private Careless(Store store) {
      super(store);
      this.store = store;
    }

    @Override
    public Optional<StoreConditions> conditions() {
      StoreConditions exact = store.conditions().orElseThrow();
      return Optional.of(
          new StoreConditions() {
            @Override
            public Optional<Seen> look(String key) {
              return exact.look(key);
            }

            @Override
            public boolean create(String key, ByteBuffer value) {
              store.write(key, value);
              return true;
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
