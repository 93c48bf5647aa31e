// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TransformTask;
import org.ngffspark.job.Estimate;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.RunSettings;
import org.ngffspark.job.WorkCount;

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
    return estimate(spec, new Destination.InPlace(), tiles, images);
  }

  private static Estimate estimate(
      SpecBuilder spec, Destination destination, int tiles, ImageRef... images) {
    TransformTask task = new TransformTask(spec.build(), destination);
    return new ObjectRun<>(spark.context(), task, RunSettings.of("test"))
        .withTiles(tiles)
        .estimate(List.of(images));
  }

  private static long bytes(Path image, String... nodes) {
    return Stream.of(nodes)
        .flatMap(node -> Folders.content(image.resolve(node)).entrySet().stream())
        .filter(file -> !file.getKey().startsWith("."))
        .mapToLong(file -> file.getValue().length)
        .sum();
  }

  @Test
  void tellsWhatTheRunCountsWhereATableGivesTheObjects() {
    ImageRef image =
        image("a.zarr", JobImage.plane().label(LabelImage.discs(NUCLEI, 3, 6).withTable()));
    SpecBuilder spec = SpecBuilder.on(NUCLEI).transform("affine", "offset", "1").withoutPyramid();
    Estimate told = estimate(spec, 1, image);
    WorkCount counted = spark.inPlace(spec.build(), 1, image).only().work();
    assertThat(told.problems()).isEmpty();
    assertThat(told.images()).isEqualTo(1);
    assertThat(told.scanned()).isZero();
    assertThat(told.tiles()).isEqualTo(1);
    assertThat(told.objects()).isEqualTo(counted.objects());
    // What the run reads besides is the table.
    assertThat(counted.bytesRead()).isBetween(told.bytesRead(), told.bytesRead() + 10_000);
    assertThat(told.bytesWritten())
        .as("as long as what is there")
        .isBetween(counted.bytesWritten() / 2, 2 * counted.bytesWritten());
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

  @Test
  void withoutATableAllIsReadAndObjectsAreNotKnown() {
    ImageRef image = image("a.zarr", JobImage.plane().label(LabelImage.discs(NUCLEI, 3, 6)));
    Path place = folder.resolve("a.zarr");
    Estimate told = estimate(SpecBuilder.on(NUCLEI).withoutPyramid(), 1, image);
    assertThat(told.objects()).isZero();
    assertThat(told.scanned()).isEqualTo(1);
    assertThat(told.bytesRead()).isEqualTo(bytes(place, "0", "labels/" + NUCLEI + "/0"));
    assertThat(told.bytesWritten()).isEqualTo(bytes(place, "0"));
  }

  @Test
  void aNewImageIsWrittenWhole() {
    ImageRef image =
        image("a.zarr", JobImage.plane().label(LabelImage.discs(NUCLEI, 3, 6).withTable()));
    Destination sibling = new Destination.Sibling("_new", Existing.REFUSE);
    Estimate told = estimate(SpecBuilder.on(NUCLEI).ids("2"), sibling, 1, image);
    assertThat(told.bytesWritten())
        .isEqualTo(bytes(folder.resolve("a.zarr"), "0", "1", "2") + companions("a.zarr"));
  }

  private long companions(String image) {
    return Folders.content(folder.resolve(image)).entrySet().stream()
        .filter(file -> file.getKey().matches("(labels|tables)/.*"))
        .mapToLong(file -> file.getValue().length)
        .sum();
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
