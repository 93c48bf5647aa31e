// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.ArrayList;
import java.util.List;
import org.ngffspark.image.LabelGrid;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectChoice.TableChoice;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.roi.Growth;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which objects of an image a command takes, and which of their pixels. */
final class ObjectOptions {
  @Option(
      names = "--label",
      required = true,
      paramLabel = "NAME",
      description = "The label image that holds the objects.")
  String label;

  @Option(
      names = "--channel",
      paramLabel = "CHANNEL",
      description =
          "A channel by index, label or wavelength; index:1 or label:1 says which. Repeatable."
              + " Default: all.")
  List<String> channels = new ArrayList<>();

  @Option(
      names = "--zoom",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description =
          "Grow each box in y and x by this factor, or each axis by its own, as z=2,y=1.5,x=1.5."
              + " Default: ${DEFAULT-VALUE}.")
  String zoom;

  @Option(
      names = "--pad",
      paramLabel = "WIDTH",
      defaultValue = "",
      description =
          "Grow each box on both sides in y and x by so many pixels of the level, as 10, or"
              + " micrometres, as 2.5um; or each axis by its own, as z=1,y=10,x=10px.")
  String pad;

  @Mixin IdOptions ids;

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
      description =
          "The pyramid level whose pixels are taken. Default: ${DEFAULT-VALUE}, the finest.")
  int level;

  @Option(
      names = "--label-grid",
      paramLabel = "world|same",
      defaultValue = "world",
      description =
          "Where the label's pixels lie: where its scale and translation say, or with same on the"
              + " image's pixels one to one. Default: ${DEFAULT-VALUE}.")
  LabelGrid labelGrid;

  @Option(
      names = "--on-label",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Take the ids of this label image, masked by --label, not the image's pixels.")
  String onLabel;

  /**
   * @throws IllegalArgumentException if zoom or padding are none, an id is malformed or a file
   *     cannot be read
   */
  ObjectChoice choice() {
    return ObjectChoice.all(label, table())
        .grown(Growth.parse(zoom, pad))
        .only(ids.labels())
        .lying(labelGrid);
  }

  private TableChoice table() {
    return table.isEmpty() ? new TableChoice.Automatic() : new TableChoice.Named(table);
  }

  /**
   * @throws IllegalArgumentException if channels are given for a label image
   */
  PixelTarget pixels() {
    if (onLabel.isEmpty()) {
      return new PixelTarget.OfImage(channels, level);
    }
    if (!channels.isEmpty()) {
      throw new IllegalArgumentException(
          "--channel "
              + channels
              + " does not go with --on-label "
              + onLabel
              + ": label images have no channels");
    }
    return new PixelTarget.OfLabel(onLabel, level);
  }
}
