// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.concurrent.Callable;
import org.ngffspark.boxes.BoxTask;
import org.ngffspark.job.OnError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the boxes of objects as a table. */
@Command(
    name = "rois",
    description = {
      "Finds the box of every object in a label image, in one pass, and writes them as a masking ROI"
          + " table, which transform and crops then use.",
      "The table is there wholly or not at all."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./submit.sh rois plate.zarr --label nuclei --table nuclei_ROI_table",
      "  ./submit.sh rois image.zarr --label nuclei --table nuclei_ROI_table --overwrite"
          + " --backend csv"
    })
final class RoisCommand implements Callable<Integer> {
  @Mixin InputOptions input;
  @Mixin IdOptions ids;
  @Mixin CommitChoices commit;
  @Mixin RunOptions run;
  @Mixin ResumeOption resume;

  @Option(
      names = "--label",
      required = true,
      paramLabel = "NAME",
      description = "The label image that holds the objects.")
  String label;

  @Option(
      names = "--table",
      required = true,
      paramLabel = "NAME",
      description = "The name of the table.")
  String table;

  @Option(
      names = "--on-error",
      paramLabel = "fail|skip",
      defaultValue = "fail",
      description =
          "Taken so that one job file serves all commands. Boxes follow from the label image alone, so"
              + " no object fails by itself.")
  OnError onError;

  @Mixin TableOptions tables;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    return new RunSession(spec, run, input.inputs)
        .run(
            "given a table",
            input.resolve(label, spec.commandLine().getErr()),
            new BoxTask(label, ids.labels(), table, tables.backend, tables.existing()),
            run.settings(spec).withCommit(commit.options()).withRepeat(resume.repeat()));
  }
}
