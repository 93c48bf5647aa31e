// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ngffspark.commit.Recovery;
import org.ngffspark.commit.RecoveryReport.Outcome;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.Run;
import org.ngffspark.report.ProgressReport;
import org.ngffspark.report.RunSummary;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Stops a run when the process is told to end (Ctrl-C, SIGTERM): undoes what is not committed and
 * says how things stand. The exit code is then that of the signal, 130 or 143.
 */
final class StopHook implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StopHook.class);

  /** Commits in flight are waited for; schedulers as a rule kill after 30 s. */
  private static final long PATIENCE_SECONDS = 20;

  private final Run run;
  private final List<String> places;
  private final ProgressReport progress;
  private final RunSummary summary;
  private final CommandSpec command;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "stop-hook");
  private volatile boolean stopping;

  private StopHook(
      Run run,
      List<String> places,
      ProgressReport progress,
      RunSummary summary,
      CommandSpec command) {
    this.run = run;
    this.places = places;
    this.progress = progress;
    this.summary = summary;
    this.command = command;
  }

  static StopHook register(
      Run run,
      List<String> places,
      ProgressReport progress,
      RunSummary summary,
      CommandSpec command) {
    StopHook hook = new StopHook(run, places, progress, summary, command);
    Runtime.getRuntime().addShutdownHook(hook.hook);
    return hook;
  }

  /**
   * Does something that the process may be told to end meanwhile. What then fails, as Spark is
   * ending too, is no news: how things stand is said here.
   *
   * @return whether the process was told to end
   */
  boolean isStoppedDuring(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failure) {
      if (!isShuttingDown()) {
        throw failure;
      }
      LOG.info("A run that was told to end", failure);
    }
    return stopping;
  }

  /** Spark's own hook may have begun before this one. */
  private boolean isShuttingDown() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException atWork) {
      stopping = true;
    }
    return stopping;
  }

  private void stop() {
    stopping = true;
    progress.close();
    PrintWriter err = command.commandLine().getErr();
    // Spark's threads, whose pools are being closed, print traces that say nothing of the images.
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    err.println(Main.program() + ": stopping …");
    err.flush();
    try {
      run.stop();
      boolean quiet = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      err.println(state(quiet));
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
      err.println(state(false));
    } catch (RuntimeException failure) {
      err.println(Main.program() + ": could not clean up: " + failure.getMessage());
      err.println(state(false));
    }
    err.flush();
  }

  /** What holds now, and what to do about it. */
  private String state(boolean quiet) {
    long done = summary.count(State.DONE) + summary.count(State.DONE_BEFORE);
    String images =
        Main.program() + ": stopped, " + done + (done == 1 ? " image" : " images") + " done";
    if (!quiet || isLeftUnfinished()) {
      return images
          + ", others unfinished; run: "
          + Main.program()
          + " recover "
          + String.join(" ", places);
    }
    return images + ", all others are as they were";
  }

  private boolean isLeftUnfinished() {
    Recovery recovery = new Recovery(RunInfo.current("inspect", Map.of()), Set.of());
    return places.stream()
        .map(place -> StorePath.root(StoreLocations.open(place)))
        .flatMap(place -> recovery.inspectAll(place).stream())
        .anyMatch(report -> report.outcome() != Outcome.NOTHING);
  }

  /** The run has ended by itself, or has seen that it was stopped. */
  @Override
  public void close() {
    ended.countDown();
    isShuttingDown();
  }
}
