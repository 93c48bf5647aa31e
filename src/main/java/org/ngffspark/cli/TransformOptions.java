// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ngffspark.apply.Companions;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TransformSpec.OnError;
import org.ngffspark.apply.TransformSpec.PyramidMode;
import org.ngffspark.apply.TransformSpec.WriteMode;
import org.ngffspark.job.Existing;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.transform.Parameters;
import org.ngffspark.transform.TransformStep;
import org.ngffspark.transform.Transforms;
import org.ngffspark.zarr.store.StoreLocations;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What {@code transform} can be told about transform and destination. */
final class TransformOptions {
  @ArgGroup(exclusive = false, multiplicity = "1..*")
  List<StepOptions> steps = new ArrayList<>();

  /** One transform and its parameters. */
  static final class StepOptions {
    @Option(
        names = "--transform",
        required = true,
        paramLabel = "NAME_OR_CLASS",
        description =
            "A built-in transform (see the command transforms), or a class from --jars. Repeatable:"
                + " several are applied one after the other while an object is in memory.")
    String transform;

    @Option(
        names = "--param",
        paramLabel = "KEY=VALUE",
        description =
            "A parameter of the transform; KEY@CHANNEL=VALUE for one channel alone, by its label."
                + " Repeatable. With several transforms it follows its own.")
    List<String> parameters = new ArrayList<>();
  }

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
      paramLabel = "_NAME",
      defaultValue = "",
      description =
          "Write a new image beside each input, with copies of its labels and tables, and register it"
              + " in its well.")
  String suffix;

  @Option(
      names = "--no-copy-labels",
      description = "A new image gets no labels and no tables. Default: copies of all.")
  boolean noCopyLabels;

  @Option(names = "--no-copy-tables", description = "A new image gets labels, but no tables.")
  boolean noCopyTables;

  @Option(names = "--overwrite", description = "Replace an image that lies at the destination.")
  boolean overwrite;

  @Option(names = "--no-pyramid", description = "Leave the coarser levels as they are.")
  boolean noPyramid;

  @Option(
      names = "--on-error",
      paramLabel = "fail|skip",
      defaultValue = "fail",
      description =
          "When a transform throws: fail leaves the image as it was, skip leaves the object as it"
              + " was and lists it. Default: ${DEFAULT-VALUE}.")
  OnError onError;

  @Option(
      names = "--max-object-bytes",
      paramLabel = "BYTES",
      defaultValue = "268435456",
      description = "Refuse objects whose patch is larger. Default: ${DEFAULT-VALUE} (256 MiB).")
  long maxObjectBytes;

  @Option(
      names = "--object-timeout",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "Stop a transform that takes longer for one object. Default: no limit.")
  long objectTimeout;

  /**
   * The transforms, ready to run.
   *
   * @throws IllegalArgumentException if there is no such transform, or a parameter is wrong
   */
  List<TransformStep> steps(Transforms known) {
    return steps.stream()
        .map(
            step ->
                TransformStep.of(known, step.transform, Parameters.assignments(step.parameters)))
        .toList();
  }

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
          "Say where the pixels go with exactly one of --in-place, --output URI and --suffix _name");
    }
    if (inPlace && (noCopyLabels || noCopyTables)) {
      throw new IllegalArgumentException(
          "--no-copy-labels and --no-copy-tables go with --output or --suffix, not --in-place");
    }
    if (inPlace && overwrite) {
      throw new IllegalArgumentException(
          "--overwrite goes with --output or --suffix, not --in-place");
    }
    if (inPlace) {
      return new Destination.InPlace();
    }
    Existing existing = overwrite ? Existing.REPLACE : Existing.REFUSE;
    return suffix.isEmpty()
        ? newImage(inputs, target, existing)
        : new Destination.Sibling(suffix, existing, companions());
  }

  private Companions companions() {
    if (noCopyLabels) {
      return Companions.NONE;
    }
    return noCopyTables ? Companions.LABELS : Companions.LABELS_AND_TABLES;
  }

  private Destination newImage(int inputs, PixelTarget target, Existing existing) {
    if (inputs != 1) {
      throw new IllegalArgumentException(
          "--output takes one image, got " + inputs + "; use --suffix for several");
    }
    if (target instanceof PixelTarget.OfLabel) {
      throw new IllegalArgumentException(
          "--output makes a new image; for --on-label use --in-place or --suffix");
    }
    return new Destination.NewImage(
        StoreLocations.canonical(StoreLocations.uri(output)), existing, companions());
  }
}
