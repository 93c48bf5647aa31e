// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.features.FeatureExport;
import org.ngffspark.features.MeasureTask;
import org.ngffspark.history.Repeat;
import org.ngffspark.image.Container;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.RunSettings;
import org.ngffspark.measure.FeatureColumn;
import org.ngffspark.measure.FeatureSet;
import org.ngffspark.measure.MeasuredImage;
import org.ngffspark.measure.MeasuredObject;
import org.ngffspark.measure.Neighbourhood;
import org.ngffspark.measure.ObjectFeatures;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.spark.TestSpark.Ended;
import org.ngffspark.table.DoubleColumn;
import org.ngffspark.table.FeatureTable;
import org.ngffspark.table.LongColumn;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/** Runs that measure: the same table for any tiles, done once, refused or replaced. */
class MeasureRunTest {
  private static final FeatureSet FEATURES =
      FeatureSet.of(List.of("shape", "convex", "intensity", "position", "neighbours"))
          .with(Neighbourhood.within(10));

  @RegisterExtension static final TestSpark SPARK = TestSpark.on("local[2]");

  @TempDir private Path folder;

  private static MeasureTask task(FeatureSet features, LabelSelection labels, Existing existing) {
    return new MeasureTask(
        JobImage.NUCLEI,
        new PixelTarget.OfImage(List.of(), 0),
        features,
        labels,
        "features",
        WritableBackend.ANNDATA,
        existing,
        FeatureExport.NONE);
  }

  private static MeasureTask task() {
    return task(FEATURES, LabelSelection.all(), Existing.REPLACE);
  }

  private ImageRef ref(String name) {
    return new ImageRef(folder.resolve(name).toUri(), "");
  }

  private static Ended run(MeasureTask task, int tiles, ImageRef... images) {
    return SPARK.run(task, RunSettings.of("test"), tiles, images);
  }

  private FeatureTable table(String name) {
    return Container.open(folder.resolve(name).toString()).tables().featureTable("features");
  }

  static Stream<Arguments> images() {
    return Stream.of(
        Arguments.of("plane", JobImage.plane()),
        Arguments.of("sharded", JobImage.plane().shards(1, 32, 40)),
        Arguments.of(
            "movie of stacks",
            JobImage.plane()
                .axes("t", "c", "z", "y", "x")
                .shape(2, 2, 5, 30, 33)
                .chunks(1, 1, 2, 16, 33)),
        Arguments.of("one channel", JobImage.plane().axes("y", "x").shape(70, 50).chunks(9, 50)),
        Arguments.of("floats", JobImage.plane().type(DataType.FLOAT32)),
        Arguments.of("missing chunks", JobImage.plane().fill(7)),
        Arguments.of(
            "large ids",
            JobImage.plane().label(LabelImage.dense("nuclei", 9).ids(1L << 33, DataType.UINT64))),
        Arguments.of(
            "flat label of a stack",
            JobImage.plane()
                .axes("c", "z", "y", "x")
                .shape(1, 4, 30, 33)
                .chunks(1, 1, 16, 20)
                .label(LabelImage.discs("nuclei", 7, 6).axes("y", "x"))),
        Arguments.of(
            "other chunks of the label",
            JobImage.plane().label(LabelImage.discs("nuclei", 7, 9).chunks(23, 31))),
        Arguments.of(
            "coarse label", JobImage.plane().label(LabelImage.discs("nuclei", 7, 9).factor(2))),
        Arguments.of(
            "odd resolution",
            JobImage.plane().label(LabelImage.discs("nuclei", 7, 9).factor(1.6))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("images")
  void anyTilesGiveTheSameTable(String name, JobImage image) {
    image.write(folder.resolve("image"));
    Ended whole = run(task(), 1, ref("image"));
    assertThat(whole.only().state()).as(whole.only().explained()).isEqualTo(State.DONE);
    FeatureTable expected = table("image");
    assertThat(expected.table().rows()).isGreaterThan(3);
    for (int tiles : new int[] {3, 40}) {
      Ended tiled = run(task(), tiles, ref("image"));
      assertThat(tiled.only().state()).as(tiled.only().explained()).isEqualTo(State.DONE);
      assertThat(table("image")).as("%d tiles", tiles).isEqualTo(expected);
      assertThat(tiled.only().work().objects()).isEqualTo(whole.only().work().objects());
    }
  }

  @Test
  void eachChunkIsReadOnceByAnyTiles() {
    Container container =
        JobImage.plane().label(LabelImage.dense("nuclei", 9)).write(folder.resolve("image"));
    int chunks = container.image().array().existingUnits().size();
    int labelChunks = container.label("nuclei").array().existingUnits().size();
    for (int tiles : new int[] {1, 4, 16}) {
      Ended ended = run(task(), tiles, ref("image"));
      assertThat(ended.only().work().chunksRead())
          .as("%d tiles", tiles)
          .isEqualTo(chunks + labelChunks);
    }
    FeatureSet masks = FeatureSet.of(List.of("shape", "convex"));
    Ended ended = run(task(masks, LabelSelection.all(), Existing.REPLACE), 4, ref("image"));
    assertThat(ended.only().work().chunksRead()).isEqualTo(labelChunks);
  }

  @Test
  void anObjectInPiecesThatReachNoBorderIsPutTogether() {
    Container container = JobImage.plane().write(folder.resolve("image"));
    NdArray dot = NdArray.zeros(DataType.UINT32, Shape.of(1, 1));
    dot.fill(77);
    for (int x = 7; x < 80; x += 20) {
      long[] place = {7, x};
      container.label("nuclei").array().write(Box.of(place, new long[] {8, x + 1L}), dot);
    }
    run(task(), 1, ref("image"));
    FeatureTable expected = table("image");
    LongColumn pixels = (LongColumn) expected.table().column("num_pixels");
    int row = rowOf(expected, 77);
    assertThat(pixels.value(row)).isEqualTo(4);
    Ended tiled = run(task(), 16, ref("image"));
    assertThat(tiled.only().state()).as(tiled.only().explained()).isEqualTo(State.DONE);
    assertThat(table("image")).isEqualTo(expected);
  }

  private static int rowOf(FeatureTable table, long label) {
    for (int row = 0; row < table.table().rows(); row++) {
      if (table.labels().value(row) == label) {
        return row;
      }
    }
    throw new AssertionError("No row of " + label + " in " + table);
  }

  @Test
  void someObjectsHaveTheRowsTheyHaveAmongAll() {
    JobImage.plane().write(folder.resolve("image"));
    run(task(), 1, ref("image"));
    FeatureTable all = table("image");
    LabelSelection some = LabelSelection.parse("2,4-5");
    run(task(FEATURES, some, Existing.REPLACE), 6, ref("image"));
    FeatureTable part = table("image");
    assertThat(part.labels().toArray()).containsExactly(2, 4, 5);
    int[] rows = {rowOf(all, 2), rowOf(all, 4), rowOf(all, 5)};
    assertThat(part.table()).isEqualTo(all.table().select(rows));
  }

  @Test
  void anObjectThatIsNotThereFailsTheImageUntouched() {
    JobImage.plane().write(folder.resolve("image"));
    MeasureTask task = task(FEATURES, LabelSelection.parse("2,999"), Existing.REFUSE);
    Ended ended = run(task, 1, ref("image"));
    assertThat(ended.only().explained()).contains("No object 999 in label image nuclei");
    Container container = Container.open(folder.resolve("image").toString());
    assertThat(container.tables().names()).isEmpty();
  }

  @Test
  void theSameJobIsDoneOnceAndATableThatIsThereIsKept() {
    JobImage.plane().write(folder.resolve("image"));
    MeasureTask task = task(FEATURES, LabelSelection.all(), Existing.REFUSE);
    assertThat(run(task, 1, ref("image")).only().state()).isEqualTo(State.DONE);
    FeatureTable first = table("image");
    RunSettings resumed = RunSettings.of("test").withRepeat(Repeat.RESUME);
    assertThat(SPARK.run(task, resumed, 1, ref("image")).only().state())
        .isEqualTo(State.DONE_BEFORE);
    MeasureTask other = task(FeatureSet.of(List.of("area")), LabelSelection.all(), Existing.REFUSE);
    assertThatRefused(() -> SPARK.run(other, resumed, 1, ref("image")), "this job did not make it");
    assertThatRefused(() -> run(task, 1, ref("image")), "table 'features': it exists already");
    assertThat(table("image")).isEqualTo(first);
  }

  private static void assertThatRefused(Runnable run, String message) {
    assertThatThrownBy(run::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  /** Fails for one object. */
  public static final class Fails implements ObjectFeatures {
    private static final long serialVersionUID = 1L;

    @Override
    public List<FeatureColumn> columns(MeasuredImage image) {
      return List.of(FeatureColumn.number("own"));
    }

    @Override
    public double[] measure(MeasuredObject object) {
      if (object.label() == 3) {
        throw new IllegalStateException("three is too many");
      }
      return new double[] {object.label()};
    }
  }

  @Test
  void featuresThatFailEndTheImageOrLeaveTheObjectOut() {
    JobImage.plane().write(folder.resolve("image"));
    FeatureSet own = FeatureSet.of(List.of("area")).and(new Fails(), Map.of());
    MeasureTask strict = task(own, LabelSelection.all(), Existing.REFUSE);
    Ended failed = run(strict, 4, ref("image"));
    assertThat(failed.only().state()).isEqualTo(State.FAILED);
    assertThat(failed.only().explained()).contains("object 3").contains("three is too many");
    MeasureTask lenient =
        task(own.with(FeatureSet.OnFailure.SKIP), LabelSelection.all(), Existing.REFUSE);
    Ended skipped = run(lenient, 4, ref("image"));
    assertThat(skipped.only().state()).isEqualTo(State.DONE);
    assertThat(skipped.only().skipped()).hasSize(1);
    DoubleColumn column = (DoubleColumn) table("image").table().column("own");
    assertThat(column.value(rowOf(table("image"), 3))).isNaN();
    assertThat(column.value(rowOf(table("image"), 4))).isEqualTo(4);
  }
}
