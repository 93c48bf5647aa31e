// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Splits the clumps of a tile, each by itself as if it were alone in the image, so that its parts
 * do not depend on tiles: those that lie in other tiles too are found once more in their whole box.
 */
final class TileSplitting {
  /** Pixels of the largest box that is held to split a clump of several tiles. */
  private static final long MOST_PIXELS = 1L << 26;

  private final Segmentation how;
  private final double[] spacing;
  private final Function<ImageBox, TileRegions> find;

  /**
   * @param spacing lengths of a pixel along z, y and x
   * @param find finds the regions of any box of the image as those of a tile
   */
  TileSplitting(Segmentation how, double[] spacing, Function<ImageBox, TileRegions> find) {
    this.how = how;
    this.spacing = spacing.clone();
    this.find = find;
  }

  /** Takes the parts of a clump. */
  @FunctionalInterface
  interface PartSink {
    /**
     * @param box around the clump, in pixels of the image
     * @param parts number of the part of each pixel of the box, from 1 in the order of first
     *     pixels; 0 outside
     */
    void take(long clump, ImageBox box, int[] parts);
  }

  /**
   * Splits clumps of a tile.
   *
   * @param wanted which of those that lie in other tiles too
   * @throws IllegalArgumentException if one of these is too large to be held
   */
  void forEach(
      TileRegions tile, TileClumps clumps, Predicate<TileClumps.Spanning> wanted, PartSink sink) {
    boxes(tile, clumps)
        .forEach(
            (clump, box) -> {
              boolean[] mask = mask(tile, box, region -> clumps.of(region, tile) == clump);
              sink.take(clump, box, split(mask, box));
            });
    for (TileClumps.Spanning each : clumps.spanning()) {
      if (wanted.test(each)) {
        ImageBox box = held(each.box());
        TileRegions around = find.apply(box);
        int region = around.labels()[box.pixel(each.first())];
        sink.take(each.clump(), box, split(mask(around, box, one -> one == region), box));
      }
    }
  }

  /**
   * The ids of the pixels of a tile.
   *
   * @param ids by clump and part; 0 for none
   */
  long[] paint(TileRegions tile, TileClumps clumps, Map<Long, long[]> ids) {
    ImageBox place = tile.place();
    long[] painted = new long[tile.labels().length];
    forEach(
        tile,
        clumps,
        all -> true,
        (clump, box, parts) -> {
          long[] own = ids.get(clump);
          for (int pixel = 0; pixel < parts.length; pixel++) {
            long index = box.index(pixel);
            if (parts[pixel] > 0 && place.contains(index)) {
              painted[place.pixel(index)] = own[parts[pixel] - 1];
            }
          }
        });
    return painted;
  }

  private static ImageBox held(ImageBox box) {
    if (box.pixels() > MOST_PIXELS) {
      throw new IllegalArgumentException(
          ("Pixels above the threshold are connected over z %d to %d, y %d to %d, x %d to %d; to"
                  + " be split they may lie in a box of up to %d pixels, this one has %d. Choose a"
                  + " higher threshold, or find objects inside those of a label image")
              .formatted(
                  box.z(),
                  box.stop(0),
                  box.y(),
                  box.stop(1),
                  box.x(),
                  box.stop(2),
                  MOST_PIXELS,
                  box.pixels()));
    }
    return box;
  }

  /** Boxes of the clumps that lie in this tile alone. */
  private static Map<Long, ImageBox> boxes(TileRegions tile, TileClumps clumps) {
    Set<Long> spanning = clumps.numbersOfSpanning();
    Map<Long, ImageBox> boxes = new LinkedHashMap<>();
    for (int region = -tile.belowCount(); region <= tile.aboveCount(); region++) {
      if (region != 0) {
        long clump = clumps.of(region, tile);
        if (clump != 0 && !spanning.contains(clump)) {
          boxes.merge(clump, tile.box(region), ImageBox::around);
        }
      }
    }
    return boxes;
  }

  /** Which regions belong to a clump. */
  @FunctionalInterface
  private interface RegionTest {
    boolean test(int region);
  }

  private static boolean[] mask(TileRegions tile, ImageBox box, RegionTest isOfClump) {
    boolean[] mask = new boolean[box.volume().size()];
    for (int pixel = 0; pixel < mask.length; pixel++) {
      int region = tile.labels()[tile.place().pixel(box.index(pixel))];
      mask[pixel] = region != 0 && isOfClump.test(region);
    }
    return mask;
  }

  private int[] split(boolean[] mask, ImageBox box) {
    int[] component = new int[mask.length];
    Arrays.setAll(component, pixel -> mask[pixel] ? 1 : 0);
    int[] parts = Splitting.of(mask, component, box.volume(), spacing, how.peakDistance());
    int[] numbers = new int[Arrays.stream(parts).max().orElse(0) + 1];
    int count = 0;
    for (int pixel = 0; pixel < parts.length; pixel++) {
      int part = parts[pixel];
      if (part != 0) {
        numbers[part] = numbers[part] == 0 ? ++count : numbers[part];
        parts[pixel] = numbers[part];
      }
    }
    return parts;
  }
}
