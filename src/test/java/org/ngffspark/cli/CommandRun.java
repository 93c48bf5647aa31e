// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.spark.SparkDriver;

/** A command that was run in this process: its exit code and what it printed. */
record CommandRun(int code, String out, String err) {

  static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(List.of(arguments), new PrintWriter(out), new PrintWriter(err));
    return new CommandRun(code, out.toString(), err.toString());
  }

  /** A Spark for several commands, to be closed after them. */
  static JavaSparkContext spark() {
    return new JavaSparkContext(
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("test")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.driver.host", "127.0.0.1"));
  }

  /** Runs a command in a Spark that is there, as a notebook does. */
  static CommandRun within(JavaSparkContext spark, String... arguments) {
    NotebookRun run = NotebookRun.start(SparkDriver.within(spark, ""), List.of(arguments));
    try {
      return new CommandRun(run.exitCode(), run.output(), run.messages());
    } catch (Exception failure) {
      throw new AssertionError("The command did not come to its end", failure);
    }
  }
}
