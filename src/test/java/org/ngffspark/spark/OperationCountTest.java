// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.image.Container;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.job.ChunkReads;
import org.ngffspark.job.Estimate;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.RunSettings;
import org.ngffspark.job.WorkCount;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.store.OperationLog;
import org.ngffspark.zarr.store.StoreOperation;
import org.ngffspark.zarr.store.StoreOperation.Kind;

/** What jobs ask of the store, exactly, and that they count it rightly. */
class OperationCountTest {
  private static final String NUCLEI = JobImage.NUCLEI;
  private static final String STAGE = "i.zarr.ngff-spark/@run/";
  @RegisterExtension static final TestSpark spark = TestSpark.on("local[1]");

  @TempDir Path folder;

  static Stream<Arguments> images() {
    LabelImage few = LabelImage.discs(NUCLEI, 3, 6);
    return Stream.of(
        Arguments.of("v2", JobImage.plane().label(few), false),
        Arguments.of("a table", JobImage.plane().label(few.withTable()), true),
        Arguments.of(
            "v3, one channel",
            JobImage.plane()
                .version(org.ngffspark.ngff.NgffVersion.V0_5)
                .label(few.withTable())
                .shape(1, 64, 80),
            true),
        Arguments.of("dense", JobImage.plane().label(LabelImage.dense(NUCLEI, 9)), false),
        Arguments.of("shards", JobImage.plane().shards(1, 32, 40).label(few.withTable()), true),
        Arguments.of("shards of channels", JobImage.plane().shards(2, 32, 20).label(few), false));
  }

  private ImageOutcome run(TransformSpec spec, int tiles) {
    WatchedStores.log(folder).clear();
    return spark.inPlace(spec, tiles, new ImageRef(WatchedStores.uri(folder), "i.zarr")).only();
  }

  private List<String> keys(Predicate<StoreOperation> which) {
    OperationLog log = WatchedStores.log(folder);
    return log.operations().stream().filter(which).map(StoreOperation::key).toList();
  }

  /** Of those that come before the record of the job, which looks at all values once more. */
  private List<String> keysOfTasks(Predicate<StoreOperation> which) {
    return WatchedStores.log(folder).operations().stream()
        .takeWhile(each -> !isListed(each))
        .filter(which)
        .map(StoreOperation::key)
        .toList();
  }

  private static boolean isListed(StoreOperation operation) {
    return operation.kind() == Kind.LIST && operation.key().startsWith("i.zarr/labels/");
  }

  private static boolean isRead(StoreOperation operation) {
    return operation.kind() == Kind.READ || operation.kind() == Kind.READ_RANGE;
  }

  private static boolean isMetadata(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    return name.startsWith(".") || name.equals("zarr.json");
  }

  /** Data of levels of the image, {@code i.zarr/0/…}, not of its labels and tables. */
  private static boolean isPixels(String key) {
    return key.matches("i\\.zarr/\\d/.*") && !isMetadata(key);
  }

  private static boolean isLabel(String key) {
    return key.startsWith("i.zarr/labels/" + NUCLEI) && !isMetadata(key);
  }

  private static boolean isStaged(String key) {
    return key.startsWith(STAGE) && key.contains("/units/");
  }

  /** Store keys of the write units that the boxes of all objects touch. */
  private static Set<String> touched(Container container, ImageLevel level) {
    ZarrArray array = level.array();
    MaskingRois rois = container.maskedImage(NUCLEI).rois();
    Set<String> keys = new TreeSet<>();
    for (long label : rois.labels()) {
      Box box = rois.roi(label).toBox(level.grid());
      for (GridPosition unit : array.writeUnits().touching(box)) {
        keys.add("i.zarr/" + array.key(unit));
      }
    }
    return keys;
  }

  private static Set<String> all(ImageLevel level) {
    Set<String> keys = new TreeSet<>();
    level.array().writeUnits().all().forEach(unit -> keys.add("i.zarr/" + level.array().key(unit)));
    return keys;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("images")
  void aWholeImageReadsAndWritesEachTouchedUnitOnce(String name, JobImage kind, boolean table) {
    Container container = kind.write(folder.resolve("i.zarr"));
    Set<String> pixels = touched(container, container.image());
    Set<String> labels =
        table ? touched(container, container.label(NUCLEI)) : all(container.label(NUCLEI));
    WorkCount work =
        run(SpecBuilder.on(NUCLEI).transform("affine", "offset", "1").build(), 1).work();

    List<String> read = keysOfTasks(each -> isRead(each) && isPixels(each.key()));
    List<String> finest = read.stream().filter(key -> key.startsWith("i.zarr/0/")).toList();
    List<String> moved = keys(each -> each.kind() == Kind.MOVE && isPixels(each.key()));
    assertThat(finest).containsExactlyInAnyOrderElementsOf(pixels);
    assertThat(keysOfTasks(each -> isRead(each) && isLabel(each.key())))
        .containsExactlyInAnyOrderElementsOf(labels);
    assertThat(read).doesNotHaveDuplicates();
    assertThat(moved).doesNotHaveDuplicates();
    assertThat(moved).as("coarser units are read only if a part of them stays").containsAll(read);
    assertThat(moved.stream().filter(key -> key.startsWith("i.zarr/0/")))
        .containsExactlyInAnyOrderElementsOf(pixels);
    assertThat(keys(each -> isRead(each) && isStaged(each.key()))).isEmpty();
    assertThat(keys(each -> each.kind() == Kind.WRITE_INTO && isStaged(each.key())))
        .as("units and one file of metadata")
        .hasSize(moved.size() + 1);

    assertThat(work.chunksRead()).isEqualTo(read.size());
    assertThat(work.labelChunksRead()).isEqualTo(labels.size());
    assertThat(work.unitsWritten()).isEqualTo(pixels.size());
    assertThat(work.pyramidUnitsWritten()).isEqualTo(moved.size() - pixels.size());
    assertThat(work.objects()).isEqualTo(container.maskedImage(NUCLEI).rois().size());
    assertThat(work.bytesWritten()).isEqualTo(bytes(moved));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("images")
  void tilesWriteEachUnitOnceAndCountWhatTheyRead(String name, JobImage kind, boolean table) {
    Path image = folder.resolve("i.zarr");
    Container container = kind.write(image);
    Path original = Folders.copy(image, folder.resolve("original"));
    Set<String> pixels = touched(container, container.image());
    for (int tiles : new int[] {2, 5, 1000}) {
      WorkCount work =
          run(SpecBuilder.on(NUCLEI).transform(Mixing.ofAllChannels()).zoom(1.3).build(), tiles)
              .work();
      List<String> read =
          keysOfTasks(each -> isRead(each) && (isPixels(each.key()) || isStaged(each.key())));
      List<String> written = keys(each -> each.kind() == Kind.WRITE_INTO && isStaged(each.key()));
      List<String> moved = keys(each -> each.kind() == Kind.MOVE && isPixels(each.key()));
      assertThat(moved).as("%d tiles", tiles).doesNotHaveDuplicates().containsAll(pixels);
      assertThat(written).as("%d tiles", tiles).hasSize(moved.size() + 1);
      assertThat(work.chunksRead()).as("%d tiles", tiles).isEqualTo(read.size());
      assertThat(work.labelChunksRead())
          .as("%d tiles", tiles)
          .isEqualTo(keysOfTasks(each -> isRead(each) && isLabel(each.key())).size());
      assertThat(work.unitsWritten() + work.pyramidUnitsWritten()).isEqualTo(moved.size());
      assertThat(work.objects()).isEqualTo(container.maskedImage(NUCLEI).rois().size());
      assertThat(work.bytesWritten()).isEqualTo(bytes(moved));
      Folders.replace(image, original);
      Folders.copy(image, original);
    }
  }

  private long bytes(List<String> moved) {
    return moved.stream().mapToLong(key -> Folders.read(folder.resolve(key)).length).sum();
  }

  @Test
  void unitsThatBecomeFillValueAreDeletedAndNotWritten() {
    Container container =
        JobImage.plane().label(LabelImage.dense(NUCLEI, 9)).write(folder.resolve("i.zarr"));
    int units = all(container.image()).size();
    WorkCount work = run(SpecBuilder.on(NUCLEI).transform("fill", "value", "0").build(), 1).work();
    assertThat(keys(each -> each.kind() == Kind.MOVE)).containsExactly("i.zarr/.zattrs");
    assertThat(keys(each -> each.kind() == Kind.WRITE_INTO && isStaged(each.key()))).hasSize(1);
    assertThat(keys(each -> each.kind() == Kind.MOVE_INTO && each.key().startsWith("i.zarr/0/")))
        .hasSize(units);
    assertThat(work.unitsWritten()).isEqualTo(units);
    assertThat(work.bytesWritten()).isZero();
  }

  @Test
  void metadataAreReadByThePlanAndTheCommitAndNothingIsListedBesides() {
    JobImage.plane().label(LabelImage.discs(NUCLEI, 3, 6)).write(folder.resolve("i.zarr"));
    List<String> before = new ArrayList<>(Folders.digest(folder).keySet());
    before.removeIf(key -> !isPixels(key) && !isLabel(key));
    run(SpecBuilder.on(NUCLEI).transform("affine", "offset", "1").build(), 1);
    Map<String, Integer> reads = new TreeMap<>();
    keys(each -> isRead(each) && isMetadata(each.key()))
        .forEach(key -> reads.merge(key, 1, Integer::sum));
    // The plan and the task open image and label; lock, record and commit look at the groups, and
    // the record at the files of the levels.
    assertThat(reads)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("i.zarr/zarr.json", 3),
                Map.entry("i.zarr/.zgroup", 2),
                Map.entry("i.zarr/.zattrs", 4),
                Map.entry("i.zarr/.zarray", 1),
                Map.entry("i.zarr/0/.zarray", 3),
                Map.entry("i.zarr/0/.zattrs", 1),
                Map.entry("i.zarr/1/.zarray", 3),
                Map.entry("i.zarr/1/.zattrs", 1),
                Map.entry("i.zarr/2/.zarray", 3),
                Map.entry("i.zarr/2/.zattrs", 1),
                Map.entry("i.zarr/labels/.zgroup", 2),
                Map.entry("i.zarr/labels/.zattrs", 2),
                Map.entry("i.zarr/labels/nuclei/zarr.json", 1),
                Map.entry("i.zarr/labels/nuclei/.zgroup", 2),
                Map.entry("i.zarr/labels/nuclei/.zattrs", 2),
                Map.entry("i.zarr/labels/nuclei/0/.zarray", 3),
                Map.entry("i.zarr/labels/nuclei/0/.zattrs", 1),
                Map.entry("i.zarr/labels/nuclei/1/.zarray", 1),
                Map.entry("i.zarr/labels/nuclei/1/.zattrs", 1),
                Map.entry("i.zarr/tables/.zgroup", 1)));
    assertThat(keys(each -> each.kind() == Kind.LIST))
        .as("the other place for a lock, and the content of the levels, for the record of the job")
        .containsExactly(
            "i.zarr/.runs.ngff-spark/@run",
            "i.zarr/labels/nuclei/0",
            "i.zarr/labels/nuclei/1",
            "i.zarr/0",
            "i.zarr/1",
            "i.zarr/2");
    assertThat(keys(each -> each.kind() == Kind.READ_RANGE && !isMetadata(each.key())))
        .as("of each value a part")
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(before);
    assertThat(Arrays.asList(Kind.SWEEP, Kind.FORCE))
        .allSatisfy(kind -> assertThat(keys(each -> each.kind() == kind)).isEmpty());
  }

  private static List<ImageRef> image(URI root) {
    return List.of(new ImageRef(root, "i.zarr"));
  }

  @Test
  void aCopyReadsEachChunkOnceAndReadsBackEachUnitThatItWrites() {
    Container source = JobImage.plane().levels(2).write(folder.resolve("i.zarr"));
    List<ImageRef> images = image(WatchedStores.uri(folder));
    RunSettings settings = RunSettings.of("test");
    Estimate estimate =
        new ObjectRun<>(spark.context(), CommandTasks.convert(images), settings).estimate(images);
    Set<String> chunks = new TreeSet<>(all(source.image()));
    chunks.addAll(all(source.image(1)));
    source.labels().forEach(name -> chunks.addAll(all(source.label(name))));
    assertThat(estimate.chunkReads()).isEqualTo(new ChunkReads(chunks.size(), chunks.size()));
    WatchedStores.log(folder).clear();
    spark.run(CommandTasks.convert(images), settings, 1, images.get(0));
    assertThat(
            keys(
                each ->
                    each.kind() == Kind.READ
                        && each.key().startsWith("i.zarr/")
                        && !isMetadata(each.key())))
        .containsExactlyInAnyOrderElementsOf(chunks);
    List<String> written = keys(each -> each.kind() == Kind.WRITE_INTO && isUnit(each.key()));
    assertThat(written).doesNotHaveDuplicates().isNotEmpty();
    Container made = Container.open(folder.resolve("new-i.zarr").toString());
    List<ImageLevel> levels = new ArrayList<>(List.of(made.image(), made.image(1)));
    made.labels().forEach(name -> levels.add(made.label(name)));
    assertThat(keys(each -> isRead(each) && isUnit(each.key())))
        .doesNotHaveDuplicates()
        .isSubsetOf(written)
        .hasSize(levels.stream().mapToInt(each -> each.array().existingUnits().size()).sum());
  }

  private static boolean isUnit(String key) {
    return key.startsWith("new-i.zarr") && key.contains("/units/") && !isMetadata(key);
  }

  @Test
  void aCopyThatIsReadBackOtherwiseFailsItsImage() {
    JobImage.plane().levels(2).write(folder.resolve("i.zarr"));
    HookedStores.hook(
        folder,
        operation -> {
          if (operation.kind() == Kind.READ && operation.key().contains("/units/")) {
            Path file = folder.resolve(operation.key());
            Folders.write(file, new byte[Folders.read(file).length]);
          }
        });
    List<ImageRef> images = image(HookedStores.uri(folder));
    ImageOutcome outcome =
        spark.run(CommandTasks.convert(images), RunSettings.of("test"), 1, images.get(0)).only();
    assertThat(outcome.state()).isEqualTo(ImageOutcome.State.FAILED);
    assertThat(folder.resolve("new-i.zarr")).doesNotExist();
  }
}
