// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * Finds the objects of one channel of a whole image, tile by tile and each time point by itself: as
 * many looks at all tiles as the threshold needs, then one that paints the ids. Ids count objects
 * by time point, then in the order of their first pixels in C order. So they are the same for any
 * tiles.
 */
public final class WholeSegmentation {
  private final Segmentation how;
  private final ImageLevel level;
  private final int channel;
  private final double[] spacing;
  private final TileSegmentation segmentation;

  /** What a look at a tile has found. */
  public sealed interface Finding extends Serializable permits Range, Counted, Regions {}

  /** The smallest and the largest value of a time point in a tile. */
  private record Range(int time, double low, double high) implements Finding {}

  /** How often values occur at a time point in a tile. */
  private record Counted(int time, ValueCounts counts) implements Finding {}

  /** The regions of a time point in a tile. */
  private record Regions(int time, int tile, TileRegions regions) implements Finding {}

  /**
   * What all tiles together have found so far.
   *
   * @param low smallest value of each time point; empty if not known yet
   * @param high largest value of each time point; empty if not known yet
   * @param threshold of each time point; empty if not known yet
   */
  public record Known(double[] low, double[] high, double[] threshold) implements Serializable {}

  /**
   * The ids of the regions of a tile.
   *
   * @param byTime by time point
   * @param objects number of objects of the image
   */
  public record Ids(Map<Integer, long[]> byTime, long objects) implements Serializable {}

  /**
   * @param channel index of the channel; 0 where the image has none
   * @throws IllegalArgumentException if objects of such an image cannot be found so
   */
  public WholeSegmentation(Segmentation how, ImageLevel level, int channel) {
    this.how = how;
    this.level = level;
    this.channel = channel;
    this.spacing =
        new double[] {
          level.pixelSize().get(AxisName.Z),
          level.pixelSize().get(AxisName.Y),
          level.pixelSize().get(AxisName.X)
        };
    this.segmentation = new TileSegmentation(how, level.type(), spacing);
    if (how.method().isGlobal() && !level.type().isFloat()) {
      ValueCounts.ofIntegers(level.type());
    } else if (how.method() == ThresholdMethod.LI || how.method() == ThresholdMethod.MEAN) {
      throw ValueCounts.needsAllValues(how.method());
    }
  }

  /** Whether the next look gives regions, so that it is the last. */
  private boolean isLast(Known known) {
    return !how.method().isGlobal() || known.threshold.length > 0;
  }

  /** How often all tiles are looked at before objects can be painted. */
  public int looks() {
    if (!how.method().isGlobal()) {
      return 1;
    }
    return level.type().isFloat() ? 3 : 2;
  }

  /**
   * Looks at a tile.
   *
   * @param tile its number
   * @param box in pixels of the level
   */
  public List<Finding> look(int tile, Box box, ChunkSource chunks, Known known) {
    List<Finding> findings = new ArrayList<>();
    for (int time : times(box)) {
      Block smooth = smoothed(box, time, chunks);
      if (isLast(known)) {
        findings.add(new Regions(time, tile, regions(smooth, box, time, known)));
      } else if (level.type().isFloat() && known.low.length == 0) {
        double[] range = smooth.range();
        findings.add(new Range(time, range[0], range[1]));
      } else {
        findings.add(new Counted(time, nothing(time, known).plus(smooth)));
      }
    }
    return findings;
  }

  private ValueCounts nothing(int time, Known known) {
    return level.type().isFloat()
        ? ValueCounts.ofNumbers(known.low[time], known.high[time])
        : ValueCounts.ofIntegers(level.type());
  }

  private TileRegions regions(Block smooth, Box box, int time, Known known) {
    OptionalDouble threshold =
        how.method().isGlobal() ? OptionalDouble.of(known.threshold[time]) : OptionalDouble.empty();
    return segmentation.regions(smooth, place(box), threshold);
  }

  /** What follows from all looks so far, each of which has seen all tiles. */
  public Known known(List<Finding> findings) {
    double[] low = new double[length(AxisName.T)];
    double[] high = new double[low.length];
    Arrays.fill(low, Double.POSITIVE_INFINITY);
    Arrays.fill(high, Double.NEGATIVE_INFINITY);
    boolean ranged = false;
    Map<Integer, ValueCounts> counts = new TreeMap<>();
    for (Finding finding : findings) {
      if (finding instanceof Range range) {
        ranged = true;
        low[range.time] = Math.min(low[range.time], range.low);
        high[range.time] = Math.max(high[range.time], range.high);
      } else if (finding instanceof Counted counted) {
        counts.merge(counted.time, counted.counts, ValueCounts::plus);
      }
    }
    double[] none = {};
    double[] thresholds = counts.values().stream().mapToDouble(this::threshold).toArray();
    return new Known(ranged ? low : none, ranged ? high : none, thresholds);
  }

  /** Nothing lies above the threshold of no values. */
  private double threshold(ValueCounts counts) {
    return counts.isEmpty() ? Double.POSITIVE_INFINITY : counts.threshold(how.method());
  }

  /** The ids of the regions of each tile, when the last look is done. */
  public Map<Integer, Ids> ids(List<Finding> findings) {
    Map<Integer, List<Regions>> byTime = new TreeMap<>();
    for (Finding finding : findings) {
      if (finding instanceof Regions regions) {
        byTime.computeIfAbsent(regions.time, none -> new ArrayList<>()).add(regions);
      }
    }
    Map<Integer, Map<Integer, long[]>> byTile = new TreeMap<>();
    long objects = 0;
    for (List<Regions> tiles : byTime.values()) {
      JoinedRegions joined =
          RegionJoin.of(tiles.stream().map(Regions::regions).toList(), how, objects);
      for (int i = 0; i < tiles.size(); i++) {
        byTile
            .computeIfAbsent(tiles.get(i).tile, none -> new HashMap<>())
            .put(tiles.get(i).time, joined.ids().get(i));
      }
      objects += joined.objects();
    }
    Map<Integer, Ids> ids = new TreeMap<>();
    long all = objects;
    byTile.forEach((tile, times) -> ids.put(tile, new Ids(times, all)));
    return ids;
  }

  /** Whether all looks are done. */
  public boolean isDone(List<Finding> findings) {
    return findings.stream().anyMatch(Regions.class::isInstance);
  }

  /** Takes the ids of the pixels of a tile, of one time point. */
  @FunctionalInterface
  public interface Painter {
    /**
     * @param place in pixels of the label image
     * @param ids in C order; 0 for none
     */
    void paint(Box place, long[] ids);
  }

  /** Paints the objects of a tile; finds its regions once more. */
  public void paint(Box box, ChunkSource chunks, Known known, Ids ids, Painter painter) {
    for (int time : times(box)) {
      long[] own = ids.byTime.get(time);
      if (Arrays.stream(own).anyMatch(id -> id != 0)) {
        TileRegions regions = regions(smoothed(box, time, chunks), box, time, known);
        painter.paint(onLabel(box, time), TileSegmentation.paint(regions, own));
      }
    }
  }

  private Box onLabel(Box box, int time) {
    int[] kept =
        IntStream.range(0, box.rank()).filter(i -> level.axes().name(i) != AxisName.C).toArray();
    Box one = at(box, AxisName.T, time, time + 1L);
    return Box.of(
        Arrays.stream(kept).mapToLong(one::start).toArray(),
        Arrays.stream(kept).mapToLong(one::stop).toArray());
  }

  private int[] times(Box box) {
    return level.axes().has(AxisName.T)
        ? IntStream.range(start(box, AxisName.T), stop(box, AxisName.T)).toArray()
        : new int[] {0};
  }

  private int length(AxisName axis) {
    Shape shape = level.shape();
    return level.axes().index(axis).stream()
        .map(index -> Math.toIntExact(shape.get(index)))
        .findFirst()
        .orElse(1);
  }

  private int start(Box box, AxisName axis) {
    return level.axes().index(axis).stream()
        .map(index -> Math.toIntExact(box.start(index)))
        .findFirst()
        .orElse(0);
  }

  private int stop(Box box, AxisName axis) {
    return level.axes().index(axis).stream()
        .map(index -> Math.toIntExact(box.stop(index)))
        .findFirst()
        .orElse(1);
  }

  private Box at(Box box, AxisName axis, long start, long stop) {
    return level.axes().has(axis)
        ? box.with(level.axes().index(axis).getAsInt(), start, stop)
        : box;
  }

  private ImageBox place(Box box) {
    int z = start(box, AxisName.Z);
    int y = start(box, AxisName.Y);
    int x = start(box, AxisName.X);
    return new ImageBox(
        z,
        y,
        x,
        stop(box, AxisName.Z) - z,
        stop(box, AxisName.Y) - y,
        stop(box, AxisName.X) - x,
        length(AxisName.Z),
        length(AxisName.Y),
        length(AxisName.X));
  }

  private Block smoothed(Box tile, int time, ChunkSource chunks) {
    List<AxisName> space = List.of(AxisName.Z, AxisName.Y, AxisName.X);
    Box around = at(at(tile, AxisName.T, time, time + 1L), AxisName.C, channel, channel + 1L);
    int[] before = new int[space.size()];
    int[] lengths = new int[space.size()];
    for (int axis = 0; axis < lengths.length; axis++) {
      AxisName name = space.get(axis);
      int reach = segmentation.reach(axis, length(AxisName.Z));
      int low = Math.max(0, start(tile, name) - reach);
      int high = Math.min(length(name), stop(tile, name) + reach);
      around = at(around, name, low, high);
      before[axis] = start(tile, name) - low;
      lengths[axis] = high - low;
    }
    Volume core = place(tile).volume();
    Volume volume = new Volume(core.dimensions(), lengths[0], lengths[1], lengths[2]);
    int first = volume.index(before[0], before[1], before[2]);
    return segmentation.smoothed(new Block(values(around, chunks), volume, core, first));
  }

  private double[] values(Box box, ChunkSource chunks) {
    NdArray pixels = NdArray.zeros(level.type(), box.shape());
    level.array().read(box, pixels, chunks);
    Patch patch = Patch.of(pixels, level.axes(), level.pixelSize(), box);
    double[] values = new double[patch.size()];
    patch.read(0, values.length, values, 0);
    return values;
  }
}
