// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.ZarrFormat;
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
  void newImagesOfAWellWithCopiesOfMetadataAllStayInItsList() throws Exception {
    Well.create(well(), NgffVersion.V0_5, List.of(new WellImage("0", OptionalInt.of(7))));
    StorePath file = well().child("zarr.json");
    ObjectNode content = Json.read(file).orElseThrow();
    content.putObject("consolidated_metadata").putObject("metadata").put("0", "stale");
    Json.write(file, content);
    List<Callable<Void>> work = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      String image = "new" + run;
      work.add(
          () -> {
            make(image);
            register(image);
            return null;
          });
    }
    Parallel.run(work);
    assertThat(Well.open(well()).images()).hasSize(1 + RUNS);
    assertThat(Json.read(file).orElseThrow().has("consolidated_metadata")).isFalse();
    assertThat(Files.list(folder)).containsExactly(folder.resolve("well.zarr"));
  }

  /** Commits a new image, which makes copies of metadata around it stale. */
  private void make(String image) {
    StorePath container = well().child(image);
    RunInfo run = RunInfo.current("transform x", Map.of());
    MetadataDraft draft = new MetadataDraft();
    Group.create(draft.root(), ZarrFormat.V3);
    try (ImageTransaction transaction =
        ImageTransaction.begin(container, run, CommitOptions.standard())) {
      transaction.commit(List.of(), draft.edits(), CommitInputs.of(container));
    }
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
