// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import org.ngffspark.python.PythonSettings;
import org.ngffspark.spark.PythonRuntime;
import org.ngffspark.spark.SparkDriver;
import picocli.CommandLine.Option;

/** How functions of Python run that transform, measure or find objects. */
final class PythonOptions {
  @Option(
      names = "--python-memory",
      paramLabel = "BYTES",
      defaultValue = "0",
      description = "Memory that a process of Python may take. Default: no limit.")
  long memory;

  /**
   * Whether functions can be loaded before Spark starts. They cannot if their interpreter may come
   * with the run.
   */
  boolean isThere(Host host) {
    return host.running().isPresent() || !PythonRuntime.comesWithRun();
  }

  /** The Python of the driver, before Spark starts. */
  PythonSettings ofDriver(Host host) {
    return host.running().map(this::ofDriver).orElseGet(() -> PythonRuntime.ofDriver(memory));
  }

  /** The Python of the driver of a run. */
  PythonSettings ofDriver(SparkDriver spark) {
    return spark.pythonOfDriver(memory);
  }

  /** The Python of the executors of a run. */
  PythonSettings ofWorkers(SparkDriver spark) {
    return spark.pythonOfWorkers(memory);
  }
}
