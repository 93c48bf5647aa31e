// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ngffspark.job.Destination;
import org.ngffspark.job.Destination.Existing;
import org.ngffspark.job.TransformSpec.OnError;
import org.ngffspark.job.TransformSpec.PyramidMode;
import org.ngffspark.job.TransformSpec.TableChoice;
import org.ngffspark.job.TransformSpec.Target;
import org.ngffspark.job.TransformSpec.WriteMode;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.zarr.store.StoreLocations;
import picocli.CommandLine.Option;

/** What {@code transform} can be told about pixels, objects and destination. */
final class TransformOptions {
  @Option(
      names = "--label",
      required = true,
      paramLabel = "NAME",
      description = "The label image whose objects are transformed.")
  String label;

  @Option(
      names = "--transform",
      required = true,
      paramLabel = "NAME_OR_CLASS",
      description = "A built-in transform (see the command transforms), or a class from --jars.")
  String transform;

  @Option(
      names = "--param",
      paramLabel = "KEY=VALUE",
      description = "A parameter of the transform. Repeatable.")
  List<String> parameters = new ArrayList<>();

  @Option(
      names = "--channel",
      paramLabel = "CHANNEL",
      description = "A channel by index, label or wavelength. Repeatable. Default: all.")
  List<String> channels = new ArrayList<>();

  @Option(
      names = "--zoom",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "Grow each box in y and x by this factor. Default: ${DEFAULT-VALUE}.")
  double zoom;

  @Option(
      names = "--ids",
      paramLabel = "IDS",
      description = "Only these label ids, as 5,9,100-200.")
  List<String> ids = new ArrayList<>();

  @Option(
      names = "--ids-file",
      paramLabel = "FILE",
      description = "Only the label ids in this text file, separated by commas or white space.")
  List<Path> idsFiles = new ArrayList<>();

  @Option(
      names = "--table",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "The masking ROI table. Default: the first one of the label image; without one, boxes are"
              + " computed from the label image.")
  String table;

  @Option(
      names = "--level",
      paramLabel = "N",
      defaultValue = "0",
      description = "The pyramid level that is transformed. Default: ${DEFAULT-VALUE}, the finest.")
  int level;

  @Option(
      names = "--on-label",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Transform this label image instead of the image, masked by --label.")
  String onLabel;

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
      description = "Write a new image (one input).")
  String output;

  @Option(
      names = "--suffix",
      paramLabel = "_NAME",
      defaultValue = "",
      description = "Write a new image beside each input and register it in its well.")
  String suffix;

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

  WriteMode write() {
    return unmasked ? WriteMode.WHOLE_BOX : WriteMode.MASKED;
  }

  PyramidMode pyramid() {
    return noPyramid ? PyramidMode.KEEP : PyramidMode.REBUILD;
  }

  TableChoice table() {
    return table.isEmpty() ? new TableChoice.Automatic() : new TableChoice.Named(table);
  }

  /**
   * @throws IllegalArgumentException if channels are given for a label image
   */
  Target target() {
    if (onLabel.isEmpty()) {
      return new Target.OfImage(channels, level);
    }
    if (!channels.isEmpty()) {
      throw new IllegalArgumentException(
          "--channel "
              + channels
              + " does not go with --on-label "
              + onLabel
              + ": label images have no channels");
    }
    return new Target.OfLabel(onLabel, level);
  }

  /**
   * @throws IllegalArgumentException if an id is malformed or a file cannot be read
   */
  LabelSelection labels() {
    List<String> texts = new ArrayList<>(ids);
    for (Path file : idsFiles) {
      try {
        texts.add(Files.readString(file));
      } catch (IOException unreadable) {
        throw new IllegalArgumentException(
            "Cannot read --ids-file " + file + ": " + unreadable, unreadable);
      }
    }
    return texts.isEmpty() ? LabelSelection.all() : LabelSelection.parse(String.join(",", texts));
  }

  /**
   * @param inputs number of images
   * @throws IllegalArgumentException if not exactly one destination is given, or it does not fit
   */
  Destination destination(int inputs) {
    long given = Stream.of(inPlace, !output.isEmpty(), !suffix.isEmpty()).filter(x -> x).count();
    if (given != 1) {
      throw new IllegalArgumentException(
          "Say where the pixels go with exactly one of --in-place, --output URI and --suffix _name");
    }
    Existing existing = overwrite ? Existing.REPLACE : Existing.REFUSE;
    if (inPlace) {
      if (overwrite) {
        throw new IllegalArgumentException(
            "--overwrite goes with --output or --suffix, not --in-place");
      }
      return new Destination.InPlace();
    }
    if (!suffix.isEmpty()) {
      return new Destination.Sibling(suffix, existing);
    }
    if (inputs != 1) {
      throw new IllegalArgumentException(
          "--output takes one image, got " + inputs + "; use --suffix for several");
    }
    if (!onLabel.isEmpty()) {
      throw new IllegalArgumentException(
          "--output makes a new image; for --on-label use --in-place or --suffix");
    }
    URI uri = StoreLocations.uri(output);
    return new Destination.NewImage(uri, existing);
  }
}
