// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.history.Repeat;
import org.ngffspark.image.Container;
import org.ngffspark.image.Label;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectChoice.TableChoice;
import org.ngffspark.job.OnError;
import org.ngffspark.job.RunSettings;
import org.ngffspark.job.RunSettings.Sampling;
import org.ngffspark.labels.Search;
import org.ngffspark.labels.Search.ByFinder;
import org.ngffspark.labels.Search.ByThreshold;
import org.ngffspark.labels.Search.InObjects;
import org.ngffspark.labels.SegmentTask;
import org.ngffspark.samples.ImageSample;
import org.ngffspark.samples.ObjectSample;
import org.ngffspark.segment.Connectivity;
import org.ngffspark.segment.ObjectFinder;
import org.ngffspark.segment.Segmentation;
import org.ngffspark.segment.Segmentation.Holes;
import org.ngffspark.segment.ThresholdFinder;
import org.ngffspark.segment.ThresholdMethod;
import org.ngffspark.spark.TestSpark.Ended;
import org.ngffspark.table.FeatureTable;
import org.ngffspark.table.LongColumn;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.nd.DataType;

/** Runs that find objects: the same label image for any tiles, done once, refused or replaced. */
class SegmentRunTest {
  private static final Segmentation HOW =
      Segmentation.by(ThresholdMethod.OTSU).smoothed(0.7).atLeast(2);

  @RegisterExtension static final TestSpark SPARK = TestSpark.on("local[2]");

  @TempDir private Path folder;

  private static Search inside(ObjectFinder finder, OnError onError) {
    ObjectChoice all = ObjectChoice.all(JobImage.NUCLEI, new TableChoice.Automatic());
    return new InObjects(all, finder, Map.of("how", HOW.toString()), onError);
  }

  private static SegmentTask task(Search search, Existing existing) {
    return new SegmentTask(
        search, List.of("0"), "found", "found_ROI_table", WritableBackend.ANNDATA, existing);
  }

  private ImageRef ref() {
    return new ImageRef(folder.resolve("image").toUri(), "");
  }

  private Container container() {
    return Container.open(folder.resolve("image").toString());
  }

  private static Ended run(SegmentTask task, int tiles, ImageRef... images) {
    return SPARK.run(task, RunSettings.of("test").withSampling(Sampling.PAGE), tiles, images);
  }

  static Stream<Arguments> searches() {
    Search objects = inside(new ThresholdFinder(HOW), OnError.FAIL);
    JobImage stack =
        JobImage.plane()
            .axes("t", "c", "z", "y", "x")
            .shape(2, 2, 5, 30, 33)
            .chunks(1, 1, 2, 16, 33);
    Segmentation filled = HOW.with(Holes.FILL).with(Connectivity.FULL);
    return Stream.of(
        Arguments.of("objects", JobImage.plane(), objects),
        Arguments.of("objects, sharded", JobImage.plane().shards(1, 32, 40), objects),
        Arguments.of("objects of a movie of stacks", stack, objects),
        Arguments.of(
            "objects of a coarse label",
            JobImage.plane().label(LabelImage.discs("nuclei", 7, 9).factor(2)),
            objects),
        Arguments.of("image", JobImage.plane(), new ByThreshold(filled)),
        Arguments.of("movie of stacks", stack, new ByThreshold(HOW)),
        Arguments.of(
            "floats by li, split",
            JobImage.plane().type(DataType.FLOAT32),
            new ByThreshold(Segmentation.by(ThresholdMethod.LI).smoothed(1).split(2).atLeast(3))),
        Arguments.of("movie of stacks, split", stack, new ByThreshold(filled.split(1))),
        Arguments.of(
            "image by a finder, sharded",
            JobImage.plane().shards(1, 32, 40),
            new ByFinder(
                new ThresholdFinder(Segmentation.by(ThresholdMethod.LOCAL).around(7, 0)),
                Map.of(),
                4,
                Connectivity.FACES)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("searches")
  void anyTilesGiveTheSameLabelImage(String name, JobImage image, Search search) {
    image.write(folder.resolve("image"));
    SegmentTask task = task(search, Existing.REPLACE);
    Ended whole = run(task, 1, ref());
    assertThat(whole.only().state()).as(whole.only().explained()).isEqualTo(State.DONE);
    List<Patch> expected = levels();
    MaskingRoiTable regions = table();
    assertThat(regions.size()).isGreaterThan(3);
    assertThat(regions.label(regions.size() - 1)).isEqualTo(regions.size());
    assertThat(container().label("found").boxes().labels()).isEqualTo(regions.labels());
    requireShown(whole.only().sample());
    for (int tiles : new int[] {3, 40}) {
      Ended tiled = run(task, tiles, ref());
      assertThat(tiled.only().state()).as(tiled.only().explained()).isEqualTo(State.DONE);
      List<Patch> levels = levels();
      for (int level = 0; level < levels.size(); level++) {
        assertThat(levels.get(level).pixels().bytes())
            .as("%d tiles, level %d", tiles, level)
            .isEqualTo(expected.get(level).pixels().bytes());
      }
      assertThat(table()).isEqualTo(regions);
      assertThat(tiled.only().work().objects()).isEqualTo(whole.only().work().objects());
      assertThat(tiled.only().sample().objects())
          .usingRecursiveComparison()
          .isEqualTo(whole.only().sample().objects());
    }
  }

  /** With the pixels of the new objects, and pictures of some. */
  private void requireShown(ImageSample sample) {
    Patch ids = container().label("found").read();
    long[] found = LongStream.range(0, ids.size()).map(at -> ids.integer((int) at)).toArray();
    for (ObjectSample object : sample.objects()) {
      assertThat(object.pixels())
          .isEqualTo(Arrays.stream(found).filter(id -> id == object.label()).count());
      assertThat(object.channels()).hasSize(1);
      assertThat(object.channels().get(0).times().get(0).counts()).isNotEmpty();
    }
    assertThat(sample.objects()).anyMatch(object -> !object.frame().isNone());
  }

  private List<Patch> levels() {
    Container container = container();
    return Stream.iterate(0, level -> level < container.levels(), level -> level + 1)
        .map(level -> container.label("found", level).read())
        .toList();
  }

  private MaskingRoiTable table() {
    return container().tables().maskingRoiTable("found_ROI_table");
  }

  @Test
  void eachObjectLiesInItsParent() {
    JobImage.plane().write(folder.resolve("image"));
    run(task(inside(new ThresholdFinder(HOW), OnError.FAIL), Existing.REFUSE), 1, ref());
    Label found = container().label("found");
    Patch ids = found.read();
    Patch parents = container().label(JobImage.NUCLEI).read();
    LongColumn named = (LongColumn) table().extra().column("parent_label");
    long pixels = 0;
    for (int pixel = 0; pixel < ids.size(); pixel++) {
      if (ids.integer(pixel) != 0) {
        int row = (int) ids.integer(pixel) - 1;
        assertThat(parents.integer(pixel)).isEqualTo(named.value(row));
        pixels++;
      }
    }
    assertThat(pixels).isGreaterThan(20);
    assertThat(found.type()).isEqualTo(DataType.UINT32);
    assertThat(named.toArray()).isSorted();
  }

  /** Finds the whole object, and nothing in one of them. */
  public static final class All implements ObjectFinder {
    private static final long serialVersionUID = 1L;

    @Override
    public void find(MaskedPatch object, Patch result) {
      if (object.label() == 3) {
        throw new IllegalStateException("three is too many");
      }
      result.update(any -> 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void findersThatFailEndTheImageOrLeaveTheObjectOut(int tiles) {
    JobImage.plane().write(folder.resolve("image"));
    Ended failed = run(task(inside(new All(), OnError.FAIL), Existing.REFUSE), tiles, ref());
    assertThat(failed.only().state()).isEqualTo(State.FAILED);
    assertThat(failed.only().explained()).contains("object 3").contains("three is too many");
    assertThat(container().labels()).doesNotContain("found");
    Ended some = run(task(inside(new All(), OnError.SKIP), Existing.REPLACE), tiles, ref());
    assertThat(some.only().state()).as(some.only().explained()).isEqualTo(State.DONE);
    assertThat(some.only().skipped()).hasSize(1);
    LongColumn parents = (LongColumn) table().extra().column("parent_label");
    assertThat(parents.toArray()).contains(2, 4).doesNotContain(3);
    run(task(new ByThreshold(Segmentation.above(1e9)), Existing.REPLACE), tiles, ref());
    assertThat(table().size()).isZero();
  }

  @Test
  void theSameJobIsDoneOnceAndALabelThatIsThereIsKept() {
    JobImage.plane().write(folder.resolve("image"));
    Search search = new ByThreshold(HOW);
    SegmentTask task = task(search, Existing.REFUSE);
    assertThat(run(task, 1, ref()).only().state()).isEqualTo(State.DONE);
    RunSettings resumed = RunSettings.of("test").withRepeat(Repeat.RESUME);
    assertThat(SPARK.run(task, resumed, 1, ref()).only().state()).isEqualTo(State.DONE_BEFORE);
    SegmentTask other = task(new ByThreshold(HOW.atLeast(5)), Existing.REFUSE);
    assertThatThrownBy(() -> run(other, 1, ref()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label image 'found'")
        .hasMessageContaining("--overwrite");
    container()
        .tables()
        .write("sizes", FeatureTable.of("found", new long[] {1}, List.of()), WritableBackend.CSV);
    List<String> tables = container().tables().names();
    SegmentTask replacing = task(new ByThreshold(HOW.atLeast(5)), Existing.REPLACE);
    Ended replaced = run(replacing, 3, ref());
    assertThat(replaced.only().state()).isEqualTo(State.DONE);
    assertThat(container().labels()).containsOnlyOnce("found");
    assertThat(container().tables().names()).isEqualTo(tables);
    assertThat(replaced.only().remarks()).hasSize(1).first().asString().contains("'sizes'");
  }
}
