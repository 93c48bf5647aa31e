// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.commit.RecoveryReport.Outcome;
import org.ngffspark.demo.CellParameters;
import org.ngffspark.demo.SampleLayout;
import org.ngffspark.demo.SamplePlate;
import org.ngffspark.features.FeatureExport;
import org.ngffspark.features.MeasureTask;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageRun;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectChoice.TableChoice;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OnError;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.labels.Search;
import org.ngffspark.labels.SegmentTask;
import org.ngffspark.measure.FeatureSet;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.segment.Segmentation;
import org.ngffspark.segment.ThresholdFinder;
import org.ngffspark.segment.ThresholdMethod;
import org.ngffspark.table.DoubleColumn;
import org.ngffspark.table.FeatureTable;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.tables.NewTablesTask;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.NamedStores;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StorePath;

/**
 * Breaks runs that write feature tables and new label images at each operation of the store that
 * they go to. Both are there wholly or not at all.
 */
class DyingTablesTest {
  private static final String IMAGE = DyingRun.PLATE + "/B/03/0";
  private static final Map<NgffVersion, Store> PLATES =
      Map.of(NgffVersion.V0_4, new MemoryStore(), NgffVersion.V0_5, new MemoryStore());

  @BeforeAll
  static void drawPlates() {
    PLATES.forEach(
        (version, store) ->
            SamplePlate.write(
                new StorePath(store, DyingRun.PLATE),
                new SampleLayout(version, 1, 2, Shape.of(64, 64), Optional.empty()),
                List.of("B/03"),
                1,
                new CellParameters(7, 64, 64, 3, 64, 64)));
  }

  private static MeasureTask measure(WritableBackend backend, Existing existing) {
    return new MeasureTask(
        "nuclei",
        new PixelTarget.OfImage(List.of(), 0),
        FeatureSet.of(List.of("area", "intensity_mean")),
        LabelSelection.all(),
        "made",
        backend,
        existing,
        FeatureExport.NONE);
  }

  private static SegmentTask segment(boolean inObjects) {
    Segmentation how = Segmentation.by(ThresholdMethod.MEAN);
    Search search =
        inObjects
            ? new Search.InObjects(
                ObjectChoice.all("nuclei", new TableChoice.Automatic()),
                new ThresholdFinder(how),
                Map.of("how", how.toString()),
                OnError.FAIL)
            : new Search.ByThreshold(how);
    return new SegmentTask(
        search, List.of("0"), "made", "made_table", WritableBackend.CSV, Existing.REFUSE);
  }

  private static void run(Function<ImageRef, ObjectTask<?, ?>> task, Store store, RunInfo run) {
    URI at = NamedStores.add(store);
    try {
      ImageRef image = new ImageRef(at, IMAGE);
      run(task.apply(image), image, run);
    } finally {
      NamedStores.remove(at);
    }
  }

  private static <V extends Serializable> void run(
      ObjectTask<?, V> task, ImageRef image, RunInfo run) {
    ImageRun.of(task, image, run);
  }

  private static void assertWholeOrNotAtAll(ObjectTask<?, ?> task, Store before) {
    assertWholeOrNotAtAll(image -> task, before);
  }

  private static void assertWholeOrNotAtAll(
      Function<ImageRef, ObjectTask<?, ?>> task, Store before) {
    DyingRun dying = new DyingRun(before, (store, run) -> run(task, store, run), Set.of());
    assertThat(dying.check())
        .contains(Outcome.UNDONE, Outcome.FINISHED)
        .doesNotContain(Outcome.FAILED);
  }

  @ParameterizedTest
  @EnumSource
  void aTableIsThereWhollyOrNotAtAll(WritableBackend backend) {
    assertWholeOrNotAtAll(measure(backend, Existing.REFUSE), PLATES.get(NgffVersion.V0_4));
  }

  @Test
  void aTableIsReplacedWhollyOrNotAtAll() {
    Store before = DyingRun.copyOf(PLATES.get(NgffVersion.V0_5));
    MeasureTask measure = measure(WritableBackend.ANNDATA, Existing.REFUSE);
    run(image -> measure, before, CommitScenario.liveRun());
    assertWholeOrNotAtAll(measure(WritableBackend.PARQUET, Existing.REPLACE), before);
  }

  /** As a data frame that is written through Spark's SQL, {@code append} and {@code overwrite}. */
  @ParameterizedTest
  @EnumSource
  void givenRowsAreAddedOrReplaceATableWhollyOrNotAtAll(Existing existing) {
    Store before = DyingRun.copyOf(PLATES.get(NgffVersion.V0_4));
    if (existing == Existing.REPLACE) {
      MeasureTask measure = measure(WritableBackend.CSV, Existing.REFUSE);
      run(image -> measure, before, CommitScenario.liveRun());
    }
    FeatureTable rows =
        FeatureTable.of(
            "nuclei", new long[] {1, 2}, List.of(DoubleColumn.of("half", new double[] {0.5, 1})));
    assertWholeOrNotAtAll(
        image -> new NewTablesTask("made", Map.of(image, rows), WritableBackend.ANNDATA, existing),
        before);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNewLabelImageIsThereWithItsTableWhollyOrNotAtAll(boolean inObjects) {
    assertWholeOrNotAtAll(segment(inObjects), PLATES.get(NgffVersion.V0_5));
  }
}
