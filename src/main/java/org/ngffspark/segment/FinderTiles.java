// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.Arrays;
import java.util.Locale;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.image.LongIndex;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.transform.TransformUnavailableException;
import org.ngffspark.zarr.ChunkSource;

/**
 * Finds the regions of the tiles of a whole image by a finder, which is given each tile with pixels
 * around it. One pixel more than the halo is looked at, for what a tile says of the pixels next to
 * it is compared with what their own tile says, and both must have seen all that they follow from.
 * What the finder says of pixels further away may be wrong, so what is connected by these alone is
 * not taken as connected; other tiles tell.
 */
final class FinderTiles {
  private final ObjectFinder finder;
  private final int halo;
  private final Connectivity connectivity;
  private final ImageLevel level;
  private final int channel;
  private final ChannelBlocks blocks;

  /**
   * @param halo pixels around a pixel that decide about it
   * @param connectivity of objects
   * @throws IllegalArgumentException if the halo is negative
   */
  FinderTiles(
      ObjectFinder finder, int halo, Connectivity connectivity, ImageLevel level, int channel) {
    if (halo < 0 || halo == Integer.MAX_VALUE) {
      throw new IllegalArgumentException("A halo has 0 or more pixels, got " + halo);
    }
    this.finder = finder;
    this.halo = halo;
    this.connectivity = connectivity;
    this.level = level;
    this.channel = channel;
    this.blocks = new ChannelBlocks(level, channel);
  }

  /**
   * @throws IllegalArgumentException if the finder fails
   */
  TileRegions regions(ImageBox place, int time, ChunkSource chunks) {
    ImageBox around = place.grown(halo + 1);
    Patch found = found(around, time, chunks);
    ImageBox touching = place.grown(1);
    LongIndex numbers = new LongIndex();
    int[] equal = new int[touching.volume().size()];
    for (int pixel = 0; pixel < equal.length; pixel++) {
      long value = found.integer(around.pixel(touching.index(pixel)));
      equal[pixel] = value == 0 ? 0 : numbers.indexOf(value) + 1;
    }
    int[] labels = Components.ofEqual(equal, touching.volume(), connectivity).labels();
    return regions(place, touching, labels);
  }

  /** Numbers the regions of the tile anew and leaves out those that lie around it alone. */
  private static TileRegions regions(ImageBox place, ImageBox touching, int[] labels) {
    int[] numbers = new int[Arrays.stream(labels).max().orElse(0) + 1];
    int count = 0;
    int[] own = new int[place.volume().size()];
    for (int pixel = 0; pixel < own.length; pixel++) {
      int label = labels[touching.pixel(place.index(pixel))];
      if (label != 0 && numbers[label] == 0) {
        numbers[label] = ++count;
      }
      own[pixel] = numbers[label];
    }
    int[] all = Arrays.stream(labels).map(label -> numbers[label]).toArray();
    return TileRegions.found(place, own, count, RegionFace.beyond(place, touching, all));
  }

  private Patch found(ImageBox around, int time, ChunkSource chunks) {
    MaskedPatch object = MaskedPatch.whole(level, channel, blocks.patch(around, time, chunks));
    Patch found = FoundObjects.blank(object.patch());
    try {
      finder.find(object, found);
    } catch (TransformUnavailableException elsewhere) {
      throw elsewhere;
    } catch (RuntimeException failure) {
      String reason =
          failure instanceof IllegalArgumentException ? failure.getMessage() : failure.toString();
      throw new IllegalArgumentException(
          "finder '%s' failed in the box %s: %s"
              .formatted(finder.name(), object.patch().box(), reason),
          failure);
    }
    return found;
  }

  /** The error of a finder that finds something else when it is asked again. */
  IllegalArgumentException changed(int before, int now) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "finder '%s' found %d objects in a tile, and %d when it was asked again; what it finds"
                + " must follow from the pixels alone",
            finder.name(),
            before,
            now));
  }
}
