// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ngffspark.crops.CropTask.Around;
import org.ngffspark.image.LabelGrid;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectChoice.TableChoice;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Growth;

/**
 * How the objects of one image were cut out.
 *
 * @param image where it lay
 * @param label the label image that held the objects
 * @param table the masking ROI table that was asked for; {@code ""} for none
 * @param onLabel the label image whose ids were cut; {@code ""} for pixels of the image
 * @param labelGrid where the pixels of the label image lay
 * @param level position in the pyramid
 * @param channels indices in the image; empty for a label image, and where there is no such axis
 * @param growth how boxes were grown
 * @param axes names of the axes of the files
 * @param pixelSize along each of them, in the unit of the axis
 * @param around what became of the pixels of a box outside the object
 * @param format of the files
 */
public record Cut(
    String image,
    String label,
    String table,
    String onLabel,
    LabelGrid labelGrid,
    int level,
    List<Integer> channels,
    Growth growth,
    List<String> axes,
    List<Double> pixelSize,
    Around around,
    CropFormat format)
    implements Serializable {

  static final List<String> COLUMNS =
      List.of(
          "image",
          "label",
          "table",
          "on_label",
          "label_grid",
          "level",
          "channels",
          "zoom",
          "pad",
          "axes",
          "pixel_size",
          "around",
          "format");

  public Cut {
    channels = List.copyOf(channels);
    axes = List.copyOf(axes);
    pixelSize = List.copyOf(pixelSize);
  }

  static Cut of(OpenedImage image, CropTask task) {
    ObjectChoice choice = task.choice();
    boolean ofChannels =
        task.pixels() instanceof PixelTarget.OfImage && image.level().axes().has(AxisName.C);
    int[] channels = ofChannels ? image.masked().reader().channels() : new int[0];
    return new Cut(
        image.ref().toString(),
        choice.labelName(),
        choice.table() instanceof TableChoice.Named named ? named.name() : "",
        task.pixels() instanceof PixelTarget.OfLabel target ? target.name() : "",
        choice.grid(),
        task.pixels().level(),
        Arrays.stream(channels).boxed().toList(),
        choice.growth(),
        image.level().axes().names(),
        image.level().axes().axes().stream()
            .map(axis -> image.level().pixelSize().get(axis.name()))
            .toList(),
        task.around(),
        task.format());
  }

  /** The pixels that were cut. */
  public PixelTarget pixels() {
    return onLabel.isEmpty()
        ? new PixelTarget.OfImage(channels.stream().map(index -> "index:" + index).toList(), level)
        : new PixelTarget.OfLabel(onLabel, level);
  }

  /** The objects that were cut, of which those are taken. */
  public ObjectChoice choice(LabelSelection labels) {
    TableChoice choice =
        table.isEmpty() ? new TableChoice.Automatic() : new TableChoice.Named(table);
    return ObjectChoice.all(label, choice).grown(growth).only(labels).lying(labelGrid);
  }

  /** Whether objects of both can be put back by one run. */
  public boolean isLike(Cut other) {
    return fields()
            .subList(1, COLUMNS.indexOf("axes"))
            .equals(other.fields().subList(1, COLUMNS.indexOf("axes")))
        && axes.equals(other.axes)
        && around == other.around
        && format == other.format;
  }

  /** The values of {@link #COLUMNS}; those that are lists are separated by blanks. */
  List<String> fields() {
    return List.of(
        image,
        label,
        table,
        onLabel,
        labelGrid.name().toLowerCase(Locale.ROOT),
        Integer.toString(level),
        joined(channels),
        growth.zoomText(),
        growth.paddingText(),
        joined(axes),
        joined(pixelSize),
        around.name().toLowerCase(Locale.ROOT),
        format.name().toLowerCase(Locale.ROOT));
  }

  /**
   * Undoes {@link #fields}.
   *
   * @throws IllegalArgumentException if a value is none of its column
   */
  static Cut of(List<String> fields) {
    return new Cut(
        fields.get(0),
        fields.get(1),
        fields.get(2),
        fields.get(3),
        LabelGrid.valueOf(fields.get(4).toUpperCase(Locale.ROOT)),
        Integer.parseInt(fields.get(5)),
        split(fields.get(6)).stream().map(Integer::valueOf).toList(),
        Growth.parse(fields.get(7), fields.get(8)),
        split(fields.get(9)),
        split(fields.get(10)).stream().map(Double::valueOf).toList(),
        Around.valueOf(fields.get(11).toUpperCase(Locale.ROOT)),
        CropFormat.valueOf(fields.get(12).toUpperCase(Locale.ROOT)));
  }

  static String joined(List<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  static List<String> split(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }
}
