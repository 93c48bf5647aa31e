// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.demo.CellParameters;
import org.ngffspark.demo.SampleImage;
import org.ngffspark.demo.SampleLayout;
import org.ngffspark.history.Repeat;
import org.ngffspark.job.Destination;
import org.ngffspark.job.DryRun;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.TransformSpec;
import org.ngffspark.job.WorkCount;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DryRunTest {
  private JavaSparkContext spark;

  @BeforeAll
  void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("dry run")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1"));
  }

  @AfterAll
  void stop() {
    spark.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "V0_4, false, 1, nuclei, 1, ''",
    "V0_4, false, 7, nuclei, 1.5, ''",
    "V0_4, false, 7, nuclei, 1, 3-20",
    "V0_4, false, 1, wf_2_labels, 1, 5-9",
    "V0_4, false, 7, wf_2_labels, 1, ''",
    "V0_5, true, 1, nuclei, 2, ''",
    "V0_5, true, 1, nuclei, 1, 3-5",
    "V0_5, true, 5, nuclei, 1, ''",
  })
  void tellsTheReadsAndWritesThatAreCounted(
      NgffVersion version,
      boolean sharded,
      int tiles,
      String label,
      double zoom,
      String ids,
      @TempDir Path folder) {
    Path image = folder.resolve("image.zarr");
    Optional<Shape> shard = sharded ? Optional.of(Shape.of(120, 140)) : Optional.empty();
    SampleImage.write(
        StorePath.root(LocalStore.at(image)),
        new SampleLayout(version, 3, 4, Shape.of(60, 70), shard),
        new CellParameters(7, 300, 333, 40, 300, 333));
    SpecBuilder builder = SpecBuilder.on(label).transform("affine", "offset", "1").zoom(zoom);
    TransformSpec spec = ids.isEmpty() ? builder.build() : builder.ids(ids).build();

    List<ImageRef> images = List.of(new ImageRef(image.toUri(), ""));
    DryRun dryRun = job(spec, tiles).dryRun(images);
    assertThat(dryRun.problems()).isEmpty();
    WorkCount counted = job(spec, tiles).execute(images, new RunListener() {}).work();

    WorkCount told = dryRun.work();
    assertThat(told.objects()).isEqualTo(counted.objects());
    assertThat(told.chunksRead()).as("chunks read").isEqualTo(counted.chunksRead());
    assertThat(told.labelChunksRead()).as("label chunks").isEqualTo(counted.labelChunksRead());
    assertThat(told.unitsWritten()).as("units").isEqualTo(counted.unitsWritten());
    assertThat(told.pyramidUnitsWritten()).as("pyramid").isEqualTo(counted.pyramidUnitsWritten());
  }

  private TransformJob job(TransformSpec spec, int tiles) {
    return TransformJob.on(
            spark,
            new TransformJob.Request(
                spec, new Destination.InPlace(), Repeat.REFUSE, CommitOptions.standard(), "test"))
        .withTiles(tiles);
  }
}
