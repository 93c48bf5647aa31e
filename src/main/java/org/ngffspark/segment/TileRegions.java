// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The regions of one tile: connected pixels above the threshold, and, where holes are filled, the
 * connected pixels below it that reach the tile's border, for only the other tiles tell whether
 * they are holes. Objects of the image are unions of regions; {@link RegionJoin} finds out of
 * which.
 *
 * <p>Regions above are numbered from 1 in the order of their first pixels, those below from -1
 * down.
 */
final class TileRegions implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ImageBox place;
  // By number of the region above, then of the region below.
  private final Sizes above;
  private final Sizes below;
  // Pairs of a region below and a region above that it touches.
  private final int[] contacts;
  // Regions below that reach the border of the image.
  private final int[] open;
  // Layers of pixels behind which the image goes on.
  private final List<RegionFace> faces;
  // The layers behind those, in other tiles, where regions of this one go on.
  private final List<RegionFace> beyond;
  // Of each pixel its region; 0 for none. Not sent.
  private final transient int[] labels;

  /** What is known of regions, by their number less 1. */
  private static final class Sizes implements Serializable {
    private static final long serialVersionUID = 1L;
    private final long[] pixels;
    private final long[] first;
    // Of each region the first and the last index along z, y and x.
    private final int[] bounds;

    Sizes(int count) {
      this.pixels = new long[count];
      this.first = new long[count];
      this.bounds = new int[6 * count];
      Arrays.fill(first, -1);
    }

    void add(int index, long pixel, int z, int y, int x) {
      pixels[index]++;
      if (first[index] < 0) {
        first[index] = pixel;
      }
      int[] place = {z, y, x};
      boolean isFirst = pixels[index] == 1;
      for (int axis = 0; axis < 3; axis++) {
        int at = 6 * index + axis;
        bounds[at] = isFirst ? place[axis] : Math.min(bounds[at], place[axis]);
        bounds[at + 3] = isFirst ? place[axis] : Math.max(bounds[at + 3], place[axis]);
      }
    }
  }

  private TileRegions(
      ImageBox place, int[] labels, int aboveCount, int belowCount, int[] contacts) {
    this(place, labels, aboveCount, belowCount, contacts, List.of());
  }

  private TileRegions(
      ImageBox place,
      int[] labels,
      int aboveCount,
      int belowCount,
      int[] contacts,
      List<RegionFace> beyond) {
    this.place = place;
    this.labels = labels;
    this.above = new Sizes(aboveCount);
    this.below = new Sizes(belowCount);
    this.contacts = contacts;
    this.open = open(place, labels);
    this.faces = RegionFace.of(place, labels);
    this.beyond = List.copyOf(beyond);
    count();
  }

  /**
   * Finds the regions.
   *
   * @param inside the pixels of the tile above the threshold
   * @param place of the tile in the image
   */
  static TileRegions of(Segmentation how, boolean[] inside, ImageBox place) {
    Volume volume = place.volume();
    boolean fill = how.holes() == Segmentation.Holes.FILL;
    boolean[] filled = fill ? HoleFilling.of(inside, volume) : inside;
    Components above = Components.of(filled, volume, how.connectivity());
    if (!fill) {
      return new TileRegions(place, above.labels(), above.count(), 0, new int[0]);
    }
    boolean[] outside = new boolean[filled.length];
    for (int pixel = 0; pixel < outside.length; pixel++) {
      outside[pixel] = !filled[pixel];
    }
    Components below = Components.of(outside, volume, Connectivity.FACES);
    int[] labels = above.labels();
    for (int pixel = 0; pixel < labels.length; pixel++) {
      labels[pixel] = labels[pixel] > 0 ? labels[pixel] : -below.labels()[pixel];
    }
    int[] contacts = contacts(volume, labels, how.connectivity());
    return new TileRegions(place, labels, above.count(), below.count(), contacts);
  }

  /**
   * Regions that are known.
   *
   * @param labels of each pixel its region, from 1 in the order of their first pixels; 0 for none
   * @param count number of regions
   * @param beyond layers of {@link RegionFace#beyond}
   */
  static TileRegions found(ImageBox place, int[] labels, int count, List<RegionFace> beyond) {
    return new TileRegions(place, labels, count, 0, new int[0], beyond);
  }

  /** A hole that is filled joins what it would be connected to if it had been inside. */
  private static int[] contacts(Volume volume, int[] labels, Connectivity connectivity) {
    Set<Long> pairs = new LinkedHashSet<>();
    for (int[] step : connectivity.before()) {
      int offset = volume.index(step[0], step[1], step[2]);
      for (int z = -step[0]; z < volume.depth(); z++) {
        for (int y = Math.max(0, -step[1]); y < volume.height() - Math.max(0, step[1]); y++) {
          int row = volume.index(z, y, 0);
          int last = Math.min(volume.width(), volume.width() - step[2]);
          for (int x = Math.max(0, -step[2]); x < last; x++) {
            int one = labels[row + x];
            int other = labels[row + x + offset];
            if ((one ^ other) < 0) {
              pairs.add((long) Math.min(one, other) << Integer.SIZE | Math.max(one, other));
            }
          }
        }
      }
    }
    List<Integer> flat = new ArrayList<>();
    for (long pair : pairs) {
      flat.add((int) (pair >> Integer.SIZE));
      flat.add((int) pair);
    }
    return flat.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[] open(ImageBox place, int[] labels) {
    Set<Integer> open = new LinkedHashSet<>();
    Volume volume = place.volume();
    for (int axis = place.imageDepth() == 1 ? 1 : 0; axis < 3; axis++) {
      boolean first = place.start(axis) == 0;
      boolean last = place.stop(axis) == place.imageLength(axis);
      int end = (volume.length(axis) - 1) * volume.step(axis);
      volume.forEachLine(
          axis,
          pixel -> {
            if (first && labels[pixel] < 0) {
              open.add(labels[pixel]);
            }
            if (last && labels[pixel + end] < 0) {
              open.add(labels[pixel + end]);
            }
          });
    }
    return open.stream().mapToInt(Integer::intValue).toArray();
  }

  private void count() {
    for (int pixel = 0; pixel < labels.length; pixel++) {
      int label = labels[pixel];
      if (label != 0) {
        int x = pixel % place.width() + place.x();
        int y = pixel / place.width() % place.height() + place.y();
        int z = pixel / place.width() / place.height() + place.z();
        sizes(label).add(Math.abs(label) - 1, place.index(pixel), z, y, x);
      }
    }
  }

  private Sizes sizes(int region) {
    return region > 0 ? above : below;
  }

  ImageBox place() {
    return place;
  }

  int aboveCount() {
    return above.pixels.length;
  }

  int belowCount() {
    return below.pixels.length;
  }

  /** Pixels of a region. */
  long pixels(int region) {
    return sizes(region).pixels[Math.abs(region) - 1];
  }

  /** Number of the region's first pixel in C order of the image. */
  long first(int region) {
    return sizes(region).first[Math.abs(region) - 1];
  }

  /** The box around a region. */
  ImageBox box(int region) {
    int at = 6 * (Math.abs(region) - 1);
    int[] bounds = sizes(region).bounds;
    return place.within(
        Arrays.copyOfRange(bounds, at, at + 3),
        new int[] {bounds[at + 3] + 1, bounds[at + 4] + 1, bounds[at + 5] + 1});
  }

  /** The place of a region where those above are counted first, then those below. */
  int index(int region) {
    return region > 0 ? region - 1 : aboveCount() - region - 1;
  }

  int[] contacts() {
    return contacts;
  }

  /** Regions below that reach the border of the image, so that they are no holes. */
  int[] open() {
    return open;
  }

  /** The layers of pixels behind which the image goes on. */
  List<RegionFace> faces() {
    return faces;
  }

  /** The layers of pixels behind those, of regions that were {@link #found}. */
  List<RegionFace> beyond() {
    return beyond;
  }

  /** Of each pixel of the tile its region, 0 for none; where the regions were found. */
  int[] labels() {
    return labels;
  }
}
