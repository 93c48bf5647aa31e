// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.apply.TransformTask;
import org.ngffspark.boxes.BoxTask;
import org.ngffspark.chunks.NoOutput;
import org.ngffspark.chunks.StagedOutput;
import org.ngffspark.chunks.WrittenUnit;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.InputState;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.commit.Stage;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.crops.CropFormat;
import org.ngffspark.crops.CropTask;
import org.ngffspark.crops.PictureStyle;
import org.ngffspark.crops.PictureTask;
import org.ngffspark.image.Mask;
import org.ngffspark.job.ChunkReads;
import org.ngffspark.job.Estimate;
import org.ngffspark.job.Existing;
import org.ngffspark.job.IdsInUse;
import org.ngffspark.job.ImagePlan;
import org.ngffspark.job.ImagePlan.Regions;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.KnownMetadata;
import org.ngffspark.job.OnError;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.PlannedImage;
import org.ngffspark.job.RequestCount;
import org.ngffspark.job.SkippedObject;
import org.ngffspark.job.TaskLimits;
import org.ngffspark.job.TaskOutcome;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.TileKey;
import org.ngffspark.job.WorkCount;
import org.ngffspark.n5.DataSetDescription;
import org.ngffspark.plan.Assignment.TileLabels;
import org.ngffspark.plan.Fragment;
import org.ngffspark.plan.FragmentBatch;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.pyramid.PyramidTask;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.Roi;
import org.ngffspark.samples.ChannelSums;
import org.ngffspark.samples.ObjectFrame;
import org.ngffspark.samples.ObjectSample;
import org.ngffspark.samples.ObjectSizes;
import org.ngffspark.samples.SampleSizes;
import org.ngffspark.samples.SampledChannel;
import org.ngffspark.samples.SampledValues;
import org.ngffspark.samples.TaskSample;
import org.ngffspark.samples.ValueSum;
import org.ngffspark.spark.TiledImages.Images;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.Transforms;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/** Everything that Spark sends from one process to another arrives as it was. */
class SerializationTest {
  private static final ChunkGrid UNITS = new ChunkGrid(Shape.of(2, 64, 80), Shape.of(1, 16, 20));
  private static final TileGrid TILES = new TileGrid(UNITS, Shape.of(2, 2, 3));
  private static final Box BOX = Box.of(new long[] {0, 3, 5}, new long[] {1, 7, 9});
  private static final ImageRef REF = new ImageRef(URI.create("file:///data/plate"), "B/03/0");

  private static LabelBatch labels() {
    LabelBatch.Builder builder = new LabelBatch.Builder();
    for (long label : new long[] {9, 3, 1L << 40}) {
      Map<AxisName, Interval> intervals =
          Map.of(AxisName.Y, Interval.of(label * 0.1625, 3), AxisName.X, Interval.of(0.1, 4));
      builder.add(label, new Roi(Optional.empty(), Optional.of(label), intervals));
    }
    return builder.build();
  }

  private static FragmentBatch fragments() {
    NdArray patch = NdArray.zeros(DataType.UINT16, BOX.shape());
    patch.fill(0x1234);
    Mask mask = Mask.ofRuns(BOX.shape(), new int[] {1, 3, 7, 2});
    return FragmentBatch.of(Fragment.cut(1L << 40, BOX, mask, patch, UNITS));
  }

  private static ImagePlan plan() {
    return new ImagePlan(
        new Regions.LabelImage(UNITS),
        17,
        UNITS,
        Set.of(0),
        1L << 33,
        List.of(new SkippedObject(3, "no region")),
        Map.of("stale", 2L),
        KnownMetadata.NONE,
        List.of("why"),
        new IdsInUse(1L << 40, List.of(new InputState("0/0", 3, Instant.EPOCH, ""))));
  }

  private static WorkCount work() {
    return new WorkCount(1, 2, 3, 4, 5, 6, 7, 8, 9, Map.of("no ring", 10L));
  }

  private static ObjectSample sample() {
    SampledValues values = new SampledValues(3.5, new int[0], new int[0], new byte[0]);
    SampledChannel channel = new SampledChannel(1, 2, 3, 4, 1, List.of(values));
    return new ObjectSample(7, BOX, 12, List.of(0.5, 0.5), ObjectFrame.NONE, List.of(channel));
  }

  private static TaskResult<Box> result() {
    StagedUnit staged = new StagedUnit("0/0/1/2", "abc/0/7", 99, -5, 3);
    return new TaskResult<>(
        List.of(
            new WrittenUnit(0, GridPosition.of(0, 1, 2), staged),
            new WrittenUnit(1, GridPosition.of(0, 0, 0), StagedUnit.deletion("1/0/0/0"))),
        List.of(new StagedUnit("labels/.zgroup", "abc/0/8", 7, 6, 6)),
        List.of(BOX),
        List.of(new InputState("0/0/1/2", 12, Instant.ofEpochSecond(3, 4), "")),
        List.of(new SkippedObject(9, "why")),
        new TaskSample(
            List.of(sample()),
            new ObjectSizes(3, 40),
            List.of(new ChannelSums(1, List.of(new ValueSum(40, 900.5))))),
        work());
  }

  private static TransformSpec spec() {
    return SpecBuilder.on("nuclei")
        .transform("affine", "scale", "0.5")
        .channels("1", "DAPI")
        .ids("1,5-9")
        .zoom(1.5)
        .table("t")
        .skipping()
        .timeout(4)
        .build();
  }

  private static ImageTransaction transaction() {
    StorePath image = new StorePath(new MemoryStore(), "data/image");
    RunInfo run = RunInfo.current("test", Map.of());
    return ImageTransaction.begin(image, run, CommitOptions.standard());
  }

  private static StagedOutput output() {
    return new StagedOutput(transaction().stage(), "B/03/0/", "", StagedOutput.Copying.ALL);
  }

  static Stream<Object> shipped() {
    TileLabels tileLabels = new TileLabels(labels(), LabelBatch.EMPTY);
    return Stream.of(
        REF,
        REF.describedBy(DataSetDescription.parse("z,y,x", "z=2,y=0.5,x=0.5")),
        spec(),
        SpecBuilder.on("nuclei").transform("clear").onLabel("cells").level(1).unmasked().build(),
        LabelSelection.all(),
        LabelSelection.parse("1,5-9"),
        new Destination.InPlace(),
        new Destination.NewImage(URI.create("s3a://bucket/x"), Existing.REPLACE),
        new Destination.Sibling("_x", Existing.REFUSE),
        new TaskLimits(1, 2, 3),
        TILES,
        plan(),
        new Estimate(
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            new ChunkReads(2, 3),
            new RequestCount(1, 2, 3, 4, 5),
            Map.of("a", "b")),
        labels(),
        tileLabels,
        fragments(),
        work(),
        result(),
        new TileMessage.Labels(tileLabels),
        new TileMessage.FromTile(fragments()),
        new TileMessage.Before(result()),
        new TileMessage.Failed("why"),
        new TileKey(3, 4),
        new TilePartitioner(new int[] {2, 5, 1}),
        new TaskOutcome.Done<>(result()),
        new TaskOutcome.Failed<TaskResult<Box>>("why"),
        new TaskAttempts(3),
        new PlannedImage(3, REF, plan(), TILES, output()),
        new Images(List.of(new PlannedImage(3, REF, plan(), TILES, new NoOutput()))),
        new TransformTask(spec(), new Destination.InPlace()),
        new PictureTask(
            spec().objects(),
            spec().pixels(),
            CropTask.Around.ZERO,
            new PictureStyle(
                2,
                List.of(new PictureStyle.Limits(1, 2)),
                PictureStyle.Outline.YELLOW,
                PictureStyle.Channels.COMPOSITE,
                PictureStyle.Sheet.OF_IMAGE),
            OnError.SKIP,
            URI.create("memory://pictures"),
            Map.of(REF, "")),
        new CropTask(
            spec().objects(),
            spec().pixels(),
            CropTask.Around.ZERO,
            CropFormat.PNG,
            OnError.SKIP,
            URI.create("file:///out"),
            Map.of(REF, "B/03/0")),
        new BoxTask("nuclei", LabelSelection.all(), "t", WritableBackend.CSV, Existing.REPLACE),
        new PyramidTask(new PixelTarget.OfLabel("nuclei", 0), 5),
        CommandTasks.project(),
        CommandTasks.remove(List.of(REF)),
        CommandTasks.convert(List.of(REF)));
  }

  static Stream<Object> transforms() {
    return Stream.concat(
        Transforms.builtIn().stream(), Stream.of(Mixing.ofAllChannels(), Mixing.ofEachChannel()));
  }

  @ParameterizedTest
  @MethodSource({"shipped", "transforms"})
  void arrivesAsItWas(Object sent) {
    Object arrived = travelled(sent);
    assertThat(arrived).isNotSameAs(sent);
    assertThat(arrived)
        .usingRecursiveComparison()
        .withComparatorForType(Double::compare, Double.class)
        // A copy of a stage writes under a name of its own; a memory store is a copy.
        .ignoringFieldsMatchingRegexes(".*stage\\.(writer|names|store).*")
        .withStrictTypeChecking()
        .isEqualTo(sent);
  }

  @Test
  void aStageThatTravelsWritesUnderNamesOfItsOwn() {
    try (ImageTransaction transaction = transaction()) {
      Stage stage = transaction.stage();
      assertThat(staged(stage).name()).isNotEqualTo(staged(travelled(stage)).name());
    }
  }

  private static StagedUnit staged(Stage stage) {
    ByteBuffer value = ByteBuffer.wrap("x".getBytes(StandardCharsets.UTF_8));
    StagedUnit unit = stage.put("0/0", value);
    assertThat(stage.read(unit, BufferSource.heap())).contains(value);
    return unit;
  }

  @Test
  void theMemoryOfAnExecutorDoesNotTravel() {
    ExecutorMemory state = new ExecutorMemory(1000);
    assertThat(state.pool()).isSameAs(state.pool());
    assertThat(travelled(state).pool()).isNotSameAs(state.pool());
  }

  @Test
  void whatComesWithTheTransformTravelsInTheContext() {
    TransformTask task = new TransformTask(spec(), new Destination.InPlace());
    RunContext<?, ?> context =
        new RunContext<>(
            task,
            new ExecutorMemory(5),
            new TaskAttempts(2),
            SampleSizes.of(3),
            StoreSettings.of(new SparkConf(false).set("spark.hadoop.test.endpoint", "there")));
    RunContext<?, ?> arrived = travelled(context);
    arrived.stores().makeKnown();
    assertThat(System.clearProperty("spark.hadoop.test.endpoint")).isEqualTo("there");
    assertThat(arrived.task()).usingRecursiveComparison().isEqualTo(context.task());
    assertThat(arrived.attempts()).isEqualTo(context.attempts());
    MaskedTransform transform = ((TransformTask) arrived.task()).spec().transform();
    assertThat(transform.name()).isEqualTo("affine");
  }

  @SuppressWarnings("unchecked")
  static <T> T travelled(T sent) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sent);
      out.flush();
      return (T) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    } catch (IOException | ClassNotFoundException failure) {
      throw new AssertionError(failure);
    }
  }
}
