// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ngffspark.cli.CropsCommand.Format;
import org.ngffspark.crops.PictureStyle;
import org.ngffspark.crops.PictureStyle.Channels;
import org.ngffspark.crops.PictureStyle.Limits;
import org.ngffspark.crops.PictureStyle.Outline;
import org.ngffspark.crops.PictureStyle.Sheet;
import picocli.CommandLine.Option;

/** How {@code crops --format png} draws objects. */
final class PictureOptions {
  private static final int STANDARD = 4;

  @Option(
      names = "--exact",
      description = "With --format png: the pixels as they are, which paste puts back.")
  boolean exact;

  @Option(
      names = "--scale",
      paramLabel = "N",
      description =
          "With --format png: pixels of the picture along each side of one of the image, 1 to 32."
              + " Default: 4.")
  Optional<Integer> scale = Optional.empty();

  @Option(
      names = "--contrast",
      paramLabel = "BLACK,WHITE",
      split = ",",
      description =
          "With --format png: the values that are black and white. Default, for each channel: so that of a"
              + " coarse level of the image 1 in 100 pixels is black and 2 in 1,000 are white.")
  List<Double> contrast = new ArrayList<>();

  @Option(names = "--outline", description = "With --format png: draw the border of the object.")
  boolean outline;

  @Option(
      names = "--composite",
      description = "With --format png: one picture, the channels added up in their colours.")
  boolean composite;

  @Option(
      names = "--sheet",
      description =
          "With --format png: sheet.png besides, up to 100 objects of an image with their ids.")
  boolean sheet;

  /**
   * @throws IllegalArgumentException if pictures are described and none are drawn
   */
  void requireFits(Format format) {
    boolean drawn = outline || composite || sheet || scale.isPresent() || !contrast.isEmpty();
    if (drawn && (format != Format.PNG || exact) || exact && format != Format.PNG) {
      throw new IllegalArgumentException(
          "--scale, --contrast, --outline, --composite and --sheet go with --format png without"
              + " --exact, and --exact with --format png");
    }
  }

  PictureStyle style() {
    if (!contrast.isEmpty() && contrast.size() != 2) {
      throw new IllegalArgumentException(
          "--contrast is two values, black and white, as 100,4000; got " + contrast);
    }
    List<Limits> limits =
        contrast.isEmpty() ? List.of() : List.of(new Limits(contrast.get(0), contrast.get(1)));
    return new PictureStyle(
        scale.orElse(STANDARD),
        limits,
        outline ? Outline.YELLOW : Outline.NONE,
        composite ? Channels.COMPOSITE : Channels.APART,
        sheet ? Sheet.OF_IMAGE : Sheet.NONE);
  }
}
