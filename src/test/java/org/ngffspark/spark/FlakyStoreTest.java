// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.job.ImageRef;
import org.ngffspark.zarr.store.OperationLog;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreFault;
import org.ngffspark.zarr.store.StoreOperation;

/** A run on a disk of which any one operation fails. */
class FlakyStoreTest {
  private static final TransformSpec SPEC =
      SpecBuilder.on(JobImage.NUCLEI).transform("affine", "offset", "1").build();
  @RegisterExtension static final TestSpark spark = TestSpark.on("local[1,3]");

  @TempDir Path folder;

  /** Why a run fails; empty if it does not. */
  private static String run(Path place) {
    ImageRef image = new ImageRef(WatchedStores.uri(place), "i.zarr");
    try {
      return spark.inPlace(SPEC, 1, image).only().message();
    } catch (StoreException | IllegalArgumentException refused) {
      return refused.getMessage();
    }
  }

  @Test
  void whicheverOperationFailsTheImageIsWhollyAsBeforeOrWhollyAsAfter() {
    Path original = folder.resolve("original");
    JobImage.plane().shape(1, 16, 40).levels(2).write(original.resolve("i.zarr"));
    Map<String, Integer> before = Folders.digest(original);
    Path undisturbed = Folders.copy(original, folder.resolve("undisturbed"));
    OperationLog counting = WatchedStores.log(undisturbed);
    assertThat(run(undisturbed)).isEmpty();
    List<StoreOperation> operations = counting.operations();
    Map<String, Integer> after = Folders.digest(undisturbed);

    int done = 0;
    for (int operation = 1; operation <= operations.size(); operation++) {
      Path place = Folders.copy(original, folder.resolve("at" + operation));
      WatchedStores.log(place).failAt(operation, StoreFault.REFUSED);
      String failed = "operation " + operation + ", " + operations.get(operation - 1);
      String message = run(place);
      Map<String, Integer> now = Folders.digest(place);
      if (message.isEmpty()) {
        done++;
        assertThat(now).as(failed).isEqualTo(after);
      } else if (now.keySet().stream().anyMatch(name -> name.startsWith("i.zarr.ngff-spark"))) {
        assertThat(message).as(failed).contains("recover");
      } else {
        assertThat(now).as(failed + ": " + message).isEqualTo(before);
      }
    }
    assertThat(done).as("operations of tasks are tried again").isGreaterThan(operations.size() / 4);
  }
}
