// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.apply.TransformTask;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.ProcessMark;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.demo.CellParameters;
import org.ngffspark.demo.SampleImage;
import org.ngffspark.demo.SampleLayout;
import org.ngffspark.history.JobHistory;
import org.ngffspark.history.Repeat;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.NothingBegunException;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunSettings;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** The same job on the same image again, and on images that somebody changes or holds. */
class RepeatedJobTest {
  private static JavaSparkContext spark;

  @TempDir Path folder;
  private Path image;
  private StorePath container;

  @BeforeAll
  static void startSpark() {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[1]")
            .setAppName("test")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.driver.host", "127.0.0.1");
    spark = new JavaSparkContext(conf);
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @BeforeEach
  void writeImage() {
    image = folder.resolve("image.zarr");
    container = StorePath.root(LocalStore.at(image));
    SampleImage.write(
        container,
        new SampleLayout(NgffVersion.V0_5, 2, 4, Shape.of(60, 70), Optional.empty()),
        new CellParameters(7, 150, 140, 30, 150, 140));
  }

  private static TransformSpec plus(String offset) {
    return SpecBuilder.on(SampleImage.NUCLEI).transform("affine", "offset", offset).build();
  }

  private ImageOutcome run(Repeat repeat, String offset) {
    return run(repeat, plus(offset));
  }

  private ImageOutcome run(Repeat repeat, String offset, Destination destination) {
    return run(repeat, plus(offset), destination);
  }

  private ImageOutcome run(Repeat repeat, TransformSpec spec) {
    return run(repeat, spec, new Destination.InPlace());
  }

  private ImageOutcome run(Repeat repeat, TransformSpec spec, Destination destination) {
    List<ImageOutcome> outcomes = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void ended(ImageOutcome outcome) {
            outcomes.add(outcome);
          }
        };
    new ObjectRun<>(
            spark, new TransformTask(spec, destination), RunSettings.of("test").withRepeat(repeat))
        .execute(List.of(new ImageRef(image.toUri(), "")), listener);
    return outcomes.get(0);
  }

  private JobHistory history() {
    return JobHistory.from(Group.open(container).orElseThrow().attributes(), "image");
  }

  private Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(path).toString(), Files.readAllBytes(path));
      }
    }
    return files;
  }

  private void assertSameFiles(Map<String, byte[]> expected) throws IOException {
    Map<String, byte[]> now = files();
    assertThat(now.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, bytes) -> assertThat(now.get(name)).as(name).isEqualTo(bytes));
  }

  @Test
  void theSameJobRunsASecondTimeOnlyIfAsked() throws IOException {
    Map<String, byte[]> before = files();
    assertThat(run(Repeat.REFUSE, "3").state()).isEqualTo(State.DONE);
    Map<String, byte[]> once = files();
    assertThat(once.keySet()).as("nothing is left beside the image").isEqualTo(before.keySet());
    assertThatThrownBy(() -> run(Repeat.REFUSE, "3")).hasMessageContaining("--again");
    assertThat(run(Repeat.RESUME, "3").state()).isEqualTo(State.DONE_BEFORE);
    assertSameFiles(once);
    assertThat(run(Repeat.RESUME, "4").state()).as("another job").isEqualTo(State.DONE);
    assertThat(run(Repeat.RESUME, "3").state()).isEqualTo(State.DONE_BEFORE);
    assertThat(run(Repeat.AGAIN, "3").state()).isEqualTo(State.DONE);
    assertThat(history().jobs())
        .extracting(job -> job.job().path("parameters").path("offset").asText())
        .containsExactly("3", "4", "3");
  }

  @Test
  void theSameJobOnTheSameImageWritesTheSameBytes() throws IOException {
    Path copy = Folders.copy(image, folder.resolve("copy.zarr"));
    run(Repeat.REFUSE, "3");
    Map<String, byte[]> first = files();
    first.keySet().removeIf(name -> name.startsWith("copy.zarr"));
    image = copy;
    run(Repeat.REFUSE, "3");
    Map<String, byte[]> all = files();
    first.forEach(
        (name, bytes) ->
            assertThat(all.get(name.replace("image.zarr", "copy.zarr"))).as(name).isEqualTo(bytes));
  }

  @Test
  void anImageThatWasChangedSinceIsToldApart() throws IOException {
    run(Repeat.REFUSE, "3");
    String unit =
        container.store().list("0").stream()
            .filter(key -> !key.endsWith("zarr.json"))
            .findFirst()
            .orElseThrow();
    container.store().delete(unit);
    Map<String, byte[]> changed = files();
    assertThatThrownBy(() -> run(Repeat.RESUME, "3")).hasMessageContaining("changed since");
    assertSameFiles(changed);
  }

  /** Changes one byte in the middle of a value, whose length and time stay. */
  private void flip(String key) throws IOException {
    Path file = image.resolve(key);
    FileTime time = Files.getLastModifiedTime(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, time);
  }

  @Test
  void soIsOneWhoseNewPixelsTakeAsManyBytes() throws IOException {
    run(Repeat.REFUSE, "3");
    flip("0/c/1/0/1/1");
    assertThatThrownBy(() -> run(Repeat.RESUME, "3")).hasMessageContaining("changed since");
    flip("0/c/1/0/1/1");
    assertThat(run(Repeat.RESUME, "3").state()).isEqualTo(State.DONE_BEFORE);
  }

  @Test
  void aNewImageIsMadeAgainIfItsInputChangedAndNotIfItWasCopied() throws IOException {
    Destination beside = new Destination.Sibling("x", Existing.REFUSE);
    assertThat(run(Repeat.RESUME, "3", beside).state()).isEqualTo(State.DONE);
    assertThat(run(Repeat.RESUME, "3", beside).state()).isEqualTo(State.DONE_BEFORE);
    for (String changed : List.of("0/c/1/0/1/1", "labels/nuclei/0/c/0/1/1")) {
      flip(changed);
      assertThatThrownBy(() -> run(Repeat.RESUME, "3", beside))
          .as(changed)
          .hasMessageContaining("its input has changed");
      flip(changed);
    }
    Path source = Folders.copy(image, folder.resolve("copy/image.zarr"));
    Folders.copy(folder.resolve("imagex.zarr"), folder.resolve("copy/imagex.zarr"));
    image = source;
    assertThat(run(Repeat.RESUME, "3", beside).state()).isEqualTo(State.DONE_BEFORE);
  }

  @Test
  void anImageThatAnotherRunHoldsIsLeftAlone() throws IOException {
    RunInfo other = RunInfo.current("the other", Map.of());
    try (ImageTransaction held =
        ImageTransaction.begin(container, other, CommitOptions.standard())) {
      Map<String, byte[]> before = files();
      assertThatThrownBy(() -> run(Repeat.REFUSE, "3"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the other");
      assertSameFiles(before);
      assertThat(held.stage()).isNotNull();
    }
  }

  @Test
  void aResumedRunPutsRightWhatADeadRunOfThisMachineLeft() throws IOException {
    ProcessMark here = RunInfo.current("transform", Map.of()).process();
    ProcessMark dead = new ProcessMark(here.space(), Integer.MAX_VALUE, "1");
    RunInfo other = new RunInfo("dead", dead, Instant.EPOCH, "the dead one", Map.of());
    ImageTransaction.begin(container, other, CommitOptions.standard())
        .stage()
        .put("0/0/0/0/0", ByteBuffer.allocate(5));
    assertThatThrownBy(() -> run(Repeat.REFUSE, "3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the dead one");
    assertThat(run(Repeat.RESUME, "3").state()).isEqualTo(State.DONE);
    assertThat(files().keySet()).allMatch(name -> name.startsWith("image.zarr/"));
  }

  @Test
  void aRunThatPutsSomethingRightNeverSaysThatNothingWasTouched() {
    ProcessMark here = RunInfo.current("transform", Map.of()).process();
    ProcessMark dead = new ProcessMark(here.space(), Integer.MAX_VALUE, "1");
    RunInfo other = new RunInfo("dead", dead, Instant.EPOCH, "the dead one", Map.of());
    ImageTransaction.begin(container, other, CommitOptions.standard());
    TransformSpec lacking = SpecBuilder.on("neither").transform("affine", "offset", "3").build();
    assertThat(run(Repeat.RESUME, lacking).state()).isEqualTo(State.FAILED);
    assertThatThrownBy(() -> run(Repeat.RESUME, lacking))
        .isInstanceOf(NothingBegunException.class)
        .hasMessageContaining("No label 'neither'");
  }
}
