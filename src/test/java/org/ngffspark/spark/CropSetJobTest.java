// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.crops.CropFormat;
import org.ngffspark.crops.CropSetTask;
import org.ngffspark.crops.CropSize;
import org.ngffspark.crops.CropSize.Fit;
import org.ngffspark.crops.CropTask;
import org.ngffspark.crops.CropTask.Around;
import org.ngffspark.golden.Folders;
import org.ngffspark.history.Repeat;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectChoice.TableChoice;
import org.ngffspark.job.OnError;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunResult;
import org.ngffspark.job.RunSettings;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.zarr.StringArray;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StoreOperation;
import org.ngffspark.zarr.store.StoreOperation.Kind;
import org.ngffspark.zarr.store.StorePath;

class CropSetJobTest {
  @RegisterExtension static final TestSpark SPARK = TestSpark.on("local[2]");

  private static final CropSize SMALL = new CropSize(List.of(3, 24, 20), Fit.SCALE);

  @TempDir private Path folder;

  @Test
  void setsAreTheSameHoweverImagesAreCut() {
    Path image = image("image.zarr", 2, 9);
    Map<String, String> whole = cut(image, 1);
    assertThat(whole).containsKeys("zarr.json", "pixels/zarr.json", "masks/zarr.json");
    assertThat(cut(image, 7)).isEqualTo(whole);
  }

  @Test
  void imagesThatAreDoneAreOneSetInTheirOrder() {
    Path first = image("first.zarr", 2, 4);
    Path other = image("other.zarr", 3, 5);
    Path last = image("last.zarr", 2, 3);
    Path set = folder.resolve("three.zarr");
    TestSpark.Ended ended = cut(set, 5, first, other, last);
    assertThat(ended.result().images())
        .extracting(ImageOutcome::state)
        .containsExactly(State.DONE, State.FAILED, State.DONE);
    assertThat(ended.result().images().get(1).message())
        .contains("uint16 c=3 z=3 y=24 x=20")
        .contains("uint16 c=2 z=3 y=24 x=20");
    StorePath group = StorePath.root(LocalStore.at(set));
    assertThat(StringArray.open(group.child("images"), ZarrFormat.V3).read())
        .containsExactly(
            first.toString(),
            first.toString(),
            first.toString(),
            first.toString(),
            last.toString(),
            last.toString(),
            last.toString());
    cut(folder.resolve("first-set.zarr"), 1, first);
    cut(folder.resolve("last-set.zarr"), 1, last);
    for (String array : List.of("pixels", "masks", "labels", "boxes")) {
      assertThat(bytes(set, array))
          .as(array)
          .isEqualTo(
              bytes(folder.resolve("first-set.zarr"), array)
                  + bytes(folder.resolve("last-set.zarr"), array));
    }
    assertThat(set.resolve(".parts")).doesNotExist();
  }

  @Test
  void aRunThatResumesEndsWithTheSetOfOneThatWasNotStopped()
      throws InterruptedException, TimeoutException {
    Path[] images = {
      image("a.zarr", 2, 4), image("none.zarr", 2, 0), image("b.zarr", 2, 5), image("c.zarr", 2, 3)
    };
    Path undisturbed = folder.resolve("undisturbed.zarr");
    assertThat(states(cut(undisturbed, 1, images))).containsOnly(State.DONE);
    Path set = folder.resolve("resumed.zarr");
    TasksAtWork tasks = SPARK.watch();
    RunResult stopped = stopAfterFirst(task(set, images), refs(images));
    tasks.awaitNone();
    assertThat(stopped.images()).extracting(ImageOutcome::state).contains(State.DONE);
    assertThat(set.resolve("zarr.json")).doesNotExist();

    List<State> resumed = states(resume(task(set, images), images));
    assertThat(resumed).contains(State.DONE_BEFORE).doesNotContain(State.FAILED, State.STOPPED);
    assertThat(Folders.read(set)).isEqualTo(Folders.read(undisturbed));
    AtomicInteger looks = new AtomicInteger();
    StoreOperation look = new StoreOperation(Kind.READ, "zarr.json");
    HookedStores.hook(set, seen -> looks.addAndGet(seen.equals(look) ? 1 : 0));
    CropSetTask again = task(HookedStores.uri(set), SMALL, images);
    looks.set(0);
    assertThat(states(resume(again, images))).containsOnly(State.DONE_BEFORE);
    assertThat(looks).as("the record of the whole set is read once a run").hasValue(1);
    assertThat(Folders.read(set)).isEqualTo(Folders.read(undisturbed));
  }

  @Test
  void aSetOfOtherCropsOrOtherPixelsIsNotTakenForTheSame() {
    Path first = image("first.zarr", 2, 4);
    Path last = image("last.zarr", 2, 3);
    Path set = folder.resolve("set.zarr");
    cut(set, 1, first, last);
    assertThat(states(resume(task(set, first), first))).containsOnly(State.DONE);
    assertThat(states(resume(task(set, first, last), first, last))).containsOnly(State.DONE);
    CropSize larger = new CropSize(List.of(3, 60, 70), Fit.PAD);
    assertThat(states(resume(task(set, larger, first, last), first, last)))
        .containsOnly(State.DONE);
    cut(set, 1, first, last);
    Map<String, String> before = Folders.read(set);
    ZarrArray pixels = ZarrArray.open(StorePath.root(LocalStore.at(last)).child("0"));
    pixels.write(Box.whole(pixels.shape()), NdArray.zeros(pixels.type(), pixels.shape()));
    TestSpark.Ended changed = resume(task(set, first, last), first, last);
    assertThat(states(changed)).containsExactly(State.DONE_BEFORE, State.FAILED);
    assertThat(changed.result().images().get(1).message())
        .contains("as they were before it was changed")
        .contains("without --resume");
    assertThat(Folders.read(set)).isEqualTo(before);
  }

  private static List<State> states(TestSpark.Ended ended) {
    return ended.result().images().stream().map(ImageOutcome::state).toList();
  }

  private static RunResult stopAfterFirst(CropSetTask task, ImageRef... refs) {
    ObjectRun<Nothing, LabelBatch> run =
        new ObjectRun<>(SPARK.context(), task, RunSettings.of("test"));
    RunListener stopping =
        new RunListener() {
          @Override
          public void ended(ImageOutcome outcome) {
            run.stop();
          }
        };
    return run.execute(List.of(refs), stopping);
  }

  private static TestSpark.Ended resume(CropSetTask task, Path... images) {
    return SPARK.run(task, RunSettings.of("test").withRepeat(Repeat.RESUME), 1, refs(images));
  }

  private Path image(String name, int channels, int objects) {
    Path image = folder.resolve(name);
    JobImage.plane()
        .axes("c", "z", "y", "x")
        .shape(channels, 3, 64, 80)
        .chunks(1, 1, 16, 20)
        .label(LabelImage.discs(JobImage.NUCLEI, objects, 11))
        .write(image);
    return image;
  }

  private static String bytes(Path set, String name) {
    ZarrArray array = ZarrArray.open(StorePath.root(LocalStore.at(set)).child(name));
    return HexFormat.of().formatHex(array.read(Box.whole(array.shape())).bytes());
  }

  private Map<String, String> cut(Path image, int tiles) {
    Path set = folder.resolve("set-" + tiles + ".zarr");
    TestSpark.Ended ended = cut(set, tiles, image);
    assertThat(ended.only().message()).isEmpty();
    assertThat(ended.only().work().objects()).isEqualTo(9);
    assertThat(ended.only().work().bytesWritten()).isPositive();
    return Folders.read(set);
  }

  private static TestSpark.Ended cut(Path set, int tiles, Path... images) {
    return SPARK.run(task(set, images), RunSettings.of("test"), tiles, refs(images));
  }

  private static CropSetTask task(Path set, Path... images) {
    return task(set, SMALL, images);
  }

  private static CropSetTask task(Path set, CropSize size, Path... images) {
    return task(set.toUri(), size, images);
  }

  private static CropSetTask task(URI set, CropSize size, Path... images) {
    List<ImageRef> refs = List.of(refs(images));
    CropTask files =
        new CropTask(
            ObjectChoice.all(JobImage.NUCLEI, new TableChoice.Automatic()),
            PixelTarget.image(),
            Around.ZERO,
            CropFormat.NPY,
            OnError.FAIL,
            set,
            refs.stream().collect(Collectors.toMap(ref -> ref, CropSetJobTest::name)));
    return CropSetTask.of(files, size, refs);
  }

  private static ImageRef[] refs(Path... images) {
    return Stream.of(images).map(image -> new ImageRef(image.toUri(), "")).toArray(ImageRef[]::new);
  }

  private static String name(ImageRef image) {
    return Path.of(image.root()).getFileName().toString();
  }
}
