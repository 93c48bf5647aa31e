// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ngffspark.chunks.ChunkPool;
import org.ngffspark.crops.CropFormat;
import org.ngffspark.crops.CropSetTask;
import org.ngffspark.crops.CropSize;
import org.ngffspark.crops.CropTask;
import org.ngffspark.crops.CropTask.Around;
import org.ngffspark.crops.PictureTask;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.OnError;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.RunSettings;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StoreException;
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
      "PNG files are pictures for people: enlarged, of the plane with most of the object, in a"
          + " contrast that all objects of an image share; one for each channel, <label id>_c0.png,"
          + " unless there is one alone or --composite. With --exact they hold the pixels themselves,"
          + " which paste puts back: grey, one for each plane of y and x, <label id>_c0_z3.png, of 8 bits"
          + " for uint8 and bool, else 16; pixels that do not fit are an error.",
      "TIFF files are hyperstacks of ImageJ, with channels, z, t and pixel size, of bool, uint8,"
          + " uint16 and float32.",
      "With --format zarr all objects of all images are arrays of one --size, for training: a group"
          + " DIR with pixels (n and the axes on disk), masks, labels, boxes, images, plates and"
          + " wells. Objects lie in the middle of their crops. An image that fails has none.",
      "After a run that was stopped, --resume passes over images that are cut; what comes out is the"
          + " same.",
      "Files that are there are replaced. index.csv beside npy, tiff and exact png files says what each"
          + " is;"
          + " paste reads it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./submit.sh crops image.zarr --label nuclei --to crops",
      "  ./submit.sh crops plate.zarr --label nuclei --masked --zoom 1.5 --channel DAPI"
          + " --to crops --format png",
      "  ./submit.sh crops image.zarr --label nuclei --format png --composite --outline --sheet"
          + " --to pictures",
      "  ./submit.sh crops image.zarr --label nuclei --on-label wf_2_labels --ids 5,9,100-200"
          + " --to crops",
      "  ./submit.sh crops plate.zarr --label nuclei --format zarr --size 64,64 --to train.zarr"
    })
final class CropsCommand implements Callable<Integer> {
  @Mixin InputOptions input;
  @Mixin ObjectOptions objects;
  @Mixin RunOptions run;

  @Option(names = "--to", required = true, paramLabel = "DIR", description = "Where files go.")
  String to;

  @Option(
      names = "--format",
      paramLabel = "npy|png|tiff|zarr",
      defaultValue = "npy",
      description = "What is written. Default: ${DEFAULT-VALUE}.")
  Format format;

  @Option(
      names = "--size",
      paramLabel = "[Z,]Y,X",
      split = ",",
      description = "With --format zarr: size of each crop in pixels.")
  List<Integer> size = new ArrayList<>();

  @Option(
      names = "--fit",
      paramLabel = "pad|scale",
      defaultValue = "pad",
      description =
          "With --format zarr: pad puts 0 around smaller boxes, and larger ones are an error; scale"
              + " makes boxes as large as fits, by one factor for all axes. Default: ${DEFAULT-VALUE}.")
  CropSize.Fit fit;

  @Mixin PictureOptions pictures;
  @Mixin ResumeOption resume;

  @Option(
      names = "--on-error",
      paramLabel = "fail|skip",
      defaultValue = "fail",
      description =
          "When an object cannot be cut, as its row in the table lacks a number, the format does not"
              + " hold its pixels or it is larger than --size: fail fails the image, skip leaves the"
              + " object out and lists it. Default: ${DEFAULT-VALUE}.")
  OnError onError;

  @Option(names = "--masked", description = "Zero outside the object.")
  boolean masked;

  @Spec CommandSpec spec;

  /** What is written. */
  enum Format {
    NPY,
    PNG,
    TIFF,
    ZARR
  }

  @Override
  public Integer call() {
    Inputs inputs = input.resolve(objects.label, spec.commandLine().getErr());
    RunSession session = new RunSession(spec, run, List.of());
    pictures.requireFits(format);
    if (format == Format.ZARR) {
      return session.run("cut", inputs, set(inputs), settings());
    }
    requireFiles();
    return format == Format.PNG && !pictures.exact
        ? session.run("drawn", inputs, drawings(inputs), settings())
        : session.run("cut", inputs, files(inputs), settings());
  }

  private RunSettings settings() {
    return run.settings(spec).withRepeat(resume.repeat());
  }

  private void requireFiles() {
    if (!size.isEmpty()) {
      throw new IllegalArgumentException(
          "--size " + size + " goes with --format zarr; files have the sizes of the objects");
    }
  }

  private PictureTask drawings(Inputs inputs) {
    return new PictureTask(
        objects.choice(),
        objects.pixels(),
        around(),
        pictures.style(),
        onError,
        directory(),
        inputs.folders());
  }

  private CropTask files(Inputs inputs) {
    CropTask task = files(inputs, CropFormat.valueOf(format.name()));
    requireOne(task, inputs.refs());
    return task;
  }

  private CropTask files(Inputs inputs, CropFormat files) {
    return new CropTask(
        objects.choice(),
        objects.pixels(),
        around(),
        files,
        onError,
        directory(),
        inputs.folders());
  }

  private CropSetTask set(Inputs inputs) {
    CropSize each = new CropSize(size, fit);
    return CropSetTask.of(files(inputs, CropFormat.NPY), each, inputs.refs());
  }

  private Around around() {
    return masked ? Around.ZERO : Around.KEPT;
  }

  private URI directory() {
    return StoreLocations.canonical(StoreLocations.uri(to));
  }

  /**
   * A format that holds the pixels of no image is refused before Spark starts. What else may be
   * wrong with an image is left to the run.
   */
  private static void requireOne(CropTask task, List<ImageRef> images) {
    Optional<IllegalArgumentException> first = Optional.empty();
    for (ImageRef image : images) {
      Optional<OpenedImage> opened = opened(image, task);
      if (opened.isEmpty()) {
        return;
      }
      try (OpenedImage each = opened.get()) {
        task.check(each);
        return;
      } catch (IllegalArgumentException unfit) {
        first =
            first.or(
                () ->
                    Optional.of(
                        new IllegalArgumentException(image + ": " + unfit.getMessage(), unfit)));
      }
    }
    first.ifPresent(
        unfit -> {
          throw unfit;
        });
  }

  private static Optional<OpenedImage> opened(ImageRef image, CropTask task) {
    try {
      return Optional.of(OpenedImage.unplanned(image, task, new ChunkPool(0)));
    } catch (IllegalArgumentException | FormatException | StoreException wrong) {
      return Optional.empty();
    }
  }
}
