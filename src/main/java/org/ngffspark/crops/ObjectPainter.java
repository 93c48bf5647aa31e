// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ngffspark.crops.CropTask.Around;
import org.ngffspark.crops.PictureStyle.Channels;
import org.ngffspark.crops.PictureStyle.Limits;
import org.ngffspark.crops.PictureStyle.Outline;
import org.ngffspark.image.Mask;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.nd.Box;

/**
 * Draws an object: of its planes of y and x the one with most of its pixels.
 *
 * @param around what is drawn around the object
 * @param channels indices in the image of the channels of its patches; empty without that axis
 * @param limits of each channel of the patches
 * @param colors of each of them, in a composite
 */
record ObjectPainter(
    PictureStyle style, Around around, int[] channels, List<Limits> limits, List<Integer> colors) {
  private static final int FULL = 255;

  /** The pictures by what their names have after the id: one, or one for each channel. */
  SortedMap<String, Picture> pictures(MaskedPatch object) {
    Patch patch = around == Around.KEPT ? object.patch() : object.masked();
    int count = patch.length(AxisName.C);
    Mask mask = channel(object.mask(), patch, 0);
    int height = patch.length(AxisName.Y);
    int width = patch.length(AxisName.X);
    int first = fullest(mask, height * width);
    SortedMap<String, Picture> pictures = new TreeMap<>();
    double[][] shown = new double[count][];
    for (int channel = 0; channel < count; channel++) {
      shown[channel] = plane(patch, channel, first, height * width);
    }
    if (style.channels() == Channels.COMPOSITE) {
      pictures.put("", drawn(shown, colors, mask, first, width, height));
    } else {
      for (int channel = 0; channel < count; channel++) {
        String name = count == 1 ? "" : "_c" + channels[channel];
        double[][] one = {shown[channel]};
        pictures.put(name, drawn(one, List.of(Picture.WHITE), mask, first, width, height));
      }
    }
    return pictures;
  }

  private static Mask channel(Mask mask, Patch patch, int channel) {
    Box whole = Box.whole(patch.shape());
    return patch.axes().index(AxisName.C).stream()
        .mapToObj(axis -> mask.cut(whole.with(axis, channel, channel + 1L)))
        .findFirst()
        .orElse(mask);
  }

  /** Flat index, without channels, of the first pixel of the plane with most of the object. */
  private static int fullest(Mask mask, int plane) {
    int best = 0;
    long most = -1;
    for (int from = 0; from < mask.shape().elements(); from += plane) {
      long count = mask.count(from, from + plane);
      if (count > most) {
        best = from;
        most = count;
      }
    }
    return best;
  }

  /** Values of a plane, from 0 for black to 1 for white. */
  private double[] plane(Patch patch, int channel, int first, int size) {
    Box whole = Box.whole(patch.shape());
    double[] values = new double[size];
    if (patch.axes().has(AxisName.C)) {
      int axis = patch.axes().index(AxisName.C).orElseThrow();
      Box part = whole.with(axis, channel, channel + 1L);
      Patch own =
          Patch.of(
              patch.pixels().cut(part), patch.axes(), patch.pixelSize(), Box.whole(part.shape()));
      own.read(first, size, values, 0);
    } else {
      patch.read(first, size, values, 0);
    }
    Limits range = limits.get(channel);
    for (int i = 0; i < size; i++) {
      double share = (values[i] - range.black()) / (range.white() - range.black());
      values[i] = Math.max(0, Math.min(1, share));
    }
    return values;
  }

  private Picture drawn(
      double[][] shown, List<Integer> colours, Mask mask, int first, int width, int height) {
    Picture picture = Picture.black(width, height);
    for (int i = 0; i < width * height; i++) {
      for (int part = 0; part < 3; part++) {
        double sum = 0;
        for (int channel = 0; channel < shown.length; channel++) {
          sum += shown[channel][i] * (colours.get(channel) >>> (16 - 8 * part) & FULL);
        }
        picture.rgb()[3 * i + part] = (byte) Math.min(FULL, Math.round(sum));
      }
    }
    Picture large = picture.enlarged(style.scale());
    if (style.outline() == Outline.YELLOW) {
      outline(large, mask, first, width, height);
    }
    return large;
  }

  private void outline(Picture picture, Mask mask, int first, int width, int height) {
    int scale = style.scale();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (!mask.at(first + (long) y * width + x)) {
          continue;
        }
        for (Map.Entry<String, int[]> side : SIDES.entrySet()) {
          int[] step = side.getValue();
          int nextX = x + step[0];
          int nextY = y + step[1];
          boolean isInside = nextX >= 0 && nextX < width && nextY >= 0 && nextY < height;
          if (!isInside || !mask.at(first + (long) nextY * width + nextX)) {
            int left = x * scale + (step[0] > 0 ? scale - 1 : 0);
            int top = y * scale + (step[1] > 0 ? scale - 1 : 0);
            picture.fill(
                left, top, step[0] == 0 ? scale : 1, step[1] == 0 ? scale : 1, Picture.YELLOW);
          }
        }
      }
    }
  }

  private static final Map<String, int[]> SIDES =
      Map.of(
          "left", new int[] {-1, 0},
          "right", new int[] {1, 0},
          "top", new int[] {0, -1},
          "bottom", new int[] {0, 1});
}
