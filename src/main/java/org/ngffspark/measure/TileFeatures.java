// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.nd.Box;

/**
 * What one tile of an image gives: rows of the objects that lie in it, and the parts of those that
 * may go on in another tile, by the place that puts them together.
 *
 * <p>An object whose pixels are not connected may have parts in several tiles and reach the border
 * of none. Then it has a row of each, which {@link FeatureRows#repeated} finds; the tiles are then
 * asked once more for the parts of those objects.
 */
public final class TileFeatures implements Serializable {
  private static final long serialVersionUID = 1L;

  private final FeatureRows rows;
  private final TreeMap<Integer, ObjectPieces> pieces;

  private TileFeatures(FeatureRows rows, Map<Integer, ObjectPieces> pieces) {
    this.rows = rows;
    this.pieces = new TreeMap<>(pieces);
  }

  /** Measures the objects of an image that is not cut. */
  public static TileFeatures whole(ObjectMeasurement measurement, PartValues values) {
    FeatureRows.Builder rows = new FeatureRows.Builder(measurement);
    for (int object = 0; object < values.parts().size(); object++) {
      rows.add(values.object(object, measurement.tools()));
    }
    return new TileFeatures(rows.build(), Map.of());
  }

  /**
   * Measures the objects of one tile of several.
   *
   * @param values of the tile's objects
   * @param axes of the image
   * @param tile in pixels of the image, in the order of {@code axes}
   * @param places number of places that put parts together
   */
  public static TileFeatures of(
      ObjectMeasurement measurement, PartValues values, Axes axes, Box tile, int places) {
    ObjectParts parts = values.parts();
    TileEdges edges = new TileEdges(parts.image(), TileBox.of(axes, tile));
    FeatureRows.Builder rows = new FeatureRows.Builder(measurement);
    PiecesByPlace pieces = new PiecesByPlace(places);
    for (int object = 0; object < parts.size(); object++) {
      if (edges.mayGoOn(parts.mask(object))) {
        pieces.add(values, object);
      } else {
        rows.add(values.object(object, measurement.tools()));
      }
    }
    return new TileFeatures(rows.build(), pieces.build());
  }

  /**
   * The parts of all objects of a tile, whether or not they reach its border.
   *
   * @param values of those objects
   * @param places number of places that put parts together
   */
  public static TileFeatures parts(ObjectMeasurement measurement, PartValues values, int places) {
    PiecesByPlace pieces = new PiecesByPlace(places);
    for (int object = 0; object < values.parts().size(); object++) {
      pieces.add(values, object);
    }
    return new TileFeatures(FeatureRows.none(measurement.columns().size()), pieces.build());
  }

  private static final class PiecesByPlace {
    private final int places;
    private final TreeMap<Integer, ObjectPieces.Builder> builders = new TreeMap<>();

    PiecesByPlace(int places) {
      this.places = places;
    }

    void add(PartValues values, int object) {
      ObjectParts parts = values.parts();
      int home = ObjectPieces.home(parts.label(object), parts.time(object), places);
      builders.computeIfAbsent(home, none -> new ObjectPieces.Builder()).add(values, object);
    }

    Map<Integer, ObjectPieces> build() {
      Map<Integer, ObjectPieces> built = new TreeMap<>();
      builders.forEach((place, builder) -> built.put(place, builder.build()));
      return built;
    }
  }

  /** Rows of the objects that lie in the tile. */
  public FeatureRows rows() {
    return rows;
  }

  /** Parts of objects, by the place that puts them together. */
  public SortedMap<Integer, ObjectPieces> pieces() {
    return Collections.unmodifiableSortedMap(pieces);
  }
}
