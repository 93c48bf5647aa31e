// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ngffspark.page.BaseUrl;
import org.ngffspark.page.RunPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the page of a run afterwards. */
@Command(
    name = "report",
    description = {
      "Makes the page of the last run of a manifest: report.html, one file that opens from disk.",
      "Of a run with --report the manifest is DIR/run.jsonl, and samples.jsonl beside it holds its"
          + " pictures and histograms. Of any other manifest the page has what the manifest says, and"
          + " thumbnails of the images as they are now."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ./submit.sh report run.jsonl --to page"})
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MANIFEST", description = "The manifest of the run.")
  Path manifest;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Where the page goes. Default: beside the manifest.")
  Optional<Path> to = Optional.empty();

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description =
          "Where the input is served by http(s), of several inputs the folder that they lie in, for"
              + " links to viewers.")
  Optional<String> baseUrl = Optional.empty();

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Path folder = to.orElseGet(() -> manifest.toAbsolutePath().getParent());
    Path page = RunPage.write(manifest, folder, baseUrl.map(BaseUrl::new));
    spec.commandLine().getOut().println("Wrote " + page);
    return ExitCode.DONE.code();
  }
}
