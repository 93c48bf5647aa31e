// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.apply.TransformTask;
import org.ngffspark.history.Repeat;
import org.ngffspark.job.ImageRef;
import org.ngffspark.transform.Transforms;
import org.ngffspark.zarr.store.StoreLocations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      "      --transform gaussian-blur --param sigma=1.5 --zoom 1.2 --suffix _smooth",
      "  ./submit.sh transform image.zarr --label nuclei --on-label wf_2_labels \\",
      "      --transform clear --ids 5,9,100-200 --in-place",
      "  ./submit.sh --jars mine.jar -- transform image.zarr --label nuclei \\",
      "      --transform com.example.Deconvolve --param rounds=10 --suffix _sharp",
      "  ./submit.sh --master spark://host:7077 -- transform --job conf/nightly.yaml"
    })
final class TransformCommand implements Callable<Integer> {
  @Mixin InputOptions input;
  @Mixin ObjectOptions objects;
  @Mixin TransformOptions transform;
  @Mixin CommitChoices commit;
  @Mixin RunOptions run;

  @Option(names = "--resume", description = "Pass over images that the same job has done before.")
  boolean resume;

  @Option(
      names = "--again",
      description = "Transform images in place once more that the same job has done before.")
  boolean again;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    TransformSpec what = what();
    List<ImageRef> images = images();
    Destination destination = transform.destination(images.size(), what.pixels());
    return new RunSession(spec, run, places(destination))
        .run(
            "transformed",
            images,
            new TransformTask(what, destination),
            run.settings(spec).withCommit(commit.options()).withRepeat(repeat()));
  }

  private List<ImageRef> images() {
    List<InputImage> all = input.resolve();
    // An image that was named itself is meant, whatever it is called.
    boolean named = !input.images.isEmpty();
    List<InputImage> kept = named ? all : InputResolver.withoutResults(all, transform.suffix);
    if (kept.size() < all.size()) {
      spec.commandLine()
          .getErr()
          .printf(
              "%d images whose names end in '%s' are results of such a run, and left out%n",
              all.size() - kept.size(), transform.suffix);
    }
    List<InputImage> meant = named ? kept : InputResolver.withoutDerived(kept);
    if (meant.size() < kept.size()) {
      spec.commandLine()
          .getErr()
          .printf(
              "%d images that were made from others are left out; name them with --image%n",
              kept.size() - meant.size());
    }
    return meant.stream().map(InputImage::ref).toList();
  }

  /** What is done with each object, checked as far as that needs no image. */
  private TransformSpec what() {
    return TransformSpec.on(objects.label)
        .with(transform.steps(Transforms.of(TransformsCommand.loader())))
        .objects(objects.choice())
        .pixels(objects.pixels())
        .write(transform.write())
        .pyramid(transform.pyramid())
        .onError(transform.onError)
        .maxObjectBytes(transform.maxObjectBytes)
        .objectTimeout(transform.objectTimeout)
        .build();
  }

  private Repeat repeat() {
    if (resume && again) {
      throw new IllegalArgumentException(
          "--resume passes over images that are done, --again does them once more; give one");
    }
    return resume ? Repeat.RESUME : again ? Repeat.AGAIN : Repeat.REFUSE;
  }

  private List<String> places(Destination destination) {
    List<String> places = new ArrayList<>(input.inputs);
    if (destination instanceof Destination.NewImage image) {
      URI uri = image.uri();
      places.add(StoreLocations.isLocal(uri) ? uri.getPath() : uri.toString());
    }
    return places;
  }
}
