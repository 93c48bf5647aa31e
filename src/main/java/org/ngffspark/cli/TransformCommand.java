// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.concurrent.Callable;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.apply.TransformSpecBuilder;
import org.ngffspark.apply.TransformTask;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.job.PixelTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs a transform on every object. */
@Command(
    name = "transform",
    description = {
      "Runs a transform on every object of a label image and writes the object's pixels.",
      "Each image is changed as a whole or not at all; one that fails does not stop the others."
          + " Every object is read as it was before the run."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./submit.sh transform image.zarr --label nuclei --transform gamma --param gamma=0.5"
          + " --output new.zarr",
      "  ./submit.sh transform plate.zarr --well B/03 --label nuclei --channel DAPI \\",
      "      --transform gaussian-blur --param sigma=1.5 --zoom 1.2 --suffix Smooth",
      "  ./submit.sh transform image.zarr --label nuclei --on-label wf_2_labels \\",
      "      --transform clear --ids 5,9,100-200 --in-place",
      "  ./submit.sh transform image.zarr --label nuclei --transform mine.py:halve --suffix Half",
      "  ./submit.sh --jars mine.jar -- transform image.zarr --label nuclei \\",
      "      --transform com.example.Deconvolve --param rounds=10 --suffix Sharp",
      "  ./submit.sh --master spark://host:7077 -- transform --job conf/nightly.yaml"
    })
final class TransformCommand implements Callable<Integer> {
  @Mixin InputOptions input;
  @Mixin ObjectOptions objects;
  @Mixin TransformOptions transform;
  @Mixin ResultOptions result;
  @Mixin CommitChoices commit;
  @Mixin RunOptions run;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    transform.check(Host.of(spec));
    PixelTarget pixels = objects.pixels();
    TransformSpecBuilder what = what(pixels);
    Inputs inputs = result.sources(input, spec);
    Destination destination = result.destination(inputs.images().size(), pixels);
    return new RunSession(spec, run, result.places(input, destination))
        .run(
            "transformed",
            inputs,
            spark -> new TransformTask(what.with(transform.steps(spark)).build(), destination),
            run.settings(spec).withCommit(commit.options()).withRepeat(result.repeat()));
  }

  /** What is done with each object, but the transforms; checked as far as that needs no image. */
  private TransformSpecBuilder what(PixelTarget pixels) {
    return TransformSpec.on(objects.label)
        .objects(objects.choice())
        .pixels(pixels)
        .write(result.write())
        .pyramid(result.pyramid())
        .onError(transform.onError)
        .noPixels(transform.noPixels())
        .maxObjectBytes(result.maxObjectBytes)
        .objectTimeout(transform.objectTimeout);
  }
}
