// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ngffspark.apply.Companions;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.Destination.TablesOfLabel;
import org.ngffspark.apply.TransformSpec.PyramidMode;
import org.ngffspark.apply.TransformSpec.WriteMode;
import org.ngffspark.history.Repeat;
import org.ngffspark.inputs.InputImage;
import org.ngffspark.inputs.InputResolver;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.job.Existing;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.report.Counted;
import org.ngffspark.zarr.store.StoreLocations;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which pixels a command that changes images writes, and where they go. */
final class ResultOptions {
  @Option(
      names = "--unmasked",
      description = "Write whole boxes; where they overlap the highest label id wins.")
  boolean unmasked;

  @Option(names = "--in-place", description = "Change the input itself.")
  boolean inPlace;

  @Option(
      names = "--output",
      paramLabel = "URI",
      defaultValue = "",
      description = "Write a new image (one input), with copies of its labels and tables.")
  String output;

  @Option(
      names = "--suffix",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "Write a new image beside each input, with copies of its labels and tables, and register"
              + " it in its well.")
  String suffix;

  @Option(
      names = "--no-copy-labels",
      description = "A new image gets no labels and no tables. Default: copies of all.")
  boolean noCopyLabels;

  @Option(names = "--no-copy-tables", description = "A new image gets labels, but no tables.")
  boolean noCopyTables;

  @Option(
      names = "--link-labels",
      description =
          "A new image uses the labels and tables of the image that it is made from, by a link to"
              + " it, instead of copies. Other programs see none.")
  boolean linkLabels;

  @Option(names = "--overwrite", description = "Replace an image that lies at the destination.")
  boolean overwrite;

  @Option(
      names = "--no-tables",
      description =
          "With --on-label and --in-place: leave the masking ROI tables of the label image as they"
              + " are; otherwise they are made anew with it.")
  boolean noTables;

  @Option(names = "--no-pyramid", description = "Leave the coarser levels as they are.")
  boolean noPyramid;

  @Option(
      names = "--max-object-bytes",
      paramLabel = "BYTES",
      defaultValue = "268435456",
      description = "Refuse objects whose patch is larger. Default: ${DEFAULT-VALUE} (256 MiB).")
  long maxObjectBytes;

  @Option(names = "--resume", description = "Pass over images that the same job has done before.")
  boolean resume;

  @Option(
      names = "--again",
      description = "Change images in place once more that the same job has changed before.")
  boolean again;

  WriteMode write() {
    return unmasked ? WriteMode.WHOLE_BOX : WriteMode.MASKED;
  }

  PyramidMode pyramid() {
    return noPyramid ? PyramidMode.KEEP : PyramidMode.REBUILD;
  }

  /**
   * @param inputs number of images
   * @param target what is transformed
   * @throws IllegalArgumentException if not exactly one destination is given, or it does not fit
   */
  Destination destination(int inputs, PixelTarget target) {
    long given = Stream.of(inPlace, !output.isEmpty(), !suffix.isEmpty()).filter(x -> x).count();
    if (given != 1) {
      throw new IllegalArgumentException(
          "Say where the pixels go with exactly one of --in-place, --output URI and --suffix Name");
    }
    if (inPlace && (noCopyLabels || noCopyTables || linkLabels)) {
      throw new IllegalArgumentException(
          "--no-copy-labels, --no-copy-tables and --link-labels go with --output or --suffix, not"
              + " --in-place");
    }
    if (linkLabels && (noCopyLabels || noCopyTables)) {
      throw new IllegalArgumentException(
          "--link-labels makes no copies and finds labels and tables; give it without"
              + " --no-copy-labels and --no-copy-tables");
    }
    if (noTables && !(inPlace && target instanceof PixelTarget.OfLabel)) {
      throw new IllegalArgumentException(
          "--no-tables is for a label image that is changed: with --on-label and --in-place");
    }
    if (inPlace && overwrite) {
      throw new IllegalArgumentException(
          "--overwrite goes with --output or --suffix, not --in-place");
    }
    if (inPlace) {
      return new Destination.InPlace(noTables ? TablesOfLabel.KEPT : TablesOfLabel.FOLLOW);
    }
    Existing existing = overwrite ? Existing.REPLACE : Existing.REFUSE;
    Destination destination =
        suffix.isEmpty()
            ? new Destination.NewImage(
                StoreLocations.canonical(StoreLocations.uri(output)), existing, companions())
            : new Destination.Sibling(suffix, existing, companions());
    destination.requireFits(inputs, target);
    return destination;
  }

  private Companions companions() {
    if (linkLabels) {
      return Companions.LINKED;
    }
    if (noCopyLabels) {
      return Companions.NONE;
    }
    return noCopyTables ? Companions.LABELS : Companions.LABELS_AND_TABLES;
  }

  /** The images of the inputs, without those that are results of runs. */
  Inputs sources(InputOptions input, CommandSpec spec) {
    return sources(input, suffix, spec);
  }

  /**
   * The images of the inputs, without those that are results of runs.
   *
   * @param suffix of the results of this one; {@code ""} if they have none
   */
  static Inputs sources(InputOptions input, String suffix, CommandSpec spec) {
    Inputs all = input.resolve();
    // An image that was named itself is meant, whatever it is called.
    if (!input.images.isEmpty()) {
      return all;
    }
    List<InputImage> kept = InputResolver.withoutResults(all.images(), suffix);
    PrintWriter err = spec.commandLine().getErr();
    if (kept.size() < all.images().size()) {
      err.println(
          Counted.of(all.images().size() - kept.size(), "image")
              + " left out, as a result of such a run: the name ends in '"
              + suffix
              + "'");
    }
    List<InputImage> meant = InputResolver.withoutDerived(kept);
    if (meant.size() < kept.size()) {
      err.println(
          Counted.of(kept.size() - meant.size(), "image")
              + " left out, made from others; to take such images name them with --image");
    }
    if (isUnusualInWells(suffix) && meant.stream().anyMatch(image -> !image.path().isEmpty())) {
      err.println(
          "Names of images in wells have letters and digits only (NGFF 0.4, 0.5): validators will"
              + " complain of the suffix '"
              + suffix
              + "'");
    }
    return all.withImages(meant);
  }

  private static boolean isUnusualInWells(String suffix) {
    return !suffix.isEmpty() && !suffix.matches("[A-Za-z0-9]+");
  }

  /**
   * @throws IllegalArgumentException if two are asked for
   */
  Repeat repeat() {
    if (resume && again) {
      throw new IllegalArgumentException(
          "--resume passes over images that are done, --again does them once more; give one");
    }
    return resume ? Repeat.RESUME : again ? Repeat.AGAIN : Repeat.REFUSE;
  }

  /** Inputs and outputs that a run may leave unfinished. */
  List<String> places(InputOptions input, Destination destination) {
    List<String> places = new ArrayList<>(input.inputs);
    if (destination instanceof Destination.NewImage image) {
      URI uri = image.uri();
      places.add(StoreLocations.isLocal(uri) ? uri.getPath() : uri.toString());
    }
    return places;
  }
}
