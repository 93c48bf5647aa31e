// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.ngffspark.python.PythonSettings;

/**
 * The Python of a run, where users of PySpark expect it: {@code spark.pyspark.python}, then the
 * environment variable {@code PYSPARK_PYTHON}, then {@code python3}; on the driver first {@code
 * spark.pyspark.driver.python} and {@code PYSPARK_DRIVER_PYTHON}. A program of Python that starts
 * this one names itself with {@code NGFF_SPARK_PYTHON}, in place of {@code python3} on this
 * machine. What spark-submit was given with {@code --py-files}, {@code --files} and {@code
 * --archives} lies in the working directory of executors, and of a local run in a directory that
 * Spark makes.
 */
public final class PythonRuntime {
  private static final String PYTHON = "python3";
  static final String STARTER = "NGFF_SPARK_PYTHON";
  private static final String PYTHON_FILES = "spark.submit.pyFiles";
  private static final List<String> OTHER_FILES = List.of("spark.files", "spark.archives");

  private final SparkConf conf;
  private final Map<String, String> environment;
  private final long memoryBytes;

  /**
   * @param environment variables of the driver
   * @param memoryBytes address space that each process may take; 0 is without limit
   */
  PythonRuntime(SparkConf conf, Map<String, String> environment, long memoryBytes) {
    this.conf = conf;
    this.environment = environment;
    this.memoryBytes = memoryBytes;
  }

  /**
   * The Python of the driver, as spark-submit and the environment say; Spark need not run.
   *
   * @param memoryBytes address space that each process may take; 0 is without limit
   */
  public static PythonSettings ofDriver(long memoryBytes) {
    return new PythonRuntime(new SparkConf(), System.getenv(), memoryBytes).driver();
  }

  /** Whether the driver's interpreter may be one that comes with the run. */
  public static boolean comesWithRun() {
    return new PythonRuntime(new SparkConf(), System.getenv(), 0).hasFiles();
  }

  PythonSettings driver() {
    String interpreter =
        first(
            List.of(
                conf("spark.pyspark.driver.python"),
                conf("spark.pyspark.python"),
                variable("PYSPARK_DRIVER_PYTHON"),
                variable("PYSPARK_PYTHON"),
                variable(STARTER)));
    return new PythonSettings(interpreter, onDriver(), "", memoryBytes);
  }

  /**
   * The Python of the driver, which may be one of the run's files.
   *
   * @param files where the driver has the run's files
   */
  PythonSettings driver(Path files) {
    PythonSettings plain = driver();
    return hasFiles()
        ? new PythonSettings(plain.interpreter(), plain.paths(), files.toString(), memoryBytes)
        : plain;
  }

  private boolean hasFiles() {
    return OTHER_FILES.stream().anyMatch(key -> !conf.get(key, "").isEmpty());
  }

  /**
   * The Python that applies transforms.
   *
   * @param files where the driver has the run's files
   */
  PythonSettings workers(Path files) {
    Optional<String> named = conf("spark.pyspark.python").or(() -> variable("PYSPARK_PYTHON"));
    if (!isLocal()) {
      String interpreter = named.orElse(PYTHON);
      return new PythonSettings(interpreter, onExecutors(), "", memoryBytes);
    }
    String interpreter = named.or(() -> variable(STARTER)).orElse(PYTHON);
    String directory = hasFiles() ? files.toString() : "";
    return new PythonSettings(interpreter, onDriver(), directory, memoryBytes);
  }

  private boolean isLocal() {
    String master = conf.get("spark.master", "local[*]");
    return master.startsWith("local") && !master.startsWith("local-cluster");
  }

  /** Modules are in the directory of a file, or in an archive. */
  private List<String> onDriver() {
    Set<String> paths = new LinkedHashSet<>();
    for (String file : pythonFiles()) {
      Path path = Optional.of(local(file)).filter(Files::exists).orElseGet(() -> name(file));
      Path place = isModule(file) ? path.toAbsolutePath().getParent() : path.toAbsolutePath();
      paths.add(place.toString());
    }
    return List.copyOf(paths);
  }

  private List<String> onExecutors() {
    Set<String> paths = new LinkedHashSet<>();
    pythonFiles().forEach(file -> paths.add(isModule(file) ? "." : name(file).toString()));
    return List.copyOf(paths);
  }

  private List<String> pythonFiles() {
    return Arrays.stream(conf.get(PYTHON_FILES, "").split(","))
        .map(String::strip)
        .filter(file -> !file.isEmpty())
        .toList();
  }

  private static boolean isModule(String file) {
    return file.endsWith(".py");
  }

  private static Path local(String file) {
    return file.startsWith("file:") ? Path.of(URI.create(file).getPath()) : Path.of(file);
  }

  private static Path name(String file) {
    return Path.of(file.substring(file.lastIndexOf('/') + 1));
  }

  private Optional<String> conf(String key) {
    return Optional.of(conf.get(key, "")).filter(value -> !value.isBlank());
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static String first(List<Optional<String>> choices) {
    return choices.stream().flatMap(Optional::stream).findFirst().orElse(PYTHON);
  }
}
