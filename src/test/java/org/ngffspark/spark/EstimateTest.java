// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.ngffspark.table.WritableBackend.ANNDATA;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TransformTask;
import org.ngffspark.boxes.BoxTask;
import org.ngffspark.image.Container;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.job.Estimate;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.RunSettings;
import org.ngffspark.job.WorkCount;
import org.ngffspark.labels.Search.ByThreshold;
import org.ngffspark.labels.SegmentTask;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.pyramid.PyramidTask;
import org.ngffspark.segment.Segmentation;
import org.ngffspark.segment.ThresholdMethod;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** What a run says before it would take, beside what it takes then. */
class EstimateTest {
  private static final String NUCLEI = JobImage.NUCLEI;
  @RegisterExtension static final TestSpark spark = TestSpark.on("local[2]");

  @TempDir Path folder;

  private ImageRef image(String name, JobImage kind) {
    Path place = folder.resolve(name);
    kind.write(place);
    return new ImageRef(place.toUri(), "");
  }

  private static Estimate estimate(SpecBuilder spec, int tiles, ImageRef... images) {
    TransformTask task = new TransformTask(spec.build(), new Destination.InPlace());
    return new ObjectRun<>(spark.context(), task, RunSettings.of("test"))
        .withTiles(tiles)
        .estimate(List.of(images));
  }

  private static JobImage disked(boolean table) {
    LabelImage discs = LabelImage.discs(NUCLEI, 5, 20);
    return JobImage.plane()
        .shape(2, 256, 320)
        .chunks(1, 32, 40)
        .label(table ? discs.withTable() : discs);
  }

  /** What was told of an image, and what a run then counted. */
  private record Told(Path image, Estimate estimate, WorkCount counted) {}

  private Told run(ObjectTask<?, ?> task, boolean table, int tiles) {
    String name = task.getClass().getSimpleName() + ".zarr";
    ImageRef image = image(name, disked(table));
    ObjectRun<?, ?> run =
        new ObjectRun<>(spark.context(), task, RunSettings.of("test")).withTiles(tiles);
    Estimate told = run.estimate(List.of(image));
    assertThat(told.problems()).isEmpty();
    assertThat(told.images()).isEqualTo(1);
    WorkCount counted = spark.run(task, RunSettings.of("test"), tiles, image).only().work();
    return new Told(folder.resolve(name), told, counted);
  }

  private static TransformTask shifted(Destination destination) {
    return new TransformTask(
        SpecBuilder.on(NUCLEI).transform("affine", "offset", "1").build(), destination);
  }

  private static long bytes(Path folder) {
    return Folders.content(folder).values().stream().mapToLong(file -> file.length).sum();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void tellsWhatTheRunCountsWhereATableGivesTheObjects(int tiles) {
    Told told = run(shifted(new Destination.InPlace()), true, tiles);
    assertThat(told.estimate().objects()).isEqualTo(told.counted().objects());
    assertThat(told.estimate().scanned()).isZero();
    assertThat(told.estimate().bytesWritten()).isEqualTo(told.counted().bytesWritten());
    // What the run reads besides is the table.
    long table = bytes(told.image().resolve("tables"));
    assertThat(told.counted().bytesRead())
        .isBetween(told.estimate().bytesRead(), told.estimate().bytesRead() + table);
    // Two channels of two bytes; what lies beside the image counts for nothing.
    assertThat(told.estimate().boxBytes()).isEqualTo(2 * 2 * boxPixels(told.image()));
  }

  private static long boxPixels(Path image) {
    LabelBoxes boxes = Container.open(StorePath.root(LocalStore.at(image))).label(NUCLEI).boxes();
    return IntStream.range(0, boxes.size())
        .mapToLong(index -> boxes.boxAt(index).shape().elements())
        .sum();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void aNewImageIsReadAndWrittenWhole(int tiles) {
    Told told = run(shifted(new Destination.Sibling("New", Existing.REFUSE)), true, tiles);
    assertThat(told.estimate().bytesWritten()).isEqualTo(told.counted().bytesWritten());
    assertThat(told.estimate().bytesRead())
        .as("a unit of a coarser level that changes wholly is counted, and not read")
        .isCloseTo(told.counted().bytesRead(), withinPercentage(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void runsThatLookThroughAllPixelsAreTold(int tiles) {
    Told pyramid = run(new PyramidTask(PixelTarget.image(), 0), false, tiles);
    assertThat(pyramid.estimate().bytesRead()).isEqualTo(pyramid.counted().bytesRead());
    assertThat(pyramid.estimate().bytesWritten()).isEqualTo(pyramid.counted().bytesWritten());
    Told boxes =
        run(
            new BoxTask(NUCLEI, LabelSelection.all(), "boxes", ANNDATA, Existing.REFUSE),
            false,
            tiles);
    assertThat(boxes.estimate().bytesRead()).isEqualTo(boxes.counted().bytesRead());
    Told found =
        run(
            new SegmentTask(
                new ByThreshold(Segmentation.by(ThresholdMethod.OTSU)),
                List.of("0"),
                "found",
                "found_table",
                ANNDATA,
                Existing.REFUSE),
            false,
            tiles);
    assertThat(found.estimate().bytesRead()).isEqualTo(found.counted().bytesRead());
    assertThat(found.estimate().scanned()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void whereObjectsAreYetToBeFoundThePlacesAreToldInWhichTheyMayLie(int tiles) {
    Told told = run(shifted(new Destination.InPlace()), false, tiles);
    assertThat(told.estimate().objects()).isZero();
    assertThat(told.estimate().scanned()).isEqualTo(1);
    // Boxes may reach into places without labels, and tiles read what their objects share again.
    assertThat(told.estimate().bytesWritten())
        .isCloseTo(told.counted().bytesWritten(), withinPercentage(10));
    assertThat(told.estimate().bytesRead())
        .isCloseTo(told.counted().bytesRead(), withinPercentage(35));
  }

  @Test
  void fewerObjectsTakeLess() {
    ImageRef image =
        image("a.zarr", JobImage.plane().label(LabelImage.discs(NUCLEI, 3, 6).withTable()));
    Estimate all = estimate(SpecBuilder.on(NUCLEI), 1, image);
    Estimate one = estimate(SpecBuilder.on(NUCLEI).ids("2").channels("0"), 1, image);
    assertThat(one.objects()).isEqualTo(1);
    assertThat(one.bytesRead()).isPositive().isLessThan(all.bytesRead());
    assertThat(one.bytesWritten()).isPositive().isLessThan(all.bytesWritten());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void tilesAndTheirMemoryAreThoseOfTheRun(int tiles) {
    ImageRef first =
        image("a.zarr", JobImage.plane().label(LabelImage.discs(NUCLEI, 3, 6).withTable()));
    ImageRef second = image("b.zarr", JobImage.plane());
    Estimate told = estimate(SpecBuilder.on(NUCLEI), tiles, first, second);
    assertThat(told.images()).isEqualTo(2);
    assertThat(told.tiles()).isGreaterThanOrEqualTo(2L * tiles);
    Estimate whole = estimate(SpecBuilder.on(NUCLEI), 1, first, second);
    assertThat(told.memoryPerTask()).isPositive().isLessThanOrEqualTo(whole.memoryPerTask());
  }

  @Test
  void imagesThatCannotBeDoneAreNamedAndNothingIsTouched() {
    ImageRef good = image("a.zarr", JobImage.plane());
    ImageRef lacking = image("b.zarr", JobImage.plane().label(LabelImage.discs("cells", 3, 5)));
    Map<String, Integer> before = Folders.digest(folder);
    Estimate told = estimate(SpecBuilder.on(NUCLEI), 1, good, lacking);
    assertThat(told.images()).isEqualTo(1);
    assertThat(told.problems()).containsOnlyKeys(lacking.toString());
    assertThat(told.problems().get(lacking.toString())).contains("No label 'nuclei'");
    assertThat(Folders.digest(folder)).isEqualTo(before);
  }
}
