// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TransformTask;
import org.ngffspark.commit.Recovery;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.hadoop.TestServer;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunResult;
import org.ngffspark.job.RunSettings;
import org.ngffspark.job.RunSettings.OnFailure;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreOperation;
import org.ngffspark.zarr.store.StoreOperation.Kind;
import org.ngffspark.zarr.store.StorePath;

/** Runs of every kind that are stopped from another thread at a moment that a store tells. */
class StoppedRunTest {
  private static final int IMAGES = 6;
  private static final String LAST = "image-" + (IMAGES - 1) + ".zarr";
  private static final String STAGE = ".ngff-spark/";
  @RegisterExtension static final TestServer.Known SERVERS = new TestServer.Known();
  @RegisterExtension static final TestSpark spark = TestSpark.on("local[2]");

  @TempDir static Path written;
  @TempDir Path folder;
  private Path data;
  private List<ImageRef> images;
  private Map<String, Integer> before;

  @BeforeAll
  static void writeImages() {
    for (int index = 0; index < IMAGES; index++) {
      JobImage.plane()
          .label(LabelImage.discs(JobImage.NUCLEI, 3, 6))
          .write(written.resolve("image-" + index + ".zarr"));
    }
  }

  @BeforeEach
  void copyImages() {
    data = Folders.copy(written, folder.resolve("data"));
    images =
        Stream.iterate(0, index -> index + 1)
            .limit(IMAGES)
            .map(index -> new ImageRef(HookedStores.uri(data), "image-" + index + ".zarr"))
            .toList();
    before = Folders.digest(data);
  }

  /** Makes the task of a command, given a folder for files and the images. */
  @FunctionalInterface
  interface Command {
    ObjectTask<?, ?> task(Path folder, List<ImageRef> images);
  }

  private static ObjectTask<?, ?> inPlace() {
    return CommandTasks.transform(new Destination.InPlace());
  }

  private static Command of(ObjectTask<?, ?> task) {
    return (folder, images) -> task;
  }

  /** What the tasks of the last image do, for it not to be committed before the run is stopped. */
  private enum Held {
    READ_OF_CHUNKS(".*/0/\\d.*", Kind.READ),
    WRITE_OF_UNITS(".*/\\d+/\\d+", Kind.WRITE_INTO),
    NOTHING("", Kind.READ);

    private final String key;
    private final Kind kind;

    Held(String key, Kind kind) {
      this.key = key;
      this.kind = kind;
    }

    boolean isAt(StoreOperation operation) {
      return operation.kind() == kind
          && operation.key().startsWith(LAST)
          && operation.key().matches(key);
    }
  }

  static Stream<Arguments> committing() {
    // Levels would wait for a core, which tasks that are held do not give.
    Command inTiles =
        (folder, images) ->
            new TransformTask(
                SpecBuilder.on(JobImage.NUCLEI).withoutPyramid().build(),
                new Destination.InPlace());
    Command paste = (folder, images) -> CommandTasks.paste(spark, folder, images);
    Command tables = (folder, images) -> CommandTasks.tables(images);
    Command convert = (folder, images) -> CommandTasks.convert(images);
    ObjectTask<?, ?> siblings =
        CommandTasks.transform(new Destination.Sibling("New", Existing.REFUSE));
    return Stream.of(
        Arguments.of("transform in place, whole images", of(inPlace()), 1, Held.READ_OF_CHUNKS),
        Arguments.of("transform in place, tiles", inTiles, 4, Held.WRITE_OF_UNITS),
        Arguments.of("transform into siblings", of(siblings), 1, Held.READ_OF_CHUNKS),
        Arguments.of("rois", of(CommandTasks.rois()), 1, Held.READ_OF_CHUNKS),
        Arguments.of("rois, tiles", of(CommandTasks.rois()), 4, Held.NOTHING),
        Arguments.of("measure", of(CommandTasks.measure()), 1, Held.READ_OF_CHUNKS),
        Arguments.of("measure, tiles", of(CommandTasks.measure()), 4, Held.NOTHING),
        Arguments.of("segment", of(CommandTasks.segment()), 1, Held.READ_OF_CHUNKS),
        Arguments.of("segment, tiles", of(CommandTasks.segment()), 4, Held.NOTHING),
        Arguments.of("paste", paste, 1, Held.READ_OF_CHUNKS),
        Arguments.of("tables", tables, 1, Held.NOTHING),
        Arguments.of("convert", convert, 1, Held.NOTHING),
        Arguments.of("project", of(CommandTasks.project()), 1, Held.READ_OF_CHUNKS),
        Arguments.of("pyramid", of(CommandTasks.pyramid()), 1, Held.READ_OF_CHUNKS),
        Arguments.of("pyramid, tiles", of(CommandTasks.pyramid()), 4, Held.WRITE_OF_UNITS));
  }

  static Stream<Arguments> all() {
    return Stream.concat(
        committing(),
        Stream.of(
            Arguments.of("crops", (Command) CommandTasks::crops, 1, Held.NOTHING),
            Arguments.of("crops, tiles", (Command) CommandTasks::crops, 4, Held.NOTHING)));
  }

  /** The run of a command, when all is there that it takes. */
  private ObjectRun<?, ?> run(Command command) {
    ObjectTask<?, ?> task = command.task(folder, images);
    before = Folders.digest(images.get(0).open().store());
    return new ObjectRun<>(spark.context(), task, RunSettings.of("test"));
  }

  /** How a run ended that was stopped, and what its listener heard. */
  private record Stopped(RunResult result, List<ImageOutcome> heard) {
    List<ImageOutcome> images(State state) {
      return result.images().stream().filter(image -> image.state() == state).toList();
    }
  }

  /** Stops a run at the first operation of a kind, which goes on when all is undone. */
  private Stopped stopped(
      Command command, int tiles, URI hooked, Predicate<StoreOperation> at, Held held)
      throws InterruptedException {
    ObjectRun<?, ?> run = run(command).withTiles(tiles);
    AtomicBoolean first = new AtomicBoolean(true);
    CountDownLatch undone = new CountDownLatch(1);
    HookedStores.hook(
        hooked,
        operation -> {
          if (at.test(operation) && first.getAndSet(false)) {
            new Thread(
                    () -> {
                      run.stop();
                      undone.countDown();
                    },
                    "stops the run")
                .start();
            await(undone);
          } else if (held.isAt(operation)) {
            await(undone);
          }
        });
    List<ImageOutcome> heard = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void ended(ImageOutcome outcome) {
            heard.add(outcome);
          }
        };
    RunResult result = run.execute(images, listener);
    HookedStores.hook(hooked, operation -> {});
    assertThat(first).as("the run has come to where it is stopped").isFalse();
    return new Stopped(result, heard);
  }

  /** A stop waits for no commit in flight, so it must come back while one is held. */
  private static void await(CountDownLatch undone) {
    try {
      assertThat(undone.await(1, TimeUnit.MINUTES)).as("stop() came back").isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("committing")
  void aRunThatIsStoppedWhileItCommitsFinishesThatCommitAndUndoesAllOthers(
      String name, Command command, int tiles, Held held) throws InterruptedException {
    Stopped stopped =
        stopped(command, tiles, HookedStores.uri(data), StoppedRunTest::isPlaced, held);
    List<ImageOutcome> done = stopped.images(State.DONE);
    List<ImageOutcome> failed = stopped.images(State.STOPPED);
    assertThat(stopped.heard()).hasSameElementsAs(stopped.result().images()).hasSize(IMAGES);
    assertThat(done).isNotEmpty();
    assertThat(done.size() + failed.size()).isEqualTo(IMAGES);
    assertThat(failed).extracting(ImageOutcome::message).allMatch("the run was stopped"::equals);
    if (held != Held.NOTHING) {
      assertThat(failed).extracting(image -> image.input().path()).contains(LAST);
    }
    Map<String, Integer> after = Folders.digest(data);
    assertThat(after.keySet())
        .as("nothing of the run is left")
        .noneMatch(key -> key.contains(STAGE));
    for (ImageOutcome image : failed) {
      assertThat(of(after, image.input().path())).isEqualTo(of(before, image.input().path()));
    }
    assertFinished(command, tiles, done, after);
  }

  @Test
  void whatACommitTookOutIsDeletedThoughTheRunIsStoppedMeanwhile() throws InterruptedException {
    Stopped stopped =
        stopped(
            (folder, images) -> CommandTasks.tables(images),
            1,
            HookedStores.uri(data),
            each -> each.kind() == Kind.DELETE_TREE && each.key().contains("/gone-"),
            Held.NOTHING);
    assertThat(stopped.images(State.DONE)).isNotEmpty();
    assertThat(stopped.images(State.DONE)).flatExtracting(ImageOutcome::remarks).isEmpty();
    assertThat(Folders.digest(data).keySet()).noneMatch(key -> key.contains(STAGE));
  }

  private static boolean isPlaced(StoreOperation each) {
    return (each.kind() == Kind.MOVE || each.kind() == Kind.COPY) && !each.key().contains(STAGE);
  }

  /** Where units are copied, and where a name node renames them. */
  @ParameterizedTest
  @EnumSource
  void aRunOnAServerThatIsStoppedWhileItCommitsFinishesThatCommitAndUndoesTheOther(
      TestServer server) throws InterruptedException, TimeoutException {
    Store store = server.newStore();
    URI root = HookedStores.uri(store);
    images = Stream.of("image-0.zarr", LAST).map(name -> new ImageRef(root, name)).toList();
    images.forEach(image -> Folders.copy(data, image.path(), store));
    TasksAtWork tasks = spark.watch();
    Stopped stopped =
        stopped(of(inPlace()), 1, root, StoppedRunTest::isPlaced, Held.READ_OF_CHUNKS);
    tasks.awaitNone();
    assertThat(stopped.result().images())
        .extracting(ImageOutcome::state)
        .containsExactly(State.DONE, State.STOPPED);
    for (ImageRef image : images) {
      // What a task has staged in a bucket after its run had ended.
      new Recovery(RunInfo.current("recover", Map.of()), Set.of())
          .recover(new StorePath(store, image.path()));
    }
    Map<String, Integer> after = Folders.digest(store);
    assertThat(after.keySet()).noneMatch(key -> key.contains(STAGE));
    assertThat(of(after, LAST)).isEqualTo(of(before, LAST));
    assertFinished(of(inPlace()), 1, stopped.images(State.DONE), after);
  }

  /** Images that were committed are as after a run that nobody stopped. */
  private void assertFinished(
      Command command, int tiles, List<ImageOutcome> done, Map<String, Integer> after) {
    Path again = folder.resolve("again");
    for (ImageOutcome image : done) {
      String name = image.input().path();
      Folders.copy(written.resolve(name), again.resolve(name));
    }
    ImageRef[] refs =
        done.stream()
            .map(image -> new ImageRef(again.toUri(), image.input().path()))
            .toArray(ImageRef[]::new);
    spark.run(command.task(folder, List.of(refs)), RunSettings.of("test"), tiles, refs);
    Map<String, Integer> wanted = Folders.digest(again);
    for (ImageOutcome image : done) {
      String made = image.output().substring(image.output().lastIndexOf('/') + 1);
      assertThat(of(after, made)).as(made).isEqualTo(of(wanted, made));
    }
  }

  private static Map<String, Integer> of(Map<String, Integer> files, String image) {
    return files.entrySet().stream()
        .filter(file -> file.getKey().startsWith(image + "/"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void aRunThatIsStoppedWhileItPlansDoesNothing(String name, Command command, int tiles, Held held)
      throws InterruptedException {
    Stopped stopped =
        stopped(
            command,
            tiles,
            HookedStores.uri(data),
            each -> each.kind() == Kind.READ && each.key().endsWith("0/.zarray"),
            Held.NOTHING);
    assertThat(stopped.heard()).hasSameElementsAs(stopped.result().images()).hasSize(IMAGES);
    assertThat(stopped.images(State.STOPPED))
        .hasSize(IMAGES)
        .extracting(ImageOutcome::message)
        .containsOnly("the run was stopped");
    assertThat(Folders.digest(data)).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void aRunThatIsStoppedBeforeItBeginsDoesNothing(
      String name, Command command, int tiles, Held held) {
    ObjectRun<?, ?> run = run(command);
    run.stop();
    RunResult result = run.execute(images, new RunListener() {});
    assertThat(result.images())
        .hasSize(IMAGES)
        .extracting(ImageOutcome::message)
        .containsOnly("the run was stopped");
    assertThat(Folders.digest(data)).isEqualTo(before);
  }

  @Test
  void cropsThatAreStoppedAreWholeFiles() throws InterruptedException, TimeoutException {
    Path crops = folder.resolve("crops");
    TasksAtWork tasks = spark.watch();
    Stopped stopped =
        stopped(
            CommandTasks::crops,
            1,
            HookedStores.uri(crops),
            each -> each.kind() == Kind.WRITE,
            Held.NOTHING);
    tasks.awaitNone();
    assertThat(stopped.images(State.STOPPED)).isNotEmpty();
    Map<String, byte[]> files = Folders.content(crops);
    // An image that came to its end before the stop has its index.
    files.keySet().removeIf(file -> file.matches(".*/(index\\.csv|crops\\.json)"));
    assertThat(files.keySet()).allMatch(file -> file.endsWith(".npy"));
    assertThat(files.values()).allMatch(file -> file.length > 128);
    assertThat(Folders.digest(data)).isEqualTo(before);
  }

  @Test
  void aRunThatIsToEndWithTheFirstFailureUndoesWhatIsOpen() {
    before.keySet().stream()
        .filter(file -> file.matches("image-0.zarr/0/\\d.*"))
        .forEach(file -> Folders.write(data.resolve(file), new byte[] {1, 2, 3}));
    Map<String, Integer> damaged = Folders.digest(data);
    RunSettings settings = RunSettings.of("test").withOnFailure(OnFailure.STOP);
    TestSpark.Ended ended = spark.run(inPlace(), settings, 1, images.toArray(ImageRef[]::new));
    assertThat(ended.result().failed()).isPositive();
    List<String> failures =
        ended.images().stream()
            .filter(image -> image.state() != State.DONE)
            .map(ImageOutcome::message)
            .toList();
    assertThat(failures).anyMatch(message -> message.contains("image-0.zarr/0/"));
    assertThat(failures)
        .allMatch(
            message ->
                message.contains("image-0.zarr/0/") || message.contains("image-0.zarr failed"));
    Map<String, Integer> after = Folders.digest(data);
    ended.images().stream()
        .filter(image -> image.state() != State.DONE)
        .map(image -> image.input().path())
        .forEach(image -> assertThat(of(after, image)).isEqualTo(of(damaged, image)));
    assertThat(after.keySet()).noneMatch(key -> key.contains(STAGE));
  }
}
