// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ngffspark.hadoop.HadoopTestStores;
import org.ngffspark.hadoop.TestServer;
import org.ngffspark.history.JobHistory;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.servers.Fault;
import org.ngffspark.servers.FaultProxy;
import org.ngffspark.servers.S3Request;
import org.ngffspark.servers.S3Server;
import org.ngffspark.spark.SparkDriver;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StorePath;

/** Commands whose inputs, outputs and files all lie in a bucket or on HDFS. */
class StoreCommandsTest {
  @RegisterExtension static final TestServer.Known SERVERS = new TestServer.Known();

  @TempDir private static Path folder;
  private static JavaSparkContext spark;
  private static Map<String, ByteBuffer> onDisk;

  @BeforeAll
  static void workOnDisk() {
    spark = CommandRun.spark();
    Store local = LocalStore.at(folder.resolve("local"));
    fill(local);
    onDisk = work(local);
  }

  @AfterAll
  static void forget() {
    spark.close();
  }

  private static void write(Store store, String key, String text) {
    store.write(key, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The plate, and files that options name. */
  private static void fill(Store store) {
    Path plate = TestPlate.write(folder.resolve(UUID.randomUUID() + ".zarr"), NgffVersion.V0_5);
    Store source = LocalStore.at(plate);
    for (String key : source.list("")) {
      store.write("plate.zarr/" + key, source.read(key).orElseThrow());
    }
    write(store, "files/ids.txt", "1 2\n3");
    write(store, "files/job.yaml", "label: nuclei\ntransform: invert\nin-place: true\n");
  }

  private static String done(String... arguments) {
    CommandRun run = CommandRun.within(spark, arguments);
    assertThat(run.code()).as("%s: %s", List.of(arguments), run.err()).isZero();
    return run.out();
  }

  /** Runs all commands, and returns the names and bytes of what they leave. */
  private static Map<String, ByteBuffer> work(Store store) {
    String place = store.uri().toString().replaceAll("/$", "");
    String image = place + "/plate.zarr/B/03/0";
    assertThat(done("inspect", place + "/plate.zarr")).contains("nuclei");
    done("rois", image, "--label=nuclei", "--table=boxes");
    done("measure", image, "--label=nuclei", "--features=area,centroid");
    assertThat(done("tables", image)).contains("nuclei_features").contains("boxes");
    done("segment", image, "--method=otsu", "--channel=DAPI", "--to=found");
    done("pyramid", image, "--levels=2");
    done(
        "crops",
        image,
        "--label=nuclei",
        "--ids-file=" + place + "/files/ids.txt",
        "--format=npy",
        "--to=" + place + "/crops");
    done(
        "transform",
        image,
        "--job=" + place + "/files/job.yaml",
        "--staging=" + place + "/stage",
        "--manifest=" + place + "/files/run.jsonl");
    assertThat(done("recover", place + "/plate.zarr")).contains("nothing to do");
    Map<String, ByteBuffer> content = content(store);
    String lines = StandardCharsets.UTF_8.decode(content.remove("files/run.jsonl")).toString();
    assertThat(lines.lines().map(line -> line.replaceAll("^\\{\"kind\":\"([a-z]+)\".*", "$1")))
        .containsExactly("run", "image", "end");
    // the one file that says where its image lies
    String index = StandardCharsets.UTF_8.decode(content.get("crops/index.csv")).toString();
    String named = place.replaceFirst("^file://", "");
    assertThat(index).contains(named + "/plate.zarr/B/03/0");
    content.put("crops/index.csv", StandardCharsets.UTF_8.encode(index.replace(named, "")));
    return content;
  }

  /** Changes an image in place, and returns what the run said. */
  private static String invert(Store store) {
    String image = store.uri().toString().replaceAll("/$", "") + "/plate.zarr/B/03/0";
    return done("transform", image, "--label=nuclei", "--transform=invert", "--in-place");
  }

  private static Map<String, ByteBuffer> content(Store store) {
    Map<String, ByteBuffer> content = new HashMap<>();
    store.list("").forEach(key -> content.put(key, store.read(key).orElseThrow()));
    return content;
  }

  /** One in seven requests or answers is lost, late, cut off or refused; most are sent again. */
  private static Function<S3Request, Optional<Fault>> faults() {
    List<Fault> faults =
        List.of(
            Fault.serverError(),
            new Fault.DropRequest(),
            Fault.slowDown(),
            new Fault.DropAnswer(),
            new Fault.Delay(Duration.ofMillis(20)));
    AtomicInteger asked = new AtomicInteger();
    return request -> {
      int number = asked.incrementAndGet();
      if (number % 7 != 0) {
        return Optional.empty();
      }
      boolean cut = number % 14 == 0 && request.kind() == S3Request.Kind.GET;
      return Optional.of(cut ? new Fault.CutAnswer(5) : faults.get(number / 7 % faults.size()));
    };
  }

  @Test
  void aRunOverANetworkThatFailsLeavesTheSameAsOnADisk() throws IOException {
    Store local = LocalStore.at(folder.resolve("inverted"));
    fill(local);
    invert(local);
    S3Server server = S3Server.shared();
    try (FaultProxy proxy = FaultProxy.before(server.endpoint())) {
      // A process has one client for a bucket, so the run has this one too.
      Store store =
          HadoopTestStores.onS3(server.newBucket(), S3Server.hadoopSettings(proxy.endpoint()));
      fill(store);
      proxy.forget();
      proxy.fail(faults());
      assertThat(invert(store)).contains("sent again, after growing pauses");
      assertThat(proxy.requests()).hasSizeGreaterThan(70);
      proxy.heal();
      assertThat(content(store)).isEqualTo(content(local));
    }
  }

  private static CommandRun invert(Store store, String image, String... more) {
    List<String> words =
        new ArrayList<>(List.of("transform", store.uri() + "/plate.zarr/" + image));
    words.addAll(List.of("--label=nuclei", "--transform=invert", "--in-place"));
    words.addAll(List.of(more));
    return CommandRun.within(spark, words.toArray(String[]::new));
  }

  @Test
  void aRunThatIsRefusedOnceLeavesAllOrNothingAndTheNextOneTheSameAsOnADisk() throws IOException {
    List<Refusal> refusals =
        List.of(
            new Refusal("B/03/0", S3Request.Kind.PUT, ".*/units/.*", Fault.expiredCredentials()),
            new Refusal(
                "B/03/1", S3Request.Kind.PUT, ".*/journal.json", Fault.preconditionFailed()),
            new Refusal("C/05/0", S3Request.Kind.COPY, ".*", Fault.expiredCredentials()),
            new Refusal("C/05/1", S3Request.Kind.DELETE, ".*lock", Fault.preconditionFailed()));
    Store local = LocalStore.at(folder.resolve("refused"));
    fill(local);
    Map<String, ByteBuffer> before = content(local);
    refusals.forEach(each -> assertThat(invert(local, each.image()).code()).isZero());
    Map<String, ByteBuffer> after = content(local);
    S3Server server = S3Server.shared();
    try (FaultProxy proxy = FaultProxy.before(server.endpoint())) {
      Store store =
          HadoopTestStores.onS3(server.newBucket(), S3Server.hadoopSettings(proxy.endpoint()));
      fill(store);
      for (Refusal refusal : refusals) {
        proxy.fail(refusal.once());
        CommandRun run = invert(store, refusal.image());
        assertThat(run.code()).as("%s: %s", refusal, run.out()).isNotZero();
        proxy.heal();
        done("recover", store.uri() + "/plate.zarr");
        assertThat(image(content(store), refusal.image()))
            .as("%s", refusal)
            .isIn(image(before, refusal.image()), image(after, refusal.image()));
        CommandRun next = invert(store, refusal.image(), "--resume");
        assertThat(next.code()).as("%s: %s", refusal, next.err()).isZero();
      }
      assertThat(content(store)).isEqualTo(after);
      proxy.fail(refusals.get(0).forGood());
      CommandRun run = invert(store, "B/03/0", "--again");
      proxy.heal();
      assertThat(run.code()).isNotZero();
      assertThat(run.err())
          .contains("the credentials have expired: renew them")
          .contains("submit.sh recover removes it");
      assertThat(image(content(store), "B/03/0")).isEqualTo(image(after, "B/03/0"));
    }
  }

  private static Map<String, ByteBuffer> image(Map<String, ByteBuffer> content, String image) {
    Map<String, ByteBuffer> of = new HashMap<>(content);
    of.keySet().removeIf(key -> !key.startsWith("plate.zarr/" + image));
    return of;
  }

  /** Inverting twice is nothing, so the pixels tell whether the runs that were through are even. */
  @Test
  void ofTwoRunsOnOneImageAtOnceEachIsWholeOrLockedOut() throws Exception {
    Store store = TestServer.S3.newStore();
    fill(store);
    List<Map<String, String>> states = new ArrayList<>(List.of(pixels(store)));
    assertThat(invert(store, "B/03/0", "--ids=1", "--no-pyramid").code()).isZero();
    states.add(pixels(store));
    assertThat(states.get(1)).isNotEqualTo(states.get(0)).hasSameSizeAs(states.get(0));
    List<String> words =
        List.of(
            "transform",
            store.uri() + "/plate.zarr/B/03/0",
            "--label=nuclei",
            "--transform=invert",
            "--ids=1",
            "--no-pyramid",
            "--in-place",
            "--again");
    int through = 1;
    for (int round = 0; round < 20; round++) {
      List<NotebookRun> runs =
          List.of(
              NotebookRun.start(SparkDriver.within(spark, ""), words),
              NotebookRun.start(SparkDriver.within(spark, ""), words));
      int before = through;
      for (NotebookRun run : runs) {
        through += run.exitCode() == 0 ? 1 : 0;
        assertThat(run.exitCode() == 0 || run.messages().contains("is locked by run"))
            .as("round %d: %s", round, run.messages())
            .isTrue();
      }
      assertThat(through).as("round %d", round).isGreaterThan(before);
      assertThat(pixels(store)).as("round %d", round).isEqualTo(states.get(through % 2));
    }
    JobHistory history = JobHistory.of(new StorePath(store, "plate.zarr/B/03/0")).orElseThrow();
    assertThat(history.jobs()).hasSize(through);
  }

  /** Tags of all but the metadata of the image, which tell of its jobs: they follow from bytes. */
  private static Map<String, String> pixels(Store store) {
    Map<String, String> pixels = new HashMap<>();
    store.statuses("").forEach((key, status) -> pixels.put(key, status.version()));
    pixels.remove("plate.zarr/B/03/0/zarr.json");
    return pixels;
  }

  @Test
  void whatADryRunSaysOfRequestsIsWhatTheServerSees() throws IOException {
    S3Server server = S3Server.shared();
    try (FaultProxy proxy = FaultProxy.before(server.endpoint())) {
      Store store =
          HadoopTestStores.onS3(server.newBucket(), S3Server.hadoopSettings(proxy.endpoint()));
      fill(store);
      String told = invert(store, "B/03/0", "--dry-run").out();
      proxy.forget();
      assertThat(invert(store, "B/03/0").code()).isZero();
      Map<S3Request.Kind, Long> values = counts(proxy, StoreCommandsTest::isOfArrays);
      long reads = values.get(S3Request.Kind.GET) + values.get(S3Request.Kind.RANGE_GET);
      Map<S3Request.Kind, Long> others = counts(proxy, request -> !isOfArrays(request));
      // One for each of three levels of the image and of the label image, and a look at all values.
      long lists = 7;
      // Staged units: the others of these requests are counted below.
      long writes = others.get(S3Request.Kind.PUT) - 7;
      assertThat(told)
          .contains(
              "requests GET %d, PUT %d, COPY %d, HEAD 0, LIST %d for pixels and labels"
                  .formatted(reads, writes, values.get(S3Request.Kind.COPY), lists));
      assertThat(values).hasSize(3);
      assertThat(others)
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  S3Request.Kind.GET, 38L,
                  S3Request.Kind.HEAD, 29L,
                  // the probe twice, lock, metadata and what they were, journal, metadata in place
                  S3Request.Kind.PUT, writes + 7,
                  // fingerprint of the label image, what is left of the run
                  S3Request.Kind.LIST, lists + 2,
                  // probe, lock, journal
                  S3Request.Kind.DELETE, 3L,
                  S3Request.Kind.BULK_DELETE, 1L));
      keepsNobodyOut(store, proxy);
    }
  }

  /** The server says of each creation that it has created the key, also of the second one. */
  private static void keepsNobodyOut(Store store, FaultProxy proxy) {
    AtomicInteger asked = new AtomicInteger();
    proxy.fail(
        request ->
            request.kind() == S3Request.Kind.PUT
                    && request.path().endsWith("/probe")
                    && asked.getAndIncrement() > 0
                ? Optional.of(new Fault.Answer(200, "OK"))
                : Optional.empty());
    Map<String, ByteBuffer> before = content(store);
    CommandRun refused = invert(store, "B/03/1");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("does not know conditional creation (If-None-Match)")
        .contains("say --no-lock if no other run works on these images");
    assertThat(content(store)).isEqualTo(before);
    int probes = asked.get();
    CommandRun apart = invert(store, "B/03/1", "--no-lock");
    assertThat(apart.code()).as(apart.err()).isZero();
    assertThat(asked).hasValue(probes);
    assertThat(image(content(store), "B/03/1")).isNotEqualTo(image(before, "B/03/1"));
  }

  /** Whether a request is for a value of the arrays of the image and its label image. */
  private static boolean isOfArrays(S3Request request) {
    boolean isRecorded = request.kind() == S3Request.Kind.RANGE_GET;
    return request
        .path()
        .matches(".*/plate.zarr/B/03/0/(labels/nuclei/)?\\d/" + (isRecorded ? ".*" : "c/.*"));
  }

  /** A run that takes longer than a minute says in between that it is at work: that is left out. */
  private static Map<S3Request.Kind, Long> counts(FaultProxy proxy, Predicate<S3Request> which) {
    return proxy.requests().stream()
        .filter(request -> !request.path().matches(".*/alive-\\d+"))
        .filter(which)
        .collect(Collectors.groupingBy(S3Request::kind, Collectors.counting()));
  }

  @ParameterizedTest
  @EnumSource
  void everyCommandLeavesTheSameInAStoreAsOnADisk(TestServer server) {
    Store store = server.newStore();
    fill(store);
    Map<String, ByteBuffer> there = work(store);
    assertThat(there.keySet()).isEqualTo(onDisk.keySet());
    there.forEach((key, value) -> assertThat(value).as(key).isEqualTo(onDisk.get(key)));
    if (server == TestServer.HDFS) {
      Optional.ofNullable(System.getenv("PYTHON")).ifPresent(python -> readCopy(python, there));
    }
  }

  /** What lay on the server, copied to a folder, is read by ngio and zarr-python. */
  private static void readCopy(String python, Map<String, ByteBuffer> content) {
    Store copy = LocalStore.at(folder.resolve("copied"));
    content.forEach(copy::write);
    String image = folder.resolve("copied/plate.zarr/B/03/0").toString();
    try {
      Process reading =
          new ProcessBuilder(
                  python, "-W", "ignore", "src/test/python/check_copied.py", image, "nuclei")
              .redirectErrorStream(true)
              .start();
      String said = new String(reading.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(reading.waitFor()).as(said).isZero();
      assertThat(said.lines()).hasSize(4).allMatch(line -> line.matches("\\S+ [1-9]\\d*"));
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(python + " could not be run", failure);
    }
  }
}
