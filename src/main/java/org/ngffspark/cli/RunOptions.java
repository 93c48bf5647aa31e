// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.job.RunSettings;
import org.ngffspark.job.RunSettings.OnFailure;
import org.ngffspark.job.RunSettings.Sampling;
import org.ngffspark.page.BaseUrl;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What every command that runs on Spark can be told about the run. */
final class RunOptions {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX").withZone(ZoneOffset.UTC);

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description =
          "Append a record of the run to this file: JSON lines, one for each image. %%t in its name"
              + " is when the run began. A URI names a new file in a store.")
  Optional<String> manifest = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Keep a page of the run there, report.html, to be opened from disk: what was done, plates,"
              + " histograms, pictures of a sample of objects. It can be reloaded while the run goes on.")
  Optional<Path> report = Optional.empty();

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description =
          "With --report: where the input is served by http(s), of several inputs the folder that"
              + " they lie in; each image then has links to viewers.")
  Optional<String> baseUrl = Optional.empty();

  @Option(
      names = "--job",
      paramLabel = "FILE.yaml",
      description =
          "Take options from this file: their long names without dashes as keys, 'inputs' for the"
              + " inputs. What is said here wins.")
  Optional<String> job = Optional.empty();

  @Option(
      names = "--fail-fast",
      description =
          "End the run at the first image that fails; images that are not done yet stay as they"
              + " were. Default: the others are done.")
  boolean failFast;

  @Option(
      names = "--dry-run",
      description = "Only print what would be read and written, and which images cannot be done.")
  boolean dryRun;

  /** The manifest of a run, with its start for {@code %t}, as 20261101T020000Z. */
  Optional<UserFile> manifest(RunInfo run) {
    if (manifest.filter(file -> file.equals("-")).isPresent()) {
      throw new IllegalArgumentException(
          "--manifest takes a file; for standard output say /dev/stdout");
    }
    return manifest.map(file -> new UserFile(file.replace("%t", TIME.format(run.start()))));
  }

  /**
   * Where the input is served.
   *
   * @throws IllegalArgumentException if it is no http(s) URL, or there is no page that links to it
   */
  Optional<BaseUrl> served() {
    if (baseUrl.isPresent() && report.isEmpty()) {
      throw new IllegalArgumentException(
          "--base-url " + baseUrl.get() + " goes with --report DIR, whose page has the links");
    }
    return baseUrl.map(BaseUrl::new);
  }

  /** How the run goes; errors are those of {@link #served}. */
  RunSettings settings(CommandSpec spec) {
    served();
    return RunSettings.of(CommandRecord.text(spec))
        .withOnFailure(failFast ? OnFailure.STOP : OnFailure.GO_ON)
        .withSampling(report.isPresent() ? Sampling.PAGE : Sampling.NONE);
  }
}
