// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Where the cells of an image lie: at random, denser here than there, apart from each other but for
 * pairs that touch. Cells are found by place through buckets.
 */
final class CellField {
  private static final double SMALLEST = 15;
  static final double LARGEST = 30;
  private static final double APART = 1.12;
  private static final double TOUCHING = 0.94;
  private static final double PAIRS = 0.14;
  private static final double MISSED = 0.03;
  private static final int TRIES = 1000;
  private static final int BUCKET = 64;
  private static final double CLUSTERS = 1.0 / 90;

  private final CellParameters parameters;
  private final int columns;
  private final List<List<Place>> buckets;
  private final List<List<Cell>> cells;
  private final int count;

  private record Place(double y, double x, double radius) {}

  CellField(CellParameters parameters) {
    this.parameters = parameters;
    int rows = (parameters.height() - 1) / BUCKET + 1;
    this.columns = (parameters.width() - 1) / BUCKET + 1;
    this.buckets = new ArrayList<>();
    for (int i = 0; i < rows * columns; i++) {
      buckets.add(new ArrayList<>(0));
    }
    SplittableRandom random = new SplittableRandom(parameters.seed());
    scatter(random, new Texture(random.nextLong()));
    this.cells = new ArrayList<>();
    this.count = number(random);
    buckets.clear();
  }

  private void scatter(SplittableRandom random, Texture density) {
    double largest = Math.min(LARGEST, 0.4 * spacing());
    double smallest = Math.min(SMALLEST, 0.6 * largest);
    int placed = 0;
    while (placed < parameters.objects()) {
      int before = placed;
      for (int tries = 0; tries < TRIES && placed == before; tries++) {
        double between = (random.nextDouble() + random.nextDouble()) / 2;
        Place place =
            new Place(
                random.nextDouble() * parameters.height(),
                random.nextDouble() * parameters.width(),
                smallest + (largest - smallest) * between);
        double crowd = density.at(place.y * CLUSTERS, place.x * CLUSTERS);
        if (random.nextDouble() < 0.55 + 0.4 * crowd && isFree(place, 1)) {
          add(place);
          placed++;
          placed += random.nextDouble() < PAIRS ? partner(place, random) : 0;
        }
      }
      if (placed == before) {
        return;
      }
    }
  }

  /** Puts a second nucleus right beside one; gives how many were put. */
  private int partner(Place first, SplittableRandom random) {
    double radius = first.radius * (0.8 + 0.3 * random.nextDouble());
    double angle = 2 * Math.PI * random.nextDouble();
    double distance = TOUCHING * (first.radius + radius);
    Place second =
        new Place(
            first.y + distance * Math.sin(angle), first.x + distance * Math.cos(angle), radius);
    if (!isInside(second) || !isFree(second, TOUCHING / APART * 0.999)) {
      return 0;
    }
    add(second);
    return 1;
  }

  private double spacing() {
    return Math.sqrt(
        (double) parameters.height() * parameters.width() / Math.max(1, parameters.objects()));
  }

  private boolean isInside(Place place) {
    return place.y >= 0
        && place.x >= 0
        && place.y < parameters.height()
        && place.x < parameters.width();
  }

  private boolean isFree(Place place, double slack) {
    int row = (int) place.y / BUCKET;
    int column = (int) place.x / BUCKET;
    for (int r = Math.max(0, row - 1); r <= Math.min(row + 1, buckets.size() / columns - 1); r++) {
      for (int c = Math.max(0, column - 1); c <= Math.min(column + 1, columns - 1); c++) {
        for (Place other : buckets.get(r * columns + c)) {
          double apart = APART * slack * (place.radius + other.radius);
          if (Math.hypot(place.y - other.y, place.x - other.x) < apart) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private void add(Place place) {
    buckets.get((int) place.y / BUCKET * columns + (int) place.x / BUCKET).add(place);
  }

  /** Gives ids from bucket to bucket. */
  private int number(SplittableRandom random) {
    int nucleus = 0;
    int body = 0;
    for (List<Place> bucket : buckets) {
      List<Cell> here = new ArrayList<>(bucket.size());
      for (Place place : bucket) {
        boolean missed = random.nextDouble() < MISSED;
        body += missed ? 0 : 1;
        nucleus++;
        here.add(
            new Cell(
                nucleus,
                missed ? 0 : body,
                (float) place.y,
                (float) place.x,
                (float) place.radius,
                random.nextLong()));
      }
      cells.add(here);
    }
    return nucleus;
  }

  /** How many there are. */
  int size() {
    return count;
  }

  /** The cells whose centres lie within {@code margin} of a box, in the order of their ids. */
  List<Cell> near(int top, int left, int bottom, int right, double margin) {
    int reach = (int) Math.ceil(margin / BUCKET);
    List<Cell> near = new ArrayList<>();
    int rows = cells.size() / columns;
    for (int row = Math.max(0, top / BUCKET - reach);
        row <= Math.min(rows - 1, (bottom - 1) / BUCKET + reach);
        row++) {
      for (int column = Math.max(0, left / BUCKET - reach);
          column <= Math.min(columns - 1, (right - 1) / BUCKET + reach);
          column++) {
        near.addAll(cells.get(row * columns + column));
      }
    }
    near.sort(Comparator.comparingInt(Cell::nucleusId));
    return near;
  }
}
