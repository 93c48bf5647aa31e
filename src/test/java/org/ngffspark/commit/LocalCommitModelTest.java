// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreFault;

/** What is torn and lost is the model's own: the memory test goes through it. */
final class LocalCommitModelTest implements CommitModelContract {
  private final AtomicInteger stores = new AtomicInteger();

  @TempDir Path directory;

  @Override
  public Store newStore() {
    return LocalStore.at(newPlace());
  }

  private Path newPlace() {
    return directory.resolve("store" + stores.incrementAndGet());
  }

  @Override
  public Store copyOf(Store store) {
    Path from = Path.of(store.uri());
    Path to = newPlace();
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return LocalStore.at(to);
  }

  @Override
  public List<StoreFault> failures() {
    return List.of(StoreFault.REFUSED);
  }

  @Override
  public List<StoreFault> deaths() {
    return List.of(StoreFault.ANSWER_LOST);
  }

  @Override
  public int stride() {
    return 5;
  }
}
