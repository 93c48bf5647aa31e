// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectChoice.TableChoice;
import org.ngffspark.labels.SegmentTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds objects and writes them as a label image. */
@Command(
    name = "segment",
    description = {
      "Finds objects in one channel, inside each object of a label image or in the whole image, and"
          + " writes them as a new label image with its pyramid and a masking ROI table.",
      "Inside objects each time point and each object is looked at by itself; the table names the"
          + " object that each new one lies in, parent_label.",
      "The label image is there wholly or not at all. Ids count from 1, by the id of the object"
          + " they lie in, then in the order of first pixels."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./submit.sh segment plate.zarr --label cells --channel GFP --method otsu --smooth 1 \\",
      "      --min-size 20 --to spots",
      "  ./submit.sh segment plate.zarr --channel DAPI --method li --smooth 2 --fill-holes \\",
      "      --split watershed --peak-distance 10 --to nuclei",
      "  ./submit.sh segment plate.zarr --label cells --channel GFP --method mask \\",
      "      --split watershed --to parts",
      "  ./submit.sh segment plate.zarr --channel DAPI --finder bumps.py:bumps --halo 4 --to bumps"
    })
final class SegmentCommand implements Callable<Integer> {
  @Mixin InputOptions input;

  @Option(
      names = "--label",
      paramLabel = "NAME",
      description =
          "The label image whose objects are looked into. Default: the whole image is looked at.")
  Optional<String> label = Optional.empty();

  @Option(
      names = "--channel",
      paramLabel = "CHANNEL",
      description = "The channel by index, label or wavelength. Default: that of images with one.")
  List<String> channels = new ArrayList<>();

  @Mixin IdOptions ids;
  @Mixin SegmentOptions segment;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "NAME",
      description = "The name of the new label image.")
  String to;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description =
          "The name of its masking ROI table. Default: that of the label image and _ROI_table.")
  Optional<String> table = Optional.empty();

  @Mixin TableOptions tables;
  @Mixin CommitChoices commit;
  @Mixin RunOptions run;

  @Mixin ResumeOption resume;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    segment.check(parents(), Host.of(spec));
    return new RunSession(spec, run, input.inputs)
        .run(
            "segmented",
            label.isPresent()
                ? input.resolve(label.get(), spec.commandLine().getErr())
                : input.resolve(),
            spark ->
                new SegmentTask(
                    segment.search(parents(), spark),
                    channels,
                    to,
                    table.orElse(to + "_ROI_table"),
                    tables.backend,
                    tables.existing()),
            run.settings(spec).withCommit(commit.options()).withRepeat(resume.repeat()));
  }

  private Optional<ObjectChoice> parents() {
    if (label.isEmpty() && !(ids.ids.isEmpty() && ids.idsFiles.isEmpty())) {
      throw new IllegalArgumentException("--ids and --ids-file choose objects of --label");
    }
    return label.map(
        name -> ObjectChoice.all(name, new TableChoice.Automatic()).only(ids.labels()));
  }
}
