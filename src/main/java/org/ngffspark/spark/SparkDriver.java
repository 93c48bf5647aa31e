// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.hadoop.HadoopUser;
import org.ngffspark.job.EngineException;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.RunSettings;
import org.ngffspark.python.PythonSettings;
import scala.Tuple2;

/**
 * The driver's connection to Spark, made in one place. What spark-submit or system properties say
 * counts; without a master the cores of this machine do the work, reachable from it alone.
 */
public final class SparkDriver implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String REDACTION = "spark.redaction.regex";
  // Spark's default of it.
  private static final String SECRETS = "(?i)secret|password|token|access[.]?key";
  private static final String HIDDEN = "(hidden)";
  private static final String MAIN_CLASS = "org.ngffspark.cli.Main";
  // Of the 253 characters of a pod's name Spark takes up to 33 for numbers.
  private static final int IN_PODS = 200;
  private static final String ONE_PROCESS = "local(\\[.*])?";

  private final JavaSparkContext spark;
  private final Map<String, String> environment;
  private final boolean isOwn;

  private SparkDriver(JavaSparkContext spark, Map<String, String> environment, boolean isOwn) {
    this.spark = spark;
    this.environment = environment;
    this.isOwn = isOwn;
  }

  /**
   * Starts Spark.
   *
   * @param name of the application, as Spark's pages show it, unless it was given one
   * @throws EngineException if Spark does not start
   */
  public static SparkDriver start(String name) {
    HadoopUser.logInNameless();
    SparkConf conf = configuration(name);
    StandaloneMasters.of(conf.get("spark.master")).requireAnswer(conf);
    try {
      JavaSparkContext spark = new JavaSparkContext(conf);
      if (!spark.sc().isStopped()) {
        return new SparkDriver(spark, System.getenv(), true);
      }
    } catch (RuntimeException failure) {
      throw new EngineException(notStarted(conf) + ": " + failure, failure);
    }
    throw new EngineException(notStarted(conf) + ": it gave up while it started");
  }

  private static String notStarted(SparkConf conf) {
    return "Spark did not start with master " + conf.get("spark.master");
  }

  private static SparkConf configuration(String name) {
    SparkConf conf = new SparkConf();
    // spark-submit calls an application that has no name by its main class.
    if (conf.get("spark.app.name", MAIN_CLASS).equals(MAIN_CLASS)) {
      conf.setAppName(applicationName(name, conf.get("spark.master", "")));
    }
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    // Heartbeats tell how far tasks are.
    conf.setIfMissing("spark.executor.heartbeatInterval", "1s");
    if (conf.get("spark.master").startsWith("local")) {
      conf.setIfMissing("spark.ui.enabled", "false");
      conf.setIfMissing("spark.driver.host", LOOPBACK);
      conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
    }
    if (conf.get("spark.master").matches(ONE_PROCESS)) {
      // Spark then makes a secret of its own, without which its ports answer nobody: other users
      // of this machine could have objects of theirs deserialized here.
      conf.setIfMissing("spark.authenticate", "true");
    }
    return conf;
  }

  /** On Kubernetes pods are called by it, and names of pods have an end. */
  static String applicationName(String name, String master) {
    return master.startsWith("k8s:") ? name.substring(0, Math.min(name.length(), IN_PODS)) : name;
  }

  /**
   * Uses a Spark that others have started, and will stop.
   *
   * @param python the interpreter of the program that has started it
   */
  public static SparkDriver within(JavaSparkContext spark, String python) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put(PythonRuntime.STARTER, python);
    StoreSettings.of(spark.getConf()).makeKnown();
    return new SparkDriver(spark, environment, false);
  }

  /** A run of a task over images. */
  public <M extends Serializable, V extends Serializable> ObjectRun<M, V> run(
      ObjectTask<M, V> task, RunSettings settings) {
    return new ObjectRun<>(spark, task, settings);
  }

  /**
   * The Python of this run on the driver.
   *
   * @param memoryBytes address space that each process may take; 0 is without limit
   */
  public PythonSettings pythonOfDriver(long memoryBytes) {
    return python(memoryBytes).driver(files());
  }

  /**
   * The Python that applies transforms in this run.
   *
   * @param memoryBytes address space that each process may take; 0 is without limit
   */
  public PythonSettings pythonOfWorkers(long memoryBytes) {
    return python(memoryBytes).workers(files());
  }

  private PythonRuntime python(long memoryBytes) {
    return new PythonRuntime(spark.getConf(), environment, memoryBytes);
  }

  private static Path files() {
    return Path.of(SparkFiles.getRootDirectory());
  }

  /** The version of Spark that runs. */
  public String version() {
    return spark.version();
  }

  /** The master, as {@code local[*]}. */
  public String master() {
    return spark.master();
  }

  /** What Spark calls this application, as {@code app-20261101020000-0007}. */
  public String application() {
    return spark.sc().applicationId();
  }

  /**
   * Spark's options by name, as they are set. Secrets are left out, by the pattern with which Spark
   * hides them on its own pages.
   */
  public SortedMap<String, String> options() {
    Pattern secret = Pattern.compile(spark.getConf().get(REDACTION, SECRETS));
    SortedMap<String, String> options = new TreeMap<>();
    for (Tuple2<String, String> option : spark.getConf().getAll()) {
      boolean isSecret = secret.matcher(option._1()).find() || secret.matcher(option._2()).find();
      options.put(option._1(), isSecret ? HIDDEN : option._2());
    }
    return options;
  }

  @Override
  public void close() {
    if (isOwn) {
      spark.close();
    }
  }
}
