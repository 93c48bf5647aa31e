// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.apply.Companions;
import org.ngffspark.chunks.ChunkPool;
import org.ngffspark.cli.TestPlate;
import org.ngffspark.commit.RecoveryReport.Outcome;
import org.ngffspark.convert.ConvertTask;
import org.ngffspark.convert.ConvertedPlate;
import org.ngffspark.convert.Crop;
import org.ngffspark.convert.GridChoice;
import org.ngffspark.convert.OutputCodec;
import org.ngffspark.convert.OutputForm;
import org.ngffspark.convert.OutputLayout;
import org.ngffspark.convert.PixelChoice;
import org.ngffspark.convert.TypeChange;
import org.ngffspark.convert.Unkept;
import org.ngffspark.convert.Verification;
import org.ngffspark.job.ContainerTarget;
import org.ngffspark.job.ContainerTarget.Change;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageTask;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.PlanTask;
import org.ngffspark.job.PlannedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.ngff.ContainerKind;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.ngff.Plate;
import org.ngffspark.ngff.PlateSelection;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.NamedStores;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreFault;
import org.ngffspark.zarr.store.StoreOperation;
import org.ngffspark.zarr.store.StorePath;

/**
 * Breaks the conversion of an image, and the writing of the plate around it, at each operation of
 * the store that it goes to. The image is there wholly or not at all, the plate lists only images
 * that are there, and the same done again has the same result as if nothing had happened.
 */
class DyingConversionTest {
  private static final String IMAGE = "B/03/0";
  private static final List<StoreFault> DEATHS = List.of(StoreFault.TORN, StoreFault.ANSWER_LOST);

  @TempDir private Path folder;
  private final Store plate = new MemoryStore();
  private final URI from = NamedStores.add(plate);
  private final ImageRef ref = new ImageRef(from, IMAGE);

  @BeforeEach
  void readPlate() {
    Store drawn = LocalStore.at(TestPlate.write(folder.resolve("plate"), NgffVersion.V0_4));
    for (String key : drawn.list("")) {
      plate.write(key, drawn.read(key).orElseThrow());
    }
  }

  @AfterEach
  void forgetStores() {
    NamedStores.remove(from);
  }

  private ConvertTask task(URI to) {
    return new ConvertTask(
        new OutputLayout(
            OutputForm.NGFF_0_5, GridChoice.of("64,64"), GridChoice.AUTO, OutputCodec.ZSTD),
        new PixelChoice(List.of("0"), 1, new TypeChange.Kept(), Crop.parse("y=0:64,x=0:64")),
        to,
        Map.of(ref, IMAGE),
        Companions.LABELS_AND_TABLES,
        Unkept.REFUSED,
        Existing.REFUSE,
        Verification.READ_BACK);
  }

  /** As a run does it, in this thread. */
  private void convert(Store store, RunInfo run) {
    URI to = NamedStores.add(store);
    ConvertTask task = task(to);
    ContainerTarget<Nothing> target = (ContainerTarget<Nothing>) task.target(ref);
    target.requireSafe();
    ChunkPool pool = new ChunkPool(0);
    try (ImageTransaction transaction =
            ImageTransaction.begin(target.container(), run, CommitOptions.standard());
        OpenedImage unplanned = OpenedImage.unplanned(ref, task, pool)) {
      TileGrid tiles = TileGrid.single(unplanned.level().array().writeUnits());
      PlannedImage planned =
          new PlannedImage(
              0, ref, new PlanTask(task).run(unplanned), tiles, target.output(transaction.stage()));
      try (OpenedImage image = OpenedImage.of(planned, task, pool)) {
        TaskResult<Nothing> done = new ImageTask<>(task).run(image, tiles);
        Change change = target.change(image, done, transaction.stage());
        List<StagedUnit> units = new ArrayList<>(done.files());
        units.addAll(change.units());
        transaction
            .commit(units, change.metadata(), change.removed(), CommitInputs.of(ref.open()))
            .delete();
      }
    } finally {
      NamedStores.remove(to);
    }
  }

  private static void complete(Store plate, Store store) {
    ConvertedPlate.write(
        StorePath.root(plate),
        StorePath.root(store),
        OutputForm.NGFF_0_5,
        Companions.LABELS_AND_TABLES);
  }

  /** Which operations change something, counted from 1; to die at another is to die before it. */
  private static List<Integer> changes(ObservedStore store) {
    List<StoreOperation> operations = store.log().operations();
    return IntStream.rangeClosed(1, operations.size())
        .filter(k -> operations.get(k - 1).kind().changes())
        .boxed()
        .toList();
  }

  private static void dying(Runnable work) {
    try {
      work.run();
    } catch (StoreException | UnfinishedCommitException e) {
      assertThat(e.getMessage()).containsAnyOf("was told to fail", "is gone");
    }
  }

  @Test
  void anImageIsThereWhollyOrNotAtAllAndDoneAgainIsAsIfNothingHadHappened() {
    ObservedStore whole = ObservedStore.of(new MemoryStore());
    convert(whole, CommitScenario.deadRun("undisturbed"));
    Map<String, Integer> expected = digest(whole);
    List<Integer> changes = changes(whole);
    Set<Outcome> seen = EnumSet.noneOf(Outcome.class);
    for (int k : changes) {
      ObservedStore store = ObservedStore.of(new MemoryStore());
      StoreFault fault = DEATHS.get(k % DEATHS.size());
      store.log().crashAt(k, fault);
      dying(() -> convert(store, CommitScenario.deadRun("r")));
      String step = "died at operation %d, %s".formatted(k, fault);
      store.log().clear();
      StorePath image = StorePath.root(store).child(IMAGE);
      seen.add(CommitScenario.recovery().recover(image).outcome());
      Map<String, Integer> left = digest(store);
      assertThat(left).as(step).isIn(Map.of(), expected);
      if (left.isEmpty()) {
        convert(store, CommitScenario.liveRun());
        assertThat(digest(store)).as(step).isEqualTo(expected);
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(Outcome.NOTHING, Outcome.UNDONE, Outcome.FINISHED);
  }

  @Test
  void aPlateListsOnlyWhatIsThereAndIsCompletedByTheNextRun() {
    Store image = new MemoryStore();
    convert(image, CommitScenario.liveRun());
    ObservedStore whole = ObservedStore.of(copyOf(image));
    complete(plate, whole);
    Map<String, Integer> expected = digest(whole);
    // A value is written in one step, so that there is no half of one.
    for (int k : changes(whole)) {
      ObservedStore store = ObservedStore.of(copyOf(image));
      store.log().crashAt(k, StoreFault.ANSWER_LOST);
      dying(() -> complete(plate, store));
      String step = "died at operation " + k;
      store.log().clear();
      StorePath root = StorePath.root(store);
      if (ContainerKind.find(root).isPresent()) {
        assertThat(Plate.open(root).images(PlateSelection.ALL)).as(step).hasSize(1);
      }
      complete(plate, store);
      assertThat(digest(store)).as(step).isEqualTo(expected);
    }
  }

  private static Store copyOf(Store store) {
    Store copy = new MemoryStore();
    store.list("").forEach(key -> copy.write(key, store.read(key).orElseThrow()));
    return copy;
  }

  private static Map<String, Integer> digest(Store store) {
    Map<String, Integer> digest = new TreeMap<>();
    store.list("").forEach(key -> digest.put(key, store.read(key).orElseThrow().hashCode()));
    return digest;
  }
}
