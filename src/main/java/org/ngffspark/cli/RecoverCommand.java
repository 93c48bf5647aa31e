// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.ngffspark.commit.Recovery;
import org.ngffspark.commit.RecoveryReport;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings what a dead run left to one state. */
@Command(
    name = "recover",
    description = {
      "Brings images that a killed run left into one state: as before the run if it had not"
          + " reached its commit point, else as after it.",
      "Safe to repeat, to kill, and to run several times at once. Runs that are at work are left"
          + " alone."
    },
    exitCodeList = {
      "0:there is nothing left of any dead run",
      "1:some image is in use by a run that is, or may be, at work, or could not be recovered",
      "2:bad usage; nothing was touched"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./submit.sh recover plate.zarr --dry-run",
      "  ./submit.sh recover plate.zarr",
      "  ./submit.sh recover plate.zarr/B/03/0 --dead-run 20261101T020000-9f3a61c27b5e0d84"
    })
final class RecoverCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "INPUT",
      arity = "1..*",
      description = "An image, a plate or a well, or the place of one that was to be made.")
  List<String> inputs = new ArrayList<>();

  @Option(names = "--dry-run", description = "Only say what would be done.")
  boolean dryRun;

  @Option(
      names = "--dead-run",
      paramLabel = "ID",
      description =
          "A run of which you know that it is dead, for runs on other hosts, of which this cannot"
              + " be told from here. Repeatable.")
  Set<String> deadRuns = new LinkedHashSet<>();

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Recovery recovery =
        new Recovery(RunInfo.current("recover " + String.join(" ", inputs), Map.of()), deadRuns);
    List<StorePath> paths =
        inputs.stream().map(input -> StorePath.root(StoreLocations.open(input))).toList();
    boolean open = false;
    for (StorePath path : paths) {
      try {
        List<RecoveryReport> reports =
            dryRun ? recovery.inspectAll(path) : recovery.recoverAll(path);
        reports.forEach(out::println);
        open |= reports.stream().anyMatch(RecoveryReport::isOpen);
      } catch (StoreException | FormatException | IllegalArgumentException failure) {
        open = true;
        spec.commandLine().getErr().println(Main.program() + ": " + failure.getMessage());
      }
    }
    return (open ? ExitCode.SOME_FAILED : ExitCode.DONE).code();
  }
}
