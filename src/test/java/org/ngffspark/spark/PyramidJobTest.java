// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.demo.CellParameters;
import org.ngffspark.demo.SampleImage;
import org.ngffspark.demo.SampleLayout;
import org.ngffspark.image.Container;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.PyramidBuild;
import org.ngffspark.job.RunListener;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

class PyramidJobTest {
  private static JavaSparkContext spark;

  @TempDir Path folder;
  private Path image;

  @BeforeAll
  static void startSpark() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("test")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1"));
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @BeforeEach
  void writeImage() {
    image = folder.resolve("image.zarr");
    SampleImage.write(
        StorePath.root(LocalStore.at(image)),
        new SampleLayout(NgffVersion.V0_5, 2, 4, Shape.of(60, 70), Optional.of(Shape.of(120, 70))),
        new CellParameters(7, 301, 233, 60, 301, 233));
  }

  private List<ImageOutcome> run(PyramidBuild.Spec spec, Path... images) {
    List<ImageOutcome> outcomes = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void ended(ImageOutcome outcome) {
            outcomes.add(outcome);
          }
        };
    PyramidJob.on(spark, new PyramidJob.Request(spec, CommitOptions.standard(), "test"))
        .execute(Stream.of(images).map(path -> new ImageRef(path.toUri(), "")).toList(), listener);
    return outcomes;
  }

  @Test
  void rebuildsTheLevelsOfAnImage() throws IOException {
    Path expected = Folders.copy(image, folder.resolve("expected.zarr"));
    Container.open(expected.toString()).image().consolidate();
    damage(image.resolve("1"));
    damage(image.resolve("3"));
    assertThat(run(new PyramidBuild.Spec("", 0), image))
        .extracting(ImageOutcome::message)
        .containsExactly("");
    assertSameLevels(image, expected);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("image.zarr", "expected.zarr");
  }

  @Test
  void rebuildsTheLevelsOfALabelImage() throws IOException {
    Path expected = Folders.copy(image, folder.resolve("expected.zarr"));
    Container.open(expected.toString()).label(SampleImage.NUCLEI).consolidate();
    damage(image.resolve("labels/" + SampleImage.NUCLEI + "/2"));
    run(new PyramidBuild.Spec(SampleImage.NUCLEI, 0), image);
    Container made = Container.open(image.toString());
    Container wanted = Container.open(expected.toString());
    for (int level = 0; level < 4; level++) {
      assertThat(made.label(SampleImage.NUCLEI, level).read().pixels().bytes())
          .as("level %d", level)
          .isEqualTo(wanted.label(SampleImage.NUCLEI, level).read().pixels().bytes());
    }
  }

  @Test
  void makesLevelsThatAreMissing() {
    Path expected = Folders.copy(image, folder.resolve("expected.zarr"));
    Container.open(expected.toString()).image().pyramid().withLevels(6);
    run(new PyramidBuild.Spec("", 6), image);
    assertThat(Container.open(image.toString()).levels()).isEqualTo(6);
    assertSameLevels(image, expected);
  }

  @Test
  void anImageThatIsDamagedStaysAsItIsAndDoesNotStopTheOthers() throws IOException {
    Path other = Folders.copy(image, folder.resolve("other.zarr"));
    Path chunk = firstChunk(image.resolve("0"));
    Files.write(chunk, new byte[] {1, 2, 3});
    byte[] before = Files.readAllBytes(firstChunk(image.resolve("1")));
    List<ImageOutcome> outcomes = run(new PyramidBuild.Spec("", 0), image, other);
    assertThat(outcomes)
        .extracting(ImageOutcome::state)
        .containsExactlyInAnyOrder(ImageOutcome.State.FAILED, ImageOutcome.State.DONE);
    assertThat(outcomes)
        .extracting(ImageOutcome::message)
        .anyMatch(message -> message.contains(chunk.getFileName().toString()));
    assertThat(Files.readAllBytes(firstChunk(image.resolve("1")))).isEqualTo(before);
  }

  @Test
  void aLabelImageThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> run(new PyramidBuild.Spec("cells", 0), image))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cells")
        .hasMessageContaining(SampleImage.NUCLEI);
  }

  private static void damage(Path level) throws IOException {
    Files.delete(firstChunk(level));
  }

  private static Path firstChunk(Path level) throws IOException {
    try (Stream<Path> files = Files.walk(level.resolve("c"))) {
      return files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
    }
  }

  private static void assertSameLevels(Path actual, Path expected) {
    Container made = Container.open(actual.toString());
    Container wanted = Container.open(expected.toString());
    assertThat(made.levels()).isEqualTo(wanted.levels());
    for (int level = 0; level < wanted.levels(); level++) {
      assertThat(made.image(level).read().pixels().bytes())
          .as("level %d", level)
          .isEqualTo(wanted.image(level).read().pixels().bytes());
    }
  }
}
