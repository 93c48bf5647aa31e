// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.chunks.ChunkPool;
import org.ngffspark.demo.CellParameters;
import org.ngffspark.demo.SampleImage;
import org.ngffspark.demo.SampleLayout;
import org.ngffspark.image.Container;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.RunSettings;
import org.ngffspark.job.TaskResult;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.pyramid.PyramidTask;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

class PyramidJobTest {
  @RegisterExtension static final TestSpark spark = TestSpark.on("local[2]");

  @TempDir Path folder;
  private Path image;

  @BeforeEach
  void writeImage() {
    image = folder.resolve("image.zarr");
    SampleImage.write(
        StorePath.root(LocalStore.at(image)),
        new SampleLayout(NgffVersion.V0_5, 2, 4, Shape.of(60, 70), Optional.of(Shape.of(120, 70))),
        new CellParameters(7, 301, 233, 60, 301, 233));
  }

  private List<ImageOutcome> run(PyramidTask task, Path... images) {
    return run(task, 0, images);
  }

  private List<ImageOutcome> run(PyramidTask task, int tiles, Path... images) {
    ImageRef[] refs =
        Stream.of(images).map(path -> new ImageRef(path.toUri(), "")).toArray(ImageRef[]::new);
    return spark.run(task, RunSettings.of("test"), tiles, refs).images();
  }

  private static PyramidTask ofImage(int levels) {
    return new PyramidTask(PixelTarget.image(), levels);
  }

  private static PyramidTask ofLabel(String name) {
    return new PyramidTask(new PixelTarget.OfLabel(name, 0), 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7})
  void rebuildsTheLevelsOfAnImage(int tiles) throws IOException {
    Path expected = Folders.copy(image, folder.resolve("expected.zarr"));
    Container.open(expected.toString()).image().consolidate();
    damage(image.resolve("1"));
    damage(image.resolve("3"));
    assertThat(run(ofImage(0), tiles, image)).extracting(ImageOutcome::message).containsExactly("");
    assertSameLevels(image, expected);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("image.zarr", "expected.zarr");
  }

  @Test
  void rebuildsTheLevelsOfALabelImage() throws IOException {
    Path expected = Folders.copy(image, folder.resolve("expected.zarr"));
    Container.open(expected.toString()).label(SampleImage.NUCLEI).consolidate();
    damage(image.resolve("labels/" + SampleImage.NUCLEI + "/2"));
    run(ofLabel(SampleImage.NUCLEI), image);
    Container made = Container.open(image.toString());
    Container wanted = Container.open(expected.toString());
    for (int level = 0; level < 4; level++) {
      assertThat(made.label(SampleImage.NUCLEI, level).read().pixels().bytes())
          .as("level %d", level)
          .isEqualTo(wanted.label(SampleImage.NUCLEI, level).read().pixels().bytes());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7})
  void makesLevelsThatAreMissing(int tiles) {
    Path expected = Folders.copy(image, folder.resolve("expected.zarr"));
    Container.open(expected.toString()).image().pyramid().withLevels(6);
    run(ofImage(6), tiles, image);
    assertThat(Container.open(image.toString()).levels()).isEqualTo(6);
    assertSameLevels(image, expected);
  }

  @Test
  void aTaskMakesManySmallUnits() {
    Path small = folder.resolve("small.zarr");
    JobImage.plane().shape(2, 160, 160).chunks(1, 10, 10).write(small);
    ImageRef ref = new ImageRef(small.toUri(), "");
    try (OpenedImage opened = OpenedImage.unplanned(ref, ofImage(0), new ChunkPool(0))) {
      assertThat(opened.levels().get(1).array().writeUnits().count()).isEqualTo(128);
      assertThat(ofImage(0).followUps(opened, 0, TaskResult.nothing())).hasSize(2);
    }
  }

  @Test
  void anImageThatIsDamagedStaysAsItIsAndDoesNotStopTheOthers() throws IOException {
    Path other = Folders.copy(image, folder.resolve("other.zarr"));
    Path chunk = firstChunk(image.resolve("0"));
    Files.write(chunk, new byte[] {1, 2, 3});
    byte[] before = Files.readAllBytes(firstChunk(image.resolve("1")));
    List<ImageOutcome> outcomes = run(ofImage(0), image, other);
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
    assertThatThrownBy(() -> run(ofLabel("cells"), image))
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
