// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.nd.Box;

/**
 * Finds the objects of one channel of a whole image, tile by tile and each time point by itself: as
 * many looks at all tiles as the threshold needs, one that finds what is connected, one that splits
 * it if asked for, then one that paints the ids. Ids count objects by time point, then in the order
 * of their first pixels in C order. So they are the same for any tiles.
 */
public final class WholeSegmentation {
  private final Segmentation how;
  private final ImageLevel level;
  private final ChannelBlocks blocks;
  private final TileSegmentation segmentation;
  private final Optional<FinderTiles> finder;

  /** What a look at a tile has found. */
  public sealed interface Finding extends Serializable permits Stepped, Regions, Parts {}

  /**
   * A step to the threshold of a time point.
   *
   * @param step number of the step, from 0
   */
  private record Stepped(int time, int step, ThresholdStep found) implements Finding {}

  /** The regions of a time point in a tile. */
  private record Regions(int time, int tile, TileRegions regions) implements Finding {}

  /** What the clumps of a time point that a tile speaks for are split into. */
  private record Parts(int time, TileParts parts) implements Finding {}

  /** How far the threshold of a time point is found. */
  private record Step(int number, ThresholdStep step) implements Serializable {}

  /**
   * What all tiles together have found so far.
   *
   * @param steps by time point; empty if no threshold is asked for
   * @param clumps by tile, then by time point; empty if not known yet or not asked for
   */
  public record Known(List<Step> steps, Map<Integer, Map<Integer, TileClumps>> clumps)
      implements Serializable {
    public Known {
      steps = List.copyOf(steps);
    }

    /** As much of it as a tile needs. */
    public Known of(int tile) {
      Map<Integer, Map<Integer, TileClumps>> own = new HashMap<>(clumps);
      own.keySet().retainAll(List.of(tile));
      return new Known(steps, own);
    }

    private boolean hasThresholds() {
      return steps.stream().allMatch(each -> each.step instanceof ThresholdStep.Found);
    }

    private OptionalDouble threshold(int time) {
      return steps.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(((ThresholdStep.Found) steps.get(time).step).threshold());
    }
  }

  /**
   * The ids of the pixels of a tile.
   *
   * @param ofRegions by time point, then by region; empty if objects are split
   * @param ofParts by time point, then by clump and part; empty if objects are not split
   * @param objects number of objects of the image
   */
  public record Ids(
      Map<Integer, long[]> ofRegions, Map<Integer, Map<Long, long[]>> ofParts, long objects)
      implements Serializable {}

  /**
   * @param channel index of the channel; 0 where the image has none
   * @throws IllegalArgumentException if objects of such an image cannot be found so
   */
  public WholeSegmentation(Segmentation how, ImageLevel level, int channel) {
    this(how, Optional.empty(), level, channel);
  }

  private WholeSegmentation(
      Segmentation how, Optional<FinderTiles> finder, ImageLevel level, int channel) {
    this.how = how;
    this.finder = finder;
    this.level = level;
    this.blocks = new ChannelBlocks(level, channel);
    this.segmentation = new TileSegmentation(how, level.type(), blocks.spacing());
  }

  /**
   * Finds objects by a finder, which is given tiles with pixels around them and numbers the objects
   * of each as it likes. Pixels beside each other that it gives one number belong to one object,
   * and what two tiles have found is one object where both see it at the same pixel. So the result
   * is the same for any tiles if whether a pixel belongs to an object, and to the same as the pixel
   * beside it, follows from pixels no further away than the halo.
   *
   * @param halo pixels along z, y and x
   * @param connectivity which pixels are beside each other
   * @param channel index of the channel; 0 where the image has none
   * @throws IllegalArgumentException if the halo is negative
   */
  public static WholeSegmentation by(
      ObjectFinder finder, int halo, Connectivity connectivity, ImageLevel level, int channel) {
    // Nothing but what the finder says is asked for.
    return new WholeSegmentation(
        Segmentation.above(0),
        Optional.of(new FinderTiles(finder, halo, connectivity, level, channel)),
        level,
        channel);
  }

  private boolean isSplit() {
    return how.split() != Segmentation.Split.NONE;
  }

  /** How often all tiles are looked at before objects can be painted; about, of some floats. */
  public int looks() {
    int threshold = how.method().isGlobal() ? ThresholdStep.looks(how.method(), level.type()) : 0;
    return threshold + (isSplit() ? 2 : 1);
  }

  /**
   * Looks at a tile.
   *
   * @param tile its number
   * @param box in pixels of the level
   */
  public List<Finding> look(int tile, Box box, ChunkSource chunks, Known known) {
    List<Finding> findings = new ArrayList<>();
    for (int time : blocks.times(box)) {
      find(tile, box, time, chunks, known).ifPresent(findings::add);
    }
    return findings;
  }

  private Optional<Finding> find(int tile, Box box, int time, ChunkSource chunks, Known known) {
    ImageBox place = blocks.place(box);
    if (known.hasThresholds()) {
      TileRegions regions = regions(place, time, chunks, known);
      return Optional.of(
          known.clumps.isEmpty()
              ? new Regions(time, tile, regions)
              : new Parts(time, parts(regions, time, chunks, known)));
    }
    Step step = known.steps.get(time);
    if (step.step instanceof ThresholdStep.Found) {
      return Optional.empty();
    }
    ThresholdStep found = step.step.plus(smoothed(place, time, chunks));
    return Optional.of(new Stepped(time, step.number, found));
  }

  private Block smoothed(ImageBox place, int time, ChunkSource chunks) {
    int[] reach = segmentation.reach(place.imageDepth());
    return segmentation.smoothed(blocks.read(place, time, reach, chunks));
  }

  private TileRegions regions(ImageBox place, int time, ChunkSource chunks, Known known) {
    if (finder.isPresent()) {
      return finder.get().regions(place, time, chunks);
    }
    return segmentation.regions(smoothed(place, time, chunks), place, known.threshold(time));
  }

  private TileSplitting splitting(int time, ChunkSource chunks, Known known) {
    return new TileSplitting(how, blocks.spacing(), place -> regions(place, time, chunks, known));
  }

  private static TileClumps clumps(int time, Known known) {
    return known.clumps.values().iterator().next().get(time);
  }

  /** A tile speaks for the clumps whose first pixel it holds. */
  private TileParts parts(TileRegions regions, int time, ChunkSource chunks, Known known) {
    TileParts.Builder parts = new TileParts.Builder();
    splitting(time, chunks, known)
        .forEach(
            regions,
            clumps(time, known),
            spanning -> regions.place().contains(spanning.first()),
            parts::add);
    return parts.build();
  }

  /** What follows from all looks so far, each of which has seen all tiles. */
  public Known known(List<Finding> findings) {
    List<Step> steps = new ArrayList<>();
    if (how.method().isGlobal()) {
      for (int time = 0; time < blocks.times(); time++) {
        steps.add(step(time, findings));
      }
    }
    return new Known(steps, isSplit() ? clumps(joined(findings)) : Map.of());
  }

  /** By tile, then by time point. */
  private static Map<Integer, Map<Integer, TileClumps>> clumps(Map<Integer, Joined> joined) {
    Map<Integer, Map<Integer, TileClumps>> clumps = new TreeMap<>();
    for (Map.Entry<Integer, Joined> time : joined.entrySet()) {
      for (Map.Entry<Integer, TileClumps> tile : time.getValue().tiles.entrySet()) {
        clumps
            .computeIfAbsent(tile.getKey(), none -> new HashMap<>())
            .put(time.getKey(), tile.getValue());
      }
    }
    return clumps;
  }

  private Step step(int time, List<Finding> findings) {
    Map<Integer, ThresholdStep> found = new TreeMap<>();
    for (Finding finding : findings) {
      if (finding instanceof Stepped stepped && stepped.time == time) {
        found.merge(stepped.step, stepped.found, ThresholdStep::plus);
      }
    }
    ThresholdStep last =
        found.isEmpty()
            ? ThresholdStep.first(level.type())
            : found.get(found.size() - 1).next(how.method(), level.type());
    return new Step(found.size(), last);
  }

  /** The clumps of a time point by tile. */
  private record Joined(Map<Integer, TileClumps> tiles, int objects) {}

  /** Clumps by time point, numbered through all of them. */
  private Map<Integer, Joined> joined(List<Finding> findings) {
    Map<Integer, List<Regions>> byTime = new TreeMap<>();
    for (Finding finding : findings) {
      if (finding instanceof Regions regions) {
        byTime.computeIfAbsent(regions.time, none -> new ArrayList<>()).add(regions);
      }
    }
    Map<Integer, Joined> joined = new TreeMap<>();
    long objects = 0;
    for (Map.Entry<Integer, List<Regions>> time : byTime.entrySet()) {
      List<Regions> tiles = time.getValue();
      List<TileRegions> found = tiles.stream().map(Regions::regions).toList();
      JoinedRegions regions =
          finder.isPresent()
              ? RegionJoin.ofFound(found, objects)
              : RegionJoin.of(found, how, objects);
      Map<Integer, TileClumps> byTile = new TreeMap<>();
      for (int i = 0; i < tiles.size(); i++) {
        byTile.put(tiles.get(i).tile, regions.tiles().get(i));
      }
      joined.put(time.getKey(), new Joined(byTile, regions.objects()));
      objects += regions.objects();
    }
    return joined;
  }

  /** Whether all looks are done. */
  public boolean isDone(List<Finding> findings) {
    Class<? extends Finding> last = isSplit() ? Parts.class : Regions.class;
    return findings.stream().anyMatch(last::isInstance);
  }

  /** The ids of each tile, when the last look is done. */
  public Map<Integer, Ids> ids(List<Finding> findings) {
    Map<Integer, Joined> joined = joined(findings);
    Map<Integer, PartIds> parts = partIds(findings);
    long objects =
        isSplit()
            ? parts.values().stream().mapToLong(PartIds::objects).sum()
            : joined.values().stream().mapToLong(Joined::objects).sum();
    Map<Integer, Ids> ids = new TreeMap<>();
    joined.forEach(
        (time, clumps) ->
            clumps.tiles.forEach(
                (tile, own) -> {
                  Ids ofTile =
                      ids.computeIfAbsent(
                          tile, none -> new Ids(new HashMap<>(), new HashMap<>(), objects));
                  if (isSplit()) {
                    ofTile.ofParts.put(time, parts.get(time).in(own));
                  } else {
                    ofTile.ofRegions.put(time, own.ofRegions());
                  }
                }));
    return ids;
  }

  private Map<Integer, PartIds> partIds(List<Finding> findings) {
    Map<Integer, List<TileParts>> byTime = new TreeMap<>();
    for (Finding finding : findings) {
      if (finding instanceof Parts parts) {
        byTime.computeIfAbsent(parts.time, none -> new ArrayList<>()).add(parts.parts);
      }
    }
    Map<Integer, PartIds> ids = new TreeMap<>();
    long before = 0;
    for (Map.Entry<Integer, List<TileParts>> time : byTime.entrySet()) {
      PartIds own = PartIds.of(time.getValue(), how.minSize(), before);
      ids.put(time.getKey(), own);
      before += own.objects();
    }
    return ids;
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
    for (int time : blocks.times(box)) {
      long[] painted =
          isSplit() ? parts(box, time, chunks, known, ids) : regions(box, time, chunks, known, ids);
      if (Arrays.stream(painted).anyMatch(id -> id != 0)) {
        painter.paint(blocks.onLabel(box, time), painted);
      }
    }
  }

  private long[] regions(Box box, int time, ChunkSource chunks, Known known, Ids ids) {
    long[] own = ids.ofRegions.get(time);
    if (Arrays.stream(own).allMatch(id -> id == 0)) {
      return new long[0];
    }
    TileRegions regions = regions(blocks.place(box), time, chunks, known);
    if (finder.isPresent() && regions.aboveCount() != own.length) {
      throw finder.get().changed(own.length, regions.aboveCount());
    }
    return TileSegmentation.paint(regions, own);
  }

  private long[] parts(Box box, int time, ChunkSource chunks, Known known, Ids ids) {
    Map<Long, long[]> own = ids.ofParts.get(time);
    if (own.isEmpty()) {
      return new long[0];
    }
    TileRegions regions = regions(blocks.place(box), time, chunks, known);
    return splitting(time, chunks, known).paint(regions, clumps(time, known), own);
  }
}
