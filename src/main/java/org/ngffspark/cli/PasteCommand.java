// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.apply.TransformSpec.WriteMode;
import org.ngffspark.apply.TransformTask;
import org.ngffspark.crops.CropTask.Around;
import org.ngffspark.crops.PastedFiles;
import org.ngffspark.crops.PastedFormat;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.zarr.store.StoreLocations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes files that were cut out of images back into them. */
@Command(
    name = "paste",
    description = {
      "Writes the files that crops has made, changed by any program since, back into the pixels of"
          + " their objects. Level, channels, zoom and table are those of crops, which stand in"
          + " index.csv beside the files.",
      "A file has the shape of the one that crops made. Values that the image cannot hold are"
          + " rounded half to even and saturate. Objects without a line in index.csv keep their"
          + " pixels; each image is changed as a whole or not at all.",
      "What crops wrote as TIFF is read as it may be saved by Fiji, all planes in one file. Of another"
          + " program, --format tiff reads grey files of 8 or 16 bits or floats, one for each plane"
          + " like those of PNG; --format hyperstack files with all planes of an object."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./submit.sh crops image.zarr --label nuclei --channel DAPI --to crops",
      "  python sharpen.py crops/*.npy",
      "  ./submit.sh paste image.zarr --label nuclei --from crops --suffix Sharp"
    })
final class PasteCommand implements Callable<Integer> {
  @Mixin InputOptions input;
  @Mixin ResultOptions result;
  @Mixin CommitChoices commit;
  @Mixin RunOptions run;

  @Option(
      names = "--label",
      required = true,
      paramLabel = "NAME",
      description = "The label image that held the objects.")
  String label;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DIR",
      description = "Where crops put the files, with its index.csv.")
  String from;

  @Option(
      names = "--format",
      paramLabel = "npy|png|tiff|hyperstack",
      description = "What files are read. Default: those that crops wrote.")
  Optional<PastedFormat> format = Optional.empty();

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Inputs inputs = result.sources(input, spec);
    URI directory = StoreLocations.canonical(StoreLocations.uri(from));
    PastedFiles files = PastedFiles.in(directory, inputs.folders(), format);
    TransformSpec what = what(files, directory);
    Destination destination = result.destination(inputs.images().size(), what.pixels());
    return new RunSession(spec, run, result.places(input, destination))
        .run(
            "changed",
            inputs,
            new TransformTask(what, destination),
            run.settings(spec).withCommit(commit.options()).withRepeat(result.repeat()));
  }

  private TransformSpec what(PastedFiles files, URI directory) {
    if (!files.cut().label().equals(label)) {
      throw new IllegalArgumentException(
          "The files in "
              + from
              + " were cut by label '"
              + files.cut().label()
              + "', not '"
              + label
              + "'");
    }
    if (result.write() == WriteMode.WHOLE_BOX && files.cut().around() == Around.ZERO) {
      throw new IllegalArgumentException(
          "The files in "
              + from
              + " were cut with --masked, and are 0 outside their objects;"
              + " --unmasked would write that");
    }
    Map<String, String> parameters = new HashMap<>();
    parameters.put("from", directory.toString());
    parameters.put("files", files.fingerprint());
    return TransformSpec.on(label)
        .with(files.transform(), "paste", parameters)
        .objects(files.cut().choice(files.ids()))
        .pixels(files.cut().pixels())
        .write(result.write())
        .pyramid(result.pyramid())
        .maxObjectBytes(result.maxObjectBytes)
        .build();
  }
}
