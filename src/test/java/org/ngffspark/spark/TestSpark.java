// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.apply.TransformTask;
import org.ngffspark.history.Repeat;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunResult;
import org.ngffspark.job.RunSettings;

/**
 * Spark for the tests of one class, and how they run jobs on it. As a registered extension it
 * starts before the class and stops after it.
 */
final class TestSpark implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
  private final SparkConf conf;
  private JavaSparkContext context;

  private TestSpark(SparkConf conf) {
    this.conf = conf;
  }

  static TestSpark start(String master) {
    return start(master, Map.of());
  }

  static TestSpark start(String master, Map<String, String> settings) {
    TestSpark spark = on(master, settings);
    spark.context = new JavaSparkContext(spark.conf);
    return spark;
  }

  /** For the class that registers it. */
  static TestSpark on(String master) {
    return on(master, Map.of());
  }

  private static TestSpark on(String master, Map<String, String> settings) {
    SparkConf conf =
        new SparkConf()
            .setMaster(master)
            .setAppName("test")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.executor.extraClassPath", classPath())
            // As this JVM: they are over before more pays.
            .set("spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    settings.forEach(conf::set);
    return new TestSpark(conf);
  }

  @Override
  public void beforeAll(ExtensionContext test) {
    context = new JavaSparkContext(conf);
  }

  @Override
  public void afterAll(ExtensionContext test) {
    close();
  }

  /** Executors have a working directory of their own. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  JavaSparkContext context() {
    return context;
  }

  /**
   * Tells which tasks are at work from now on: those of a job that is given up end later than it.
   */
  TasksAtWork watch() {
    TasksAtWork tasks = new TasksAtWork(context.sc().listenerBus());
    context.sc().addSparkListener(tasks);
    return tasks;
  }

  /** How a run ended, and each of its images. */
  record Ended(RunResult result, List<ImageOutcome> images) {
    ImageOutcome only() {
      return images.get(0);
    }
  }

  Ended inPlace(TransformSpec spec, int tiles, ImageRef... images) {
    return run(spec, new Destination.InPlace(), Repeat.REFUSE, tiles, images);
  }

  /** Changes an image in place, which has to be done. */
  void change(Path image, TransformSpec spec, int tiles) {
    ImageOutcome outcome = inPlace(spec, tiles, new ImageRef(image.toUri(), "")).only();
    assertThat(outcome.state()).as(outcome.message()).isEqualTo(ImageOutcome.State.DONE);
  }

  /**
   * @param tiles into how many tiles images are cut at least; 0 to leave it to the job
   */
  Ended run(
      TransformSpec spec, Destination destination, Repeat repeat, int tiles, ImageRef... images) {
    return run(
        new TransformTask(spec, destination),
        RunSettings.of("test").withRepeat(repeat),
        tiles,
        images);
  }

  /** As {@link #run(TransformSpec, Destination, Repeat, int, ImageRef...)}, of any task. */
  <M extends Serializable, V extends Serializable> Ended run(
      ObjectTask<M, V> task, RunSettings settings, int tiles, ImageRef... images) {
    List<ImageOutcome> outcomes = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void ended(ImageOutcome outcome) {
            outcomes.add(outcome);
          }
        };
    RunResult result =
        new ObjectRun<>(context, task, settings)
            .withTiles(tiles)
            .execute(List.of(images), listener);
    return new Ended(result, outcomes);
  }

  @Override
  public void close() {
    context.close();
  }
}
