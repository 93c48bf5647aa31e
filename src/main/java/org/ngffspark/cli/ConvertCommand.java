// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ngffspark.apply.Companions;
import org.ngffspark.convert.ConvertTask;
import org.ngffspark.convert.ConvertedPlate;
import org.ngffspark.convert.Crop;
import org.ngffspark.convert.GridChoice;
import org.ngffspark.convert.OutputCodec;
import org.ngffspark.convert.OutputForm;
import org.ngffspark.convert.OutputLayout;
import org.ngffspark.convert.PixelChoice;
import org.ngffspark.convert.TypeChange;
import org.ngffspark.convert.Unkept;
import org.ngffspark.convert.Verification;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.job.Existing;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Copies images into another format. */
@Command(
    name = "convert",
    description = {
      "Copies images and plates with their labels and tables into another version of OME-NGFF, or"
          + " into N5, with other chunks, shards or codecs. Pixels, attributes and channels stay.",
      "Each chunk or shard is written once. Each image is there wholly or not at all."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./submit.sh convert plate.zarr --format 0.5 --to plate5.zarr",
      "  ./submit.sh convert image.zarr --format 0.5 --chunks 1,512,512 --shards 16,2048,2048"
          + " --codec zstd --to sharded.zarr",
      "  ./submit.sh convert volume.n5/setup0/timepoint0 --format 0.4 --to volume.zarr"
    })
final class ConvertCommand implements Callable<Integer> {
  @Mixin InputOptions input;
  @Mixin CommitChoices commit;
  @Mixin RunOptions run;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "URI",
      description = "The new image or plate; of several inputs the folder that they go to.")
  String to;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "0.4|0.5|0.6|n5",
      description = "What is written.")
  String format;

  @Option(
      names = "--chunks",
      paramLabel = "auto|keep|[Z,]Y,X",
      defaultValue = "auto",
      description =
          "Lengths of a chunk on the last axes, 1 on those before. auto: with --format 0.5 or 0.6 about 1"
              + " MB of pixels where the input has no shards, else as they are.")
  String chunks;

  @Option(
      names = "--shards",
      paramLabel = "auto|keep|none|[Z,]Y,X",
      defaultValue = "auto",
      description =
          "With --format 0.5 or 0.6: lengths of a shard, made whole chunks. auto: up to 256 MB of pixels"
              + " where the input has none, else as they are.")
  String shards;

  @Option(
      names = "--codec",
      paramLabel = "NAME",
      defaultValue = "keep",
      description =
          "blosc-lz4, blosc-zstd, zstd, gzip, none, or keep: that of the input where the format"
              + " stays, else that of the format. Default: ${DEFAULT-VALUE}.")
  String codec;

  @Option(
      names = "--channels",
      paramLabel = "C",
      split = ",",
      description =
          "These channels only, in this order, by index, label or wavelength. Default: all.")
  List<String> channels = new ArrayList<>();

  @Option(
      names = "--levels",
      paramLabel = "N",
      defaultValue = "0",
      description = "The finest N levels only, of labels too. Default: all.")
  int levels;

  @Option(
      names = "--crop",
      paramLabel = "AXIS=FROM:TO,…[um]",
      defaultValue = "",
      description =
          "This part only, as y=100:612,x=200:712: pixels of the finest level, or world units with"
              + " um at the end; labels and tables of regions too. Widened to whole pixels of the"
              + " coarsest level. Default: all.")
  String crop;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      defaultValue = "keep",
      description =
          "Type of the pixels of images, as uint8: values are rounded, and cut to its range. Label"
              + " images keep theirs. Default: ${DEFAULT-VALUE}.")
  String type;

  @Option(
      names = "--rescale",
      paramLabel = "LOW:HIGH",
      defaultValue = "",
      description =
          "With --dtype: values from LOW to HIGH are spread over 0 to the largest value of the"
              + " type, to 1 in floats; the windows of channels too.")
  String rescale;

  @Option(names = "--no-copy-labels", description = "Leave out labels and tables.")
  boolean noCopyLabels;

  @Option(names = "--no-copy-tables", description = "Leave out tables.")
  boolean noCopyTables;

  @Option(names = "--overwrite", description = "Replace images that lie there.")
  boolean overwrite;

  @Option(
      names = "--lenient",
      description =
          "Leave out what has no place in the format, and say so in the manifest, where an image"
              + " would fail.")
  boolean lenient;

  @Option(
      names = "--verify",
      description = "Read what was written back, and compare it, before an image is committed.")
  boolean verify;

  @Mixin ResumeOption resume;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    OutputForm form = OutputForm.of(format);
    OutputLayout layout =
        new OutputLayout(form, GridChoice.of(chunks), GridChoice.of(shards), OutputCodec.of(codec));
    Inputs inputs = input.resolve();
    URI place = StoreLocations.canonical(StoreLocations.uri(to));
    ConvertTask task =
        new ConvertTask(
            layout,
            new PixelChoice(channels, levels, TypeChange.of(type, rescale), Crop.parse(crop)),
            place,
            inputs.folders(),
            companions(),
            lenient ? Unkept.NOTED : Unkept.REFUSED,
            overwrite ? Existing.REPLACE : Existing.REFUSE,
            verify ? Verification.READ_BACK : Verification.NONE,
            ConvertTask.MEMORY);
    List<String> places = new ArrayList<>(input.inputs);
    places.add(to);
    int code =
        new RunSession(spec, run, places)
            .run(
                "converted",
                inputs,
                task,
                run.settings(spec).withCommit(commit.options()).withRepeat(resume.repeat()));
    if (!run.dryRun && code != ExitCode.USAGE.code() && input.inputs.size() == 1) {
      StorePath from = input.resolver().named(input.inputs.get(0)).open();
      ConvertedPlate.write(from, StorePath.root(StoreLocations.open(place)), form, companions());
    }
    return code;
  }

  private Companions companions() {
    if (noCopyLabels) {
      return Companions.NONE;
    }
    return noCopyTables ? Companions.LABELS : Companions.LABELS_AND_TABLES;
  }
}
