// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.ngff.Well;
import org.ngffspark.ngff.WellImage;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.Parallel;
import org.ngffspark.zarr.store.StorePath;

final class SharedMetadataTest {
  private static final int RUNS = 8;

  @TempDir Path folder;

  private StorePath well() {
    return new StorePath(LocalStore.at(folder), "well.zarr");
  }

  private void writeWell() {
    Well.create(well(), NgffVersion.V0_4, List.of(new WellImage("0", OptionalInt.of(7))));
  }

  private void register(String image) {
    RunInfo run = RunInfo.current("transform x", Map.of());
    SharedMetadata.change(well(), run, copy -> Well.open(copy).register(image, "0"));
  }

  @Test
  void runsThatChangeItAtOnceLoseNothingAndLeaveNothing() throws Exception {
    writeWell();
    List<Callable<Void>> work = new ArrayList<>();
    List<String> expected = new ArrayList<>(List.of("0"));
    for (int run = 0; run < RUNS; run++) {
      String image = "0_" + run;
      expected.add(image);
      work.add(
          () -> {
            register(image);
            return null;
          });
    }
    Parallel.run(work);
    assertThat(Well.open(well()).images())
        .extracting(WellImage::path)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(Files.list(folder)).containsExactly(folder.resolve("well.zarr"));
  }

  @Test
  void aRunThatDiedWhileItChangedThemIsNoObstacle() throws Exception {
    writeWell();
    ImageTransaction.begin(well(), CommitScenario.deadRun("r"), CommitOptions.standard());
    register("0_a");
    assertThat(Well.open(well()).images()).extracting(WellImage::path).containsExactly("0", "0_a");
    assertThat(Files.list(folder)).containsExactly(folder.resolve("well.zarr"));
  }
}
