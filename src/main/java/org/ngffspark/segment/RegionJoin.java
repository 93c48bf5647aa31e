// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.ngffspark.segment.TileClumps.Spanning;

/**
 * Joins the regions of all tiles of one volume to objects: what {@code scipy.ndimage.label} of the
 * whole volume finds, after {@code binary_fill_holes} where holes are filled, whatever the tiles
 * are.
 */
final class RegionJoin {
  private final List<TileRegions> tiles;
  private final Connectivity connectivity;
  private final long least;
  // Regions of all tiles have one number each: those above of a tile, then those below.
  private final int[] bases;
  private final int[] parent;
  private final boolean[] open;
  // Pairs of a region below and one above that touch.
  private final List<int[]> touching = new ArrayList<>();

  private RegionJoin(List<TileRegions> tiles, Connectivity connectivity, long least) {
    this.tiles = tiles;
    this.connectivity = connectivity;
    this.least = least;
    this.bases = new int[tiles.size()];
    int total = 0;
    for (int tile = 0; tile < bases.length; tile++) {
      bases[tile] = total;
      total = Math.addExact(total, tiles.get(tile).aboveCount() + tiles.get(tile).belowCount());
    }
    this.parent = IntStream.range(0, total).toArray();
    this.open = new boolean[total];
  }

  /**
   * Numbers the objects of a volume.
   *
   * @param tiles of the whole volume, which they cover without overlap, in a grid; at least one
   * @param before number of objects that are numbered already
   */
  static JoinedRegions of(List<TileRegions> tiles, Segmentation how, long before) {
    // What is to be split is left out when it is.
    long least = how.split() == Segmentation.Split.NONE ? how.minSize() : 0;
    RegionJoin join = new RegionJoin(tiles, how.connectivity(), least);
    join.joinTiles();
    join.openAtBorders();
    join.fillHoles();
    return join.numbered(before);
  }

  /**
   * The same for regions of {@link TileRegions#found}: those of two tiles are one object where both
   * tiles have a region at a pixel that one sees beyond its border.
   */
  static JoinedRegions ofFound(List<TileRegions> tiles, long before) {
    RegionJoin join = new RegionJoin(tiles, Connectivity.FULL, 0);
    join.joinOverlaps();
    return join.numbered(before);
  }

  private int node(int tile, int region) {
    return bases[tile] + tiles.get(tile).index(region);
  }

  private void joinTiles() {
    int reach = connectivity == Connectivity.FULL ? 1 : 0;
    for (int tile = 0; tile < tiles.size(); tile++) {
      for (RegionFace face : tiles.get(tile).faces()) {
        for (int other = 0; other < tiles.size(); other++) {
          for (RegionFace opposite : tiles.get(other).faces()) {
            if (face.faces(opposite, reach)) {
              join(tile, face, other, opposite, reach);
            }
          }
        }
      }
    }
  }

  private void join(int tile, RegionFace face, int other, RegionFace opposite, int reach) {
    for (int i = 0; i < face.regions().length; i++) {
      int region = face.regions()[i];
      int row = face.row() + i / face.columns();
      int column = face.column() + i % face.columns();
      int straight = opposite.at(row, column);
      if (region < 0 && straight < 0) {
        union(node(tile, region), node(other, straight));
      }
      for (int r = row - reach; r <= row + reach; r++) {
        for (int c = column - reach; c <= column + reach; c++) {
          int beside = opposite.at(r, c);
          if (region > 0 && beside > 0) {
            union(node(tile, region), node(other, beside));
          } else if (Integer.signum(region) * Integer.signum(beside) < 0) {
            touching.add(contact(tile, region, other, beside));
          }
        }
      }
    }
  }

  private void joinOverlaps() {
    for (int tile = 0; tile < tiles.size(); tile++) {
      for (RegionFace seen : tiles.get(tile).beyond()) {
        for (int other = 0; other < tiles.size(); other++) {
          for (RegionFace own : tiles.get(other).faces()) {
            if (seen.faces(own, 0) || own.faces(seen, 0)) {
              joinOverlap(tile, seen, other, own);
            }
          }
        }
      }
    }
  }

  private void joinOverlap(int tile, RegionFace seen, int other, RegionFace own) {
    for (int i = 0; i < seen.regions().length; i++) {
      int region = seen.regions()[i];
      int same = own.at(seen.row() + i / seen.columns(), seen.column() + i % seen.columns());
      if (region > 0 && same > 0) {
        union(node(tile, region), node(other, same));
      }
    }
  }

  /** The region below first. */
  private int[] contact(int tile, int region, int other, int beside) {
    int node = node(tile, region);
    int second = node(other, beside);
    return region < 0 ? new int[] {node, second} : new int[] {second, node};
  }

  private int root(int node) {
    int root = node;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }

  private void union(int a, int b) {
    int first = root(a);
    int second = root(b);
    int low = Math.min(first, second);
    parent[Math.max(first, second)] = low;
    open[low] = open[first] || open[second];
  }

  /** Regions below that reach the border of the volume are no holes. */
  private void openAtBorders() {
    for (int tile = 0; tile < tiles.size(); tile++) {
      for (int region : tiles.get(tile).open()) {
        open[root(node(tile, region))] = true;
      }
    }
  }

  private void fillHoles() {
    for (int tile = 0; tile < tiles.size(); tile++) {
      int[] contacts = tiles.get(tile).contacts();
      for (int i = 0; i < contacts.length; i += 2) {
        touching.add(contact(tile, contacts[i], tile, contacts[i + 1]));
      }
    }
    // Chosen before any is filled, for then a hole and its object are one.
    List<int[]> holes = touching.stream().filter(pair -> !open[root(pair[0])]).toList();
    holes.forEach(pair -> union(pair[0], pair[1]));
  }

  private JoinedRegions numbered(long before) {
    long[] pixels = new long[parent.length];
    long[] first = new long[parent.length];
    Arrays.fill(first, Long.MAX_VALUE);
    forEachRegion(
        (tile, region, root) -> {
          pixels[root] += tiles.get(tile).pixels(region);
          first[root] = Math.min(first[root], tiles.get(tile).first(region));
        });
    int[] objects =
        IntStream.range(0, parent.length)
            .filter(node -> pixels[node] > 0 && pixels[node] >= least)
            .boxed()
            .sorted(Comparator.comparingLong(node -> first[node]))
            .mapToInt(Integer::intValue)
            .toArray();
    long[] ids = new long[parent.length];
    for (int i = 0; i < objects.length; i++) {
      ids[objects[i]] = before + i + 1;
    }
    return new JoinedRegions(perTile(ids, first), objects.length);
  }

  /** Takes a region that is no background. */
  @FunctionalInterface
  private interface RegionSink {
    void take(int tile, int region, int root);
  }

  private void forEachRegion(RegionSink sink) {
    for (int tile = 0; tile < tiles.size(); tile++) {
      TileRegions regions = tiles.get(tile);
      for (int region = -regions.belowCount(); region <= regions.aboveCount(); region++) {
        if (region != 0 && !open[root(node(tile, region))]) {
          sink.take(tile, region, root(node(tile, region)));
        }
      }
    }
  }

  private List<TileClumps> perTile(long[] ids, long[] first) {
    int[] place = new int[parent.length];
    Arrays.fill(place, -1);
    Map<Integer, ImageBox> spanning = new TreeMap<>();
    forEachRegion(
        (tile, region, root) -> {
          if (place[root] >= 0 && place[root] != tile && ids[root] != 0) {
            spanning.put(root, tiles.get(tile).box(region));
          }
          place[root] = tile;
        });
    List<Set<Integer>> inTile = tiles.stream().<Set<Integer>>map(each -> new TreeSet<>()).toList();
    forEachRegion(
        (tile, region, root) -> {
          if (spanning.containsKey(root)) {
            spanning.merge(root, tiles.get(tile).box(region), ImageBox::around);
            inTile.get(tile).add(root);
          }
        });
    return IntStream.range(0, tiles.size())
        .mapToObj(
            tile ->
                new TileClumps(
                    ofRegions(tile, ids),
                    inTile.get(tile).stream()
                        .map(root -> new Spanning(ids[root], spanning.get(root), first[root]))
                        .toList()))
        .toList();
  }

  private long[] ofRegions(int tile, long[] ids) {
    long[] own = new long[tiles.get(tile).aboveCount() + tiles.get(tile).belowCount()];
    for (int i = 0; i < own.length; i++) {
      own[i] = ids[root(bases[tile] + i)];
    }
    return own;
  }
}
