// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.concurrent.Callable;
import org.ngffspark.apply.Companions;
import org.ngffspark.apply.Destination;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.job.Existing;
import org.ngffspark.project.ProjectTask;
import org.ngffspark.project.Projection;
import org.ngffspark.roi.AxisName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Projects images along an axis. */
@Command(
    name = "project",
    description = {
      "Writes a new image beside each input in which an axis has one pixel, and registers it in"
          + " its well.",
      "The type stays: sums saturate, means are cut to the integer. The new image has the channels,"
          + " pixel sizes and attributes of its source, its coarser levels made anew, and its tables,"
          + " with ROIs that have all of the axis; label images and their tables stay with the"
          + " source, unless --labels is given."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./submit.sh project plate.zarr",
      "  ./submit.sh project image.zarr --axis t --method mean --suffix Mean"
    })
final class ProjectCommand implements Callable<Integer> {
  @Mixin InputOptions input;
  @Mixin CommitChoices commit;
  @Mixin RunOptions run;

  @Option(
      names = "--axis",
      paramLabel = "z|c|t",
      defaultValue = "z",
      description = "The axis. Default: ${DEFAULT-VALUE}.")
  AxisName axis;

  @Option(
      names = "--method",
      paramLabel = "max|min|mean|sum|std",
      defaultValue = "max",
      description = "What becomes of the pixels along it. Default: ${DEFAULT-VALUE}.")
  Projection method;

  @Option(
      names = "--suffix",
      paramLabel = "NAME",
      defaultValue = "_mip",
      description = "What follows the name of the input. Default: ${DEFAULT-VALUE}.")
  String suffix;

  @Option(
      names = "--labels",
      description =
          "Project label images too, by the largest of the ids, with their masking ROI tables.")
  boolean labels;

  @Option(names = "--overwrite", description = "Replace an image that lies there.")
  boolean overwrite;

  @Mixin ResumeOption resume;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Inputs inputs = ResultOptions.sources(input, suffix, spec);
    Destination destination =
        new Destination.Sibling(
            suffix,
            overwrite ? Existing.REPLACE : Existing.REFUSE,
            labels ? Companions.LABELS : Companions.NONE);
    return new RunSession(spec, run, input.inputs)
        .run(
            "projected",
            inputs,
            new ProjectTask(method, axis, destination),
            run.settings(spec).withCommit(commit.options()).withRepeat(resume.repeat()));
  }
}
