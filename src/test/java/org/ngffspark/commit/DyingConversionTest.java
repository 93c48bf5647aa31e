// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.apply.Companions;
import org.ngffspark.apply.Destination;
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
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageRun;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.ngff.ContainerKind;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.ngff.Plate;
import org.ngffspark.ngff.PlateSelection;
import org.ngffspark.project.ProjectTask;
import org.ngffspark.project.Projection;
import org.ngffspark.remove.Foreign;
import org.ngffspark.remove.Removal;
import org.ngffspark.remove.RemoveTask;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.NamedStores;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreFault;
import org.ngffspark.zarr.store.StorePath;

/**
 * Breaks conversions, projections and removals, and the writing of the plate around a conversion,
 * at each operation of the store that they go to. An image is there wholly or not at all, the plate
 * lists only images that are there, and the same done again has the same result as if nothing had
 * happened.
 */
class DyingConversionTest {
  private static final String IMAGE = DyingRun.PLATE + "/B/03/0";
  private static final String FLAT = DyingRun.PLATE + "/B/03/0Flat";
  private static final String WELL = DyingRun.PLATE + "/B/03/zarr.json";

  @TempDir private Path folder;
  private final Store plate = new MemoryStore();
  private final URI from = NamedStores.add(plate);
  private final ImageRef ref = new ImageRef(from, "B/03/0");

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

  private ConvertTask task(URI to, OutputForm form, Companions companions) {
    return new ConvertTask(
        new OutputLayout(form, GridChoice.of("64,64"), GridChoice.AUTO, OutputCodec.ZSTD),
        new PixelChoice(List.of("0"), 1, new TypeChange.Kept(), Crop.parse("y=0:64,x=0:64")),
        to,
        Map.of(ref, IMAGE),
        companions,
        Unkept.REFUSED,
        Existing.REFUSE,
        Verification.READ_BACK,
        ConvertTask.MEMORY);
  }

  private void convert(Store store, RunInfo run) {
    convert(store, OutputForm.NGFF_0_5, Companions.LABELS_AND_TABLES, run);
  }

  private void convert(Store store, OutputForm form, Companions companions, RunInfo run) {
    URI to = NamedStores.add(store);
    try {
      ImageRun.of(task(to, form, companions), ref, run);
    } finally {
      NamedStores.remove(to);
    }
  }

  private static <V extends Serializable> void change(
      Store store, String image, Function<ImageRef, ObjectTask<?, V>> task, RunInfo run) {
    URI at = NamedStores.add(store);
    try {
      ImageRef changed = new ImageRef(at, image);
      ImageRun.of(task.apply(changed), changed, run);
    } finally {
      NamedStores.remove(at);
    }
  }

  private static void project(Store store, RunInfo run) {
    Destination beside =
        new Destination.Sibling("Flat", Existing.REFUSE, Companions.LABELS_AND_TABLES);
    change(store, IMAGE, each -> new ProjectTask(Projection.MAX, AxisName.Z, beside), run);
  }

  private static void remove(Store store, String image, Removal removal, RunInfo run) {
    change(store, image, each -> new RemoveTask(removal, Foreign.REMOVE, Set.of(each)), run);
  }

  private static void complete(Store plate, Store store) {
    ConvertedPlate.write(
        StorePath.root(plate),
        new StorePath(store, DyingRun.PLATE),
        OutputForm.NGFF_0_5,
        Companions.LABELS_AND_TABLES);
  }

  /** A plate with one small image and its nuclei. */
  private Store smallPlate() {
    Store store = new MemoryStore();
    convert(store, OutputForm.NGFF_0_5, Companions.LABELS, CommitScenario.liveRun());
    complete(plate, store);
    remove(store, IMAGE, new Removal.OfLabel("wf_2_labels"), CommitScenario.liveRun());
    return store;
  }

  @Test
  void anImageIsThereWhollyOrNotAtAllAndDoneAgainIsAsIfNothingHadHappened() {
    assertThat(new DyingRun(new MemoryStore(), this::convert, Set.of()).check())
        .containsExactlyInAnyOrder(Outcome.NOTHING, Outcome.UNDONE, Outcome.FINISHED);
  }

  @Test
  void anImageOfN5IsThereWhollyOrNotAtAll() {
    assertThat(
            new DyingRun(
                    new MemoryStore(),
                    (store, run) -> convert(store, OutputForm.N5, Companions.LABELS, run),
                    Set.of())
                .check())
        .contains(Outcome.UNDONE, Outcome.FINISHED)
        .doesNotContain(Outcome.FAILED);
  }

  @Test
  void aProjectionIsThereWhollyOrNotAtAllAndItsWellListsItInTheEnd() {
    assertThat(new DyingRun(smallPlate(), DyingConversionTest::project, Set.of(WELL)).check())
        .contains(Outcome.UNDONE, Outcome.FINISHED)
        .doesNotContain(Outcome.FAILED);
  }

  @Test
  void whatIsRemovedIsThereWhollyOrNotAtAll() {
    Store store = smallPlate();
    project(store, CommitScenario.liveRun());
    assertThat(
            new DyingRun(
                    store,
                    (there, run) -> remove(there, IMAGE, new Removal.OfLabel("nuclei"), run),
                    Set.of())
                .check())
        .contains(Outcome.UNDONE, Outcome.FINISHED)
        .doesNotContain(Outcome.FAILED);
    assertThat(
            new DyingRun(
                    store,
                    (there, run) -> remove(there, FLAT, new Removal.OfImage(), run),
                    Set.of())
                .check())
        .contains(Outcome.UNDONE, Outcome.FINISHED)
        .doesNotContain(Outcome.FAILED);
  }

  @Test
  void aPlateListsOnlyWhatIsThereAndIsCompletedByTheNextRun() {
    Store image = new MemoryStore();
    convert(image, CommitScenario.liveRun());
    ObservedStore whole = ObservedStore.of(DyingRun.copyOf(image));
    complete(plate, whole);
    Map<String, Integer> expected = DyingRun.digest(whole);
    // A value is written in one step, so that there is no half of one.
    for (int k : DyingRun.changes(whole)) {
      ObservedStore store = ObservedStore.of(DyingRun.copyOf(image));
      store.log().crashAt(k, StoreFault.ANSWER_LOST);
      DyingRun.dying(() -> complete(plate, store));
      String step = "died at operation " + k;
      store.log().clear();
      StorePath root = new StorePath(store, DyingRun.PLATE);
      if (ContainerKind.find(root).isPresent()) {
        assertThat(Plate.open(root).images(PlateSelection.ALL)).as(step).hasSize(1);
      }
      complete(plate, store);
      assertThat(DyingRun.digest(store)).as(step).isEqualTo(expected);
    }
  }
}
