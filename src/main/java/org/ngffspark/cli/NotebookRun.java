// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.ngffspark.job.Run;
import org.ngffspark.job.RunListener;
import org.ngffspark.report.RunCounts;
import org.ngffspark.spark.SparkDriver;

/** A command that runs in a Spark session of a notebook, and is watched from there. Thread-safe. */
public final class NotebookRun implements Host {
  private final SparkDriver spark;
  private final RunCounts counts = new RunCounts();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final FutureTask<Integer> work;
  private Optional<Run> run = Optional.empty();
  private boolean stopped;

  private NotebookRun(SparkDriver spark, List<String> words) {
    this.spark = spark;
    this.work =
        new FutureTask<>(
            () -> Main.run(words, new PrintWriter(out, true), new PrintWriter(err, true), this));
  }

  /**
   * Starts a command.
   *
   * @param words the command and its arguments
   */
  public static NotebookRun start(SparkDriver spark, List<String> words) {
    NotebookRun started = new NotebookRun(spark, List.copyOf(words));
    Thread thread = new Thread(started.work, "notebook-run");
    thread.setDaemon(true);
    thread.setContextClassLoader(NotebookRun.class.getClassLoader());
    thread.start();
    return started;
  }

  /** Whether the command has ended. */
  public boolean isDone() {
    return work.isDone();
  }

  /** Images and objects so far, as {@link RunCounts#json} has them. */
  public String progress() {
    return counts.json();
  }

  /** The exit code; waits for the end of the command. */
  public int exitCode() throws Exception {
    return work.get();
  }

  /** What the command said. */
  public String output() {
    return out.toString();
  }

  /** Its messages. */
  public String messages() {
    return err.toString();
  }

  /** Stops the run: what is not finished is undone. Returns when the command has ended. */
  public void stop() throws Exception {
    Optional<Run> begun;
    synchronized (this) {
      stopped = true;
      begun = run;
    }
    begun.ifPresent(Run::stop);
    work.get();
  }

  @Override
  public Optional<SparkDriver> running() {
    return Optional.of(spark);
  }

  @Override
  public List<RunListener> listeners() {
    return List.of(counts);
  }

  @Override
  public synchronized void began(Run begun) {
    run = Optional.of(begun);
    if (stopped) {
      begun.stop();
    }
  }
}
