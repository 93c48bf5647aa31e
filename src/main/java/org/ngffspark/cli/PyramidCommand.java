// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.concurrent.Callable;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.pyramid.PyramidTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Rebuilds coarser levels. */
@Command(
    name = "pyramid",
    description = {
      "Rebuilds the coarser levels of images from the finest one, or makes them.",
      "Images are averaged, label images take the nearest pixel. Each image is changed as a whole"
          + " or not at all."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./submit.sh pyramid plate.zarr",
      "  ./submit.sh pyramid image.zarr --levels 5",
      "  ./submit.sh pyramid plate.zarr --label nuclei"
    })
final class PyramidCommand implements Callable<Integer> {
  @Mixin InputOptions input;
  @Mixin CommitChoices commit;
  @Mixin RunOptions run;

  @Option(
      names = "--label",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The levels of this label image. Default: those of the image.")
  String label;

  @Option(
      names = "--levels",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Have at least so many levels, each half as long in y and x as the one before it."
              + " Default: those there are.")
  int levels;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PixelTarget pixels = label.isEmpty() ? PixelTarget.image() : new PixelTarget.OfLabel(label, 0);
    return new RunSession(spec, run, input.inputs)
        .run(
            "rebuilt",
            input.resolve(),
            new PyramidTask(pixels, levels),
            run.settings(spec).withCommit(commit.options()));
  }
}
