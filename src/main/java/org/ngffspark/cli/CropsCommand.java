// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.ngffspark.crops.CropFormat;
import org.ngffspark.crops.CropTask;
import org.ngffspark.crops.CropTask.Around;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.zarr.store.StoreLocations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes each object into a file. */
@Command(
    name = "crops",
    description = {
      "Writes the pixels of every object into a file: DIR/<label id>.npy, for a plate"
          + " DIR/<path of the image in the plate>/<label id>.npy, for several inputs with the"
          + " name of the input before that. Axes are as on disk.",
      "PNG files are grey, one for each plane of y and x: <label id>.png, or <label id>_c0_z3.png"
          + " where there are several planes. They have 8 bits for uint8 and bool, else 16; pixels"
          + " that do not fit are an error.",
      "Files that are there are replaced. index.csv beside them says what each is; paste reads it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./submit.sh crops image.zarr --label nuclei --to crops",
      "  ./submit.sh crops plate.zarr --label nuclei --masked --zoom 1.5 --channel DAPI"
          + " --to crops --format png",
      "  ./submit.sh crops image.zarr --label nuclei --on-label wf_2_labels --ids 5,9,100-200"
          + " --to crops"
    })
final class CropsCommand implements Callable<Integer> {
  @Mixin InputOptions input;
  @Mixin ObjectOptions objects;
  @Mixin RunOptions run;

  @Option(names = "--to", required = true, paramLabel = "DIR", description = "Where files go.")
  String to;

  @Option(
      names = "--format",
      paramLabel = "npy|png",
      defaultValue = "npy",
      description = "What files are written. Default: ${DEFAULT-VALUE}.")
  CropFormat format;

  @Option(names = "--masked", description = "Zero outside the object.")
  boolean masked;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Inputs inputs = input.resolve();
    CropTask task =
        new CropTask(
            objects.choice(),
            objects.pixels(),
            masked ? Around.ZERO : Around.KEPT,
            format,
            StoreLocations.canonical(StoreLocations.uri(to)),
            inputs.folders());
    return new RunSession(spec, run, List.of()).run("cut", inputs, task, run.settings(spec));
  }
}
