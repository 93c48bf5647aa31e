// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.job.Estimate;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.Run;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunSettings;
import org.ngffspark.job.RunSettings.OnFailure;
import org.ngffspark.page.RunPage;
import org.ngffspark.report.EstimateText;
import org.ngffspark.report.Manifest;
import org.ngffspark.report.ProgressReport;
import org.ngffspark.report.RunListeners;
import org.ngffspark.report.RunSummary;
import org.ngffspark.spark.SparkDriver;
import org.ngffspark.zarr.store.StoreLocations;
import picocli.CommandLine.Model.CommandSpec;

/** One run on Spark as its user sees it: progress, manifest, summary, signals, exit code. */
final class RunSession {
  /** Width of the terminal that the progress is shown on; not set if it is none. */
  private static final String COLUMNS_PROPERTY = "ngffspark.columns";

  private final CommandSpec command;
  private final RunOptions options;
  private final List<String> places;
  private final Clock clock = Clock.systemUTC();

  /**
   * @param places inputs and outputs that the run may leave unfinished
   */
  RunSession(CommandSpec command, RunOptions options, List<String> places) {
    this.command = command;
    this.options = options;
    this.places = List.copyOf(places);
  }

  /**
   * Runs a task on Spark, or says what that would take.
   *
   * @param verb what is done to images, as {@code transformed}
   * @return the exit code
   */
  <M extends Serializable, V extends Serializable> int run(
      String verb, Inputs inputs, ObjectTask<M, V> task, RunSettings settings) {
    return run(verb, inputs, spark -> task, settings);
  }

  /** The same with a task that is made when Spark runs. */
  <M extends Serializable, V extends Serializable> int run(
      String verb,
      Inputs inputs,
      Function<SparkDriver, ObjectTask<M, V>> task,
      RunSettings settings) {
    if (settings.onFailure() == OnFailure.STOP) {
      inputs.requireReadable();
    }
    inputs
        .repeated()
        .forEach(
            image ->
                command
                    .commandLine()
                    .getErr()
                    .println(image + " is named by another path too, and done once"));
    ObjectNode record = CommandRecord.of(command, inputs);
    try (SparkDriver spark =
        Host.of(command)
            .running()
            .orElseGet(() -> SparkDriver.start("ngff-spark: " + settings.command()))) {
      Run run = spark.run(task.apply(spark), settings);
      if (options.dryRun) {
        return estimate(verb, run.estimate(inputs.refs()).plusProblems(inputs.unreadable()));
      }
      record
          .putObject("spark")
          .put("version", spark.version())
          .put("master", spark.master())
          .put("application", spark.application())
          .set("options", CommandRecord.value(spark.options()));
      return run(verb, inputs, run, record);
    }
  }

  private int estimate(String verb, Estimate estimate) {
    EstimateText.lines(estimate, verb).forEach(command.commandLine().getOut()::println);
    EstimateText.problems(estimate, verb).forEach(command.commandLine().getErr()::println);
    if (estimate.problems().isEmpty()) {
      return ExitCode.DONE.code();
    }
    return (estimate.images() == 0 ? ExitCode.USAGE : ExitCode.SOME_FAILED).code();
  }

  private int run(String verb, Inputs inputs, Run run, ObjectNode record) {
    Optional<UserFile> file = options.manifest(run.info());
    file.ifPresent(place -> requireApart("--manifest", place.location()));
    Optional<Manifest> manifest = file.map(place -> manifest(place, run, record));
    Optional<RunPage> page = page(run, inputs, record);
    RunSummary summary = new RunSummary(clock);
    boolean stopped;
    try (ProgressReport progress = progress(command.commandLine().getErr());
        StopHook hook = StopHook.register(run, places, progress, summary, command)) {
      List<RunListener> listeners = new ArrayList<>(List.of(progress, summary));
      listeners.addAll(Host.of(command).listeners());
      manifest.ifPresent(listeners::add);
      page.ifPresent(shown -> listeners.addAll(shown.listeners()));
      RunListener listener = inputs.telling(new RunListeners(listeners));
      stopped =
          recorded(
              manifest,
              page,
              () -> execute(run, inputs.refs(), listener, ticks(progress, page), hook));
    }
    return stopped
        ? ExitCode.SOME_FAILED.code()
        : report(verb, summary, file, page.map(RunPage::file));
  }

  /** Does something and ends its records, which a process that is told to end has to wait for. */
  private boolean recorded(
      Optional<Manifest> manifest, Optional<RunPage> page, BooleanSupplier work) {
    try {
      return work.getAsBoolean();
    } catch (RuntimeException refused) {
      manifest.ifPresent(lines -> lines.refused(String.valueOf(refused.getMessage())));
      page.ifPresent(lines -> lines.refused(String.valueOf(refused.getMessage())));
      throw refused;
    } finally {
      manifest.ifPresent(this::close);
      page.ifPresent(this::close);
    }
  }

  private Manifest manifest(UserFile file, Run run, ObjectNode record) {
    return file.local()
        .map(path -> Manifest.start(path, run.info(), record, clock))
        .orElseGet(() -> Manifest.start(file.stored(), run.info(), record, clock));
  }

  private Optional<RunPage> page(Run run, Inputs inputs, ObjectNode record) {
    options.report.ifPresent(folder -> requireApart("--report", folder.toString()));
    return options.report.map(
        folder ->
            RunPage.start(folder, run.info(), record, inputs.refs(), options.served(), clock));
  }

  /** A file among the chunks of an image would be read as one. */
  private void requireApart(String option, String manifest) {
    URI file = named(manifest);
    for (String place : places) {
      URI work = named(place);
      if ((file + "/").startsWith(work + "/")) {
        throw new IllegalArgumentException(
            option
                + " "
                + manifest
                + " lies in "
                + place
                + ", which the run works on; choose another place");
      }
    }
  }

  /** As the store names itself, which may know several schemes. */
  private static URI named(String place) {
    URI uri = StoreLocations.uri(place);
    return StoreLocations.isLocal(uri)
        ? StoreLocations.canonical(uri)
        : StoreLocations.open(StoreLocations.canonical(uri)).uri();
  }

  /**
   * Runs it.
   *
   * @return whether it was stopped from outside
   */
  private boolean execute(
      Run run, List<ImageRef> images, RunListener listener, List<Runnable> ticks, StopHook hook) {
    try (Ticker ticker = Ticker.of(ticks)) {
      Host.of(command).began(run);
      return hook.isStoppedDuring(() -> run.execute(images, listener));
    }
  }

  private static List<Runnable> ticks(ProgressReport progress, Optional<RunPage> page) {
    List<Runnable> ticks = new ArrayList<>(List.of(progress::tick));
    page.ifPresent(shown -> ticks.add(shown::tick));
    return ticks;
  }

  private static ProgressReport progress(PrintWriter err) {
    return Optional.ofNullable(Integer.getInteger(COLUMNS_PROPERTY))
        .map(columns -> ProgressReport.terminal(err, columns, Clock.systemUTC()))
        .orElseGet(() -> ProgressReport.plain(err, Clock.systemUTC()));
  }

  private void close(Manifest manifest) {
    try {
      manifest.close();
    } catch (UncheckedIOException incomplete) {
      command.commandLine().getErr().println(Main.program() + ": " + incomplete.getMessage());
    }
  }

  private void close(RunPage page) {
    try {
      page.close();
    } catch (UncheckedIOException incomplete) {
      command
          .commandLine()
          .getErr()
          .println(Main.program() + ": report: " + incomplete.getMessage());
    }
  }

  private int report(
      String verb, RunSummary summary, Optional<UserFile> manifest, Optional<Path> page) {
    PrintWriter out = command.commandLine().getOut();
    summary.lines(verb).forEach(out::println);
    manifest.ifPresent(file -> out.println("  manifest " + file));
    page.ifPresent(file -> out.println("  report " + file));
    out.flush();
    List<String> failures = summary.failures();
    if (failures.isEmpty()) {
      return ExitCode.DONE.code();
    }
    PrintWriter err = command.commandLine().getErr();
    failures.forEach(err::println);
    Main.sparkLog().ifPresent(log -> err.println("Spark's log: " + log));
    return ExitCode.SOME_FAILED.code();
  }
}
