// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.Run;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.WorkCount;
import org.ngffspark.report.RunCounts;
import org.ngffspark.spark.SparkDriver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that runs one command. A program that has started it may ask by environment variables
 * for lines of JSON about the progress ({@code NGFF_SPARK_PROGRESS=json}), and to be stopped at the
 * end of its input ({@code NGFF_SPARK_STOP=input}), which comes also when that program is killed.
 */
final class ProcessHost implements Host {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessHost.class);
  private static final long EVERY_NANOS = 100_000_000;

  private final Map<String, String> environment;
  private final PrintWriter err;

  /**
   * @param err takes the lines about the progress
   */
  ProcessHost(Map<String, String> environment, PrintWriter err) {
    this.environment = environment;
    this.err = err;
  }

  /** Ends the process at the end of the input, as a signal would, if that was asked for. */
  void watch(InputStream input) {
    if ("input".equals(environment.get("NGFF_SPARK_STOP"))) {
      Thread watcher = new Thread(() -> endAfter(input), "end-of-input");
      watcher.setDaemon(true);
      watcher.start();
    }
  }

  private static void endAfter(InputStream input) {
    try {
      input.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException broken) {
      LOG.info("The input cannot be read any more, which is taken for its end", broken);
    }
    Runtime.getRuntime().exit(ExitCode.SOME_FAILED.code());
  }

  @Override
  public Optional<SparkDriver> running() {
    return Optional.empty();
  }

  @Override
  public List<RunListener> listeners() {
    return "json".equals(environment.get("NGFF_SPARK_PROGRESS"))
        ? List.of(new ProgressLines())
        : List.of();
  }

  @Override
  public void began(Run run) {
    // It is stopped by the end of the process.
  }

  /** Prints the counts when they change, not too often. */
  private final class ProgressLines implements RunListener {
    private final RunCounts counts = new RunCounts();
    private long printed;

    @Override
    public void planned(long images, long objects) {
      counts.planned(images, objects);
      print();
    }

    @Override
    public void progressed(WorkCount work) {
      counts.progressed(work);
      if (System.nanoTime() - printed >= EVERY_NANOS) {
        print();
      }
    }

    @Override
    public void ended(ImageOutcome outcome) {
      counts.ended(outcome);
      print();
    }

    private void print() {
      err.println(counts.json());
      err.flush();
      printed = System.nanoTime();
    }
  }
}
