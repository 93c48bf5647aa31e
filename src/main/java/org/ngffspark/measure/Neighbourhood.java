// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.ngffspark.table.Column;

/**
 * The features that say how an object lies among the others of its time point. Distances are those
 * of centroids, in world units.
 *
 * @param distance up to which others are counted; NaN if none was given
 * @param names the features that are measured
 */
public record Neighbourhood(double distance, List<String> names) implements Serializable {
  private static final String COUNT = "neighbours_count";
  private static final String LABEL = "nearest_label";
  private static final String DISTANCE = "nearest_distance";

  static final List<FeatureDescription> DESCRIPTIONS =
      List.of(
          describe(COUNT, "", "number of other objects whose centroids lie within the distance"),
          describe(
              LABEL, "", "label of the object with the nearest centroid, of equals the lowest"),
          describe(DISTANCE, "unit", "distance to the nearest centroid"));

  /** No distance was given. */
  public static final Neighbourhood NO_DISTANCE = new Neighbourhood(Double.NaN, List.of());

  /**
   * @throws IllegalArgumentException if the distance is not positive
   */
  public Neighbourhood {
    names = List.copyOf(names);
    if (distance <= 0) {
      throw new IllegalArgumentException(
          "Neighbours lie within a positive distance, got " + distance);
    }
  }

  /** Others are counted up to this distance, in world units. */
  public static Neighbourhood within(double distance) {
    return new Neighbourhood(distance, List.of());
  }

  private static FeatureDescription describe(String name, String unit, String definition) {
    return new FeatureDescription(
        name, FeatureGroup.NEIGHBOURS, FeatureDescription.Needs.WHOLE_IMAGE, unit, definition);
  }

  /**
   * The same with those features only.
   *
   * @throws IllegalArgumentException if neighbours are to be counted and no distance was given
   */
  Neighbourhood only(Predicate<FeatureDescription> wanted) {
    List<String> selected =
        DESCRIPTIONS.stream().filter(wanted).map(FeatureDescription::name).toList();
    if (selected.contains(COUNT) && Double.isNaN(distance)) {
      throw new IllegalArgumentException(
          "'" + COUNT + "' needs the distance up to which neighbours are counted");
    }
    return new Neighbourhood(distance, selected);
  }

  /** Whether nothing is measured of neighbours. */
  public boolean isEmpty() {
    return names.isEmpty();
  }

  /**
   * The columns, a value for each row.
   *
   * @param rows all objects of an image, ascending by time point and label
   */
  List<Column> columns(FeatureRows rows) {
    List<Column> columns = new ArrayList<>();
    if (!isEmpty()) {
      NearestObjects nearest = NearestObjects.of(rows, distance);
      for (String name : names) {
        columns.add(
            switch (name) {
              case COUNT -> nearest.counts(name);
              case LABEL -> nearest.labels(name);
              default -> nearest.distances(name);
            });
      }
    }
    return columns;
  }
}
