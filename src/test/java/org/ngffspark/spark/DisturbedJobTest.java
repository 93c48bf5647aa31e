// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.zarr.store.OperationLog;
import org.ngffspark.zarr.store.StoreFault;
import org.ngffspark.zarr.store.StoreOperation.Kind;

/** Images that are damaged, that somebody changes meanwhile, and disks that fail. */
class DisturbedJobTest {
  private static final String NUCLEI = JobImage.NUCLEI;
  @RegisterExtension static final TestSpark spark = TestSpark.on("local[2,3]");

  @TempDir Path folder;
  private Path image;
  private Map<String, Integer> before;

  @BeforeEach
  void writeImage() {
    image = folder.resolve("image.zarr");
    JobImage.plane().label(LabelImage.dense(NUCLEI, 6)).write(image);
    before = Folders.digest(folder);
  }

  private ImageRef ref() {
    return new ImageRef(image.toUri(), "");
  }

  private static SpecBuilder plusOne() {
    return SpecBuilder.on(NUCLEI).transform("affine", "offset", "1");
  }

  private void truncate(String name) {
    byte[] bytes = Folders.content(image).get(name);
    Folders.write(image.resolve(name), Arrays.copyOf(bytes, bytes.length / 2));
    before = Folders.digest(folder);
  }

  @ParameterizedTest
  @CsvSource({"0/1/2/1, 1", "0/1/2/1, 1000", "labels/nuclei/0/2/1, 1", "labels/nuclei/0/2/1, 1000"})
  void aChunkThatDoesNotDecodeIsNamedAndTheOtherImagesAreDone(String chunk, int tiles) {
    Path other = folder.resolve("other.zarr");
    JobImage.plane().write(other);
    truncate(chunk);
    TestSpark.Ended ended =
        spark.inPlace(plusOne().build(), tiles, ref(), new ImageRef(other.toUri(), ""));
    ImageOutcome failed =
        ended.images().stream()
            .filter(each -> each.input().equals(ref()))
            .findFirst()
            .orElseThrow();
    assertThat(failed.state()).isEqualTo(State.FAILED);
    assertThat(failed.message()).contains(image + "/" + chunk);
    assertThat(ended.result().done()).isEqualTo(1);
    Map<String, Integer> after = Folders.digest(folder);
    after.keySet().removeIf(name -> name.startsWith("other.zarr"));
    before.keySet().removeIf(name -> name.startsWith("other.zarr"));
    assertThat(after).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void aChunkThatDoesNotDecodeNamesAnObjectThatNeedsIt(int tiles) {
    truncate("0/1/2/1");
    assertThat(spark.inPlace(plusOne().build(), tiles, ref()).only().message())
        .matches("object \\d+: Cannot read .*0/1/2/1: .*");
  }

  @Test
  void aDamagedChunkThatNoObjectNeedsDisturbsNobody() {
    Path sparse = folder.resolve("sparse.zarr");
    JobImage.plane().levels(1).label(LabelImage.discs(NUCLEI, 1, 2)).write(sparse);
    Map<String, Integer> untouched = Folders.digest(sparse);
    spark.inPlace(plusOne().build(), 1, new ImageRef(sparse.toUri(), ""));
    untouched.entrySet().removeAll(Folders.digest(sparse).entrySet());
    String touched =
        untouched.keySet().stream()
            .filter(name -> name.startsWith("0/0"))
            .findFirst()
            .orElseThrow();
    String elsewhere = touched.equals("0/0/3/3") ? "0/0/0/0" : "0/0/3/3";
    Folders.write(sparse.resolve(elsewhere), new byte[] {1, 2, 3});
    ImageOutcome outcome =
        spark.inPlace(plusOne().zoom(1.01).build(), 1, new ImageRef(sparse.toUri(), "")).only();
    assertThat(outcome.state()).as(outcome.message()).isEqualTo(State.DONE);
    assertThat(Folders.content(sparse).get(elsewhere)).containsExactly(1, 2, 3);
  }

  /** Writes a file anew, as another program would, while an object is transformed. */
  private record Meddling(String file, int length) implements MaskedTransform {
    @Override
    public void apply(MaskedPatch object, Patch result) {
      Path path = Path.of(file);
      byte[] bytes = Folders.read(path);
      Path temporary = Path.of(file + "." + Thread.currentThread().getId());
      Folders.write(temporary, Arrays.copyOf(bytes, bytes.length + length));
      try {
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0/0/0/0, 1, 0",
    "0/0/0/0, 1, 1",
    "0/0/0/0, 1000, 0",
    "0/1/3/3, 1000, 0",
    "labels/nuclei/0/0/0, 1, 0",
    "labels/nuclei/0/0/0, 1000, 0"
  })
  void anImageThatSomebodyChangesMeanwhileIsLeftToThem(String chunk, int tiles, int longer) {
    Path file = image.resolve(chunk);
    Meddling meddling = new Meddling(file.toString(), longer);
    ImageOutcome outcome =
        spark.inPlace(SpecBuilder.on(NUCLEI).transform(meddling).build(), tiles, ref()).only();
    assertThat(outcome.state()).isEqualTo(State.FAILED);
    // A file that grew before an object reads it is found damaged then, not changed at the end.
    assertThat(outcome.message())
        .contains(chunk)
        .contains(longer == 0 ? "changed" : "header states");
    Map<String, Integer> after = Folders.digest(folder);
    after.remove("image.zarr/" + chunk);
    before.remove("image.zarr/" + chunk);
    assertThat(after).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void anImageWhoseTableSomebodyChangesMeanwhileIsLeftToThem(int tiles) {
    image = folder.resolve("tabled.zarr");
    JobImage.plane().label(LabelImage.dense(NUCLEI, 6).withTable()).write(image);
    before = Folders.digest(folder);
    String table =
        Folders.content(image).keySet().stream()
            .filter(file -> file.startsWith("tables/") && !file.contains("/."))
            .findFirst()
            .orElseThrow();
    Meddling meddling = new Meddling(image.resolve(table).toString(), 0);
    ImageOutcome outcome =
        spark.inPlace(SpecBuilder.on(NUCLEI).transform(meddling).build(), tiles, ref()).only();
    assertThat(outcome.state()).isEqualTo(State.FAILED);
    assertThat(outcome.message()).contains(table).contains("changed");
    assertThat(Folders.digest(folder)).isEqualTo(before);
  }

  private ImageRef watched() {
    return new ImageRef(WatchedStores.uri(folder), "image.zarr");
  }

  @Test
  void aReadThatFailsOnceIsTriedAgain() {
    OperationLog log = WatchedStores.log(folder);
    Path original = Folders.copy(image, folder.resolve("../original" + folder.getFileName()));
    log.clear();
    spark.inPlace(plusOne().build(), 1, watched());
    int read = indexOf(log, Kind.READ, "image.zarr/0/1/2/1");
    int write =
        read
            + (int)
                log.operations().stream()
                    .skip(read)
                    .takeWhile(each -> each.kind() != Kind.WRITE)
                    .count()
            + 1;
    Map<String, Integer> expected = Folders.digest(folder);
    for (int operation : List.of(read, write)) {
      Folders.replace(image, original);
      Folders.copy(image, original);
      log.clear();
      log.failAt(operation, StoreFault.REFUSED);
      ImageOutcome outcome = spark.inPlace(plusOne().build(), 1, watched()).only();
      assertThat(outcome.state()).as(outcome.message()).isEqualTo(State.DONE);
      assertThat(Folders.digest(folder)).isEqualTo(expected);
    }
  }

  private static int indexOf(OperationLog log, Kind kind, String key) {
    for (int i = 0; i < log.operations().size(); i++) {
      if (log.operations().get(i).kind() == kind && log.operations().get(i).key().equals(key)) {
        return i + 1;
      }
    }
    throw new AssertionError("No " + kind + " of " + key + " in " + log.operations());
  }
}
