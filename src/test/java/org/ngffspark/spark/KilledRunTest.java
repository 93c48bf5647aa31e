// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.apply.Companions;
import org.ngffspark.apply.Destination;
import org.ngffspark.commit.DeadProcess;
import org.ngffspark.commit.Recovery;
import org.ngffspark.commit.RecoveryReport;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.history.Repeat;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.NothingBegunException;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunSettings;
import org.ngffspark.project.ProjectTask;
import org.ngffspark.project.Projection;
import org.ngffspark.remove.Foreign;
import org.ngffspark.remove.Removal;
import org.ngffspark.remove.RemoveTask;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.OperationLog;
import org.ngffspark.zarr.store.StoreFault;
import org.ngffspark.zarr.store.StorePath;

/**
 * Runs whose store is gone from some operation on, as if they were killed there, leave all as it
 * was or, after {@code recover}, as an undisturbed run leaves it; and go on to that.
 */
class KilledRunTest {
  private static final int MOMENTS = 16;
  private static final String IMAGE = "i.zarr";
  private static final String FLAT = "iFlat.zarr";
  @RegisterExtension static final TestSpark spark = TestSpark.on("local[1]");

  @TempDir private Path folder;

  private static ObjectTask<?, ?> project() {
    return new ProjectTask(
        Projection.MEAN,
        AxisName.C,
        new Destination.Sibling("Flat", Existing.REFUSE, Companions.LABELS));
  }

  private static ObjectTask<?, ?> remove(Removal removal) {
    return new RemoveTask(removal, Foreign.REMOVE, Set.of());
  }

  static Stream<Arguments> commands() {
    return Stream.of(
        Arguments.of("project", project()),
        Arguments.of("remove a label image", remove(new Removal.OfLabel(JobImage.NUCLEI))),
        Arguments.of("remove an image", remove(new Removal.OfImage())));
  }

  private Path fresh(String name) {
    Path data = folder.resolve(name);
    JobImage.plane()
        .chunks(1, 64, 40)
        .levels(2)
        .label(LabelImage.discs(JobImage.NUCLEI, 3, 6))
        .write(data.resolve(IMAGE));
    return data;
  }

  private static void run(ObjectTask<?, ?> task, Path data, Repeat repeat) {
    RunSettings settings = RunSettings.of("test").withRepeat(repeat);
    List<ImageRef> image = List.of(new ImageRef(WatchedStores.uri(data), IMAGE));
    try {
      new ObjectRun<>(spark.context(), task, settings, DeadProcess.run())
          .withTiles(1)
          .execute(image, new RunListener() {});
    } catch (NothingBegunException early) {
      assertThat(early.result().images()).hasSize(1);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void whatAKilledRunLeavesIsAsBeforeOrAsAfter(String name, ObjectTask<?, ?> task)
      throws InterruptedException, TimeoutException {
    Map<String, Integer> before = Folders.digest(fresh("before"));
    Path undisturbed = fresh("undisturbed");
    OperationLog log = WatchedStores.log(undisturbed);
    log.clear();
    run(task, undisturbed, Repeat.REFUSE);
    Map<String, Integer> after = Folders.digest(undisturbed);
    assertThat(after).isNotEqualTo(before);
    int operations = log.operations().size();
    TasksAtWork tasks = spark.watch();
    for (int moment = 0; moment < MOMENTS; moment++) {
      int operation = 1 + moment * (operations - 1) / (MOMENTS - 1);
      StoreFault fault = StoreFault.values()[moment % StoreFault.values().length];
      Path data = fresh("killed-" + moment);
      WatchedStores.log(data).crashAt(operation, fault);
      run(task, data, Repeat.REFUSE);
      tasks.awaitNone();
      WatchedStores.log(data).clear();
      recover(data);
      assertThat(digest(data))
          .as("%s, operation %d of %d: %s", name, operation, operations, fault)
          .isIn(before, after);
      if (Files.exists(data.resolve(IMAGE + "/.zattrs"))) {
        run(task, data, Repeat.RESUME);
      }
      assertThat(digest(data)).as("%s after %d, again", name, operation).isEqualTo(after);
    }
  }

  private static Map<String, Integer> digest(Path data) {
    return new TreeMap<>(Folders.digest(data));
  }

  private static void recover(Path data) {
    Recovery recovery = new Recovery(RunInfo.current("recover", Map.of()), Set.of());
    StorePath root = StorePath.root(LocalStore.at(data));
    for (String image : List.of(IMAGE, FLAT)) {
      assertThat(recovery.recoverAll(root.child(image))).noneMatch(RecoveryReport::isOpen);
    }
  }
}
