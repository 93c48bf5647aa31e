// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ngffspark.table.Column;
import org.ngffspark.table.FeatureTable;
import org.ngffspark.table.LongColumn;
import org.ngffspark.table.StringColumn;

/**
 * The features of many objects, in a few arrays. Of each object its label, its time point, its
 * centroid in world units, and one number for each column. Immutable.
 */
public final class FeatureRows implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int AXES = ObjectMask.AXES;
  // As Fractal's tables have them.
  private static final String REGION = "region";
  private static final String WHOLE_IMAGE = "image";

  private final int columns;
  private final long[] labels;
  private final int[] times;
  // z, y, x of each object.
  private final double[] centroids;
  private final double[] numbers;
  private final List<Skipped> skipped;

  private FeatureRows(
      int columns,
      long[] labels,
      int[] times,
      double[] centroids,
      double[] numbers,
      List<Skipped> skipped) {
    this.columns = columns;
    this.labels = labels;
    this.times = times;
    this.centroids = centroids;
    this.numbers = numbers;
    this.skipped = List.copyOf(skipped);
  }

  /**
   * An object for which features of the user's own failed, so that their numbers are missing.
   *
   * @param label id of the object
   * @param reason why
   */
  public record Skipped(long label, String reason) implements Serializable {}

  /** No objects. */
  public static FeatureRows none(int columns) {
    return new FeatureRows(
        columns, new long[0], new int[0], new double[0], new double[0], List.of());
  }

  /** Measures objects one by one. */
  public static final class Builder {
    private final ObjectMeasurement measurement;
    private final int columns;
    private int size;
    private long[] labels = new long[16];
    private int[] times = new int[16];
    private double[] centroids = new double[16 * AXES];
    private double[] numbers;
    private final List<Skipped> skipped = new ArrayList<>();

    public Builder(ObjectMeasurement measurement) {
      this.measurement = measurement;
      this.columns = measurement.columns().size();
      this.numbers = new double[16 * columns];
    }

    /**
     * Measures an object.
     *
     * @throws FeatureFailure if features of the user's own fail, and that is not to be skipped
     */
    public void add(MeasuredObject object) {
      if (size == labels.length) {
        labels = Arrays.copyOf(labels, 2 * size);
        times = Arrays.copyOf(times, 2 * size);
        centroids = Arrays.copyOf(centroids, 2 * centroids.length);
        numbers = Arrays.copyOf(numbers, 2 * numbers.length);
      }
      labels[size] = object.label();
      times[size] = object.time();
      int first = AXES - object.image().dimensions();
      for (int axis = first; axis < AXES; axis++) {
        centroids[AXES * size + axis] = object.centroid(axis - first);
      }
      measurement.measure(
          object,
          numbers,
          size * columns,
          failure -> skipped.add(new Skipped(failure.label(), failure.getMessage())));
      size++;
    }

    public FeatureRows build() {
      return new FeatureRows(
          columns,
          Arrays.copyOf(labels, size),
          Arrays.copyOf(times, size),
          Arrays.copyOf(centroids, AXES * size),
          Arrays.copyOf(numbers, columns * size),
          skipped);
    }
  }

  /**
   * All rows of several batches, ascending by time point and label.
   *
   * @throws IllegalArgumentException if they do not have the same number of columns
   */
  public static FeatureRows merge(int columns, List<FeatureRows> batches) {
    int size = 0;
    for (FeatureRows batch : batches) {
      if (batch.columns != columns) {
        throw new IllegalArgumentException(
            "Rows of " + batch.columns + " columns cannot join rows of " + columns);
      }
      size += batch.size();
    }
    FeatureRows all =
        new FeatureRows(
            columns,
            new long[size],
            new int[size],
            new double[AXES * size],
            new double[Math.multiplyExact(columns, size)],
            batches.stream().flatMap(batch -> batch.skipped.stream()).toList());
    int at = 0;
    for (FeatureRows batch : batches) {
      for (int row = 0; row < batch.size(); row++) {
        all.copy(at++, batch, row);
      }
    }
    return all.select(all.order());
  }

  private void copy(int to, FeatureRows from, int row) {
    labels[to] = from.labels[row];
    times[to] = from.times[row];
    System.arraycopy(from.centroids, AXES * row, centroids, AXES * to, AXES);
    System.arraycopy(from.numbers, columns * row, numbers, columns * to, columns);
  }

  private int[] order() {
    return IntStream.range(0, labels.length)
        .boxed()
        .sorted(
            (a, b) ->
                times[a] != times[b]
                    ? Integer.compare(times[a], times[b])
                    : Long.compare(labels[a], labels[b]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * Measures objects that are put together from parts.
   *
   * @param batches all parts of some objects
   * @throws IllegalArgumentException if an object takes more than 2 GiB in one channel
   */
  public static FeatureRows ofPieces(ObjectMeasurement measurement, List<ObjectPieces> batches) {
    Builder rows = new Builder(measurement);
    ObjectPieces.join(measurement.image(), measurement.tools(), batches, rows::add);
    return rows.build();
  }

  /** The objects that have more than one row. */
  public ObjectKeys repeated() {
    return ObjectKeys.repeated(this);
  }

  /** The rows of all other objects. */
  public FeatureRows without(ObjectKeys objects) {
    return select(
        IntStream.range(0, size())
            .filter(row -> !objects.contains(times[row], labels[row]))
            .toArray());
  }

  /** Those rows, in that order. */
  FeatureRows select(int[] rows) {
    FeatureRows selected =
        new FeatureRows(
            columns,
            new long[rows.length],
            new int[rows.length],
            new double[AXES * rows.length],
            new double[columns * rows.length],
            skipped);
    for (int i = 0; i < rows.length; i++) {
      selected.copy(i, this, rows[i]);
    }
    return selected;
  }

  /**
   * The table of an image.
   *
   * @param labelName of the label image
   * @param measurement that the rows were made with
   */
  public FeatureTable table(String labelName, ObjectMeasurement measurement) {
    List<Column> all = new ArrayList<>();
    List<FeatureColumn> described = measurement.columns();
    for (int column = 0; column < columns; column++) {
      all.add(column(described.get(column), column));
    }
    all.addAll(measurement.features().neighbourhood().columns(this));
    if (measurement.image().times().isPresent()) {
      all.add(LongColumn.of(FeatureTable.TIME, Arrays.stream(times).asLongStream().toArray()));
    }
    String[] regions = new String[size()];
    Arrays.fill(regions, WHOLE_IMAGE);
    all.add(StringColumn.of(REGION, regions));
    return FeatureTable.of(labelName, labels, all);
  }

  private Column column(FeatureColumn described, int column) {
    double[] values = new double[size()];
    Arrays.setAll(values, row -> number(row, column));
    return described.type().column(described.name(), values);
  }

  /** The objects for which features of the user's own failed. */
  public List<Skipped> skipped() {
    return skipped;
  }

  /** Number of objects. */
  public int size() {
    return labels.length;
  }

  /** Number of columns. */
  public int columns() {
    return columns;
  }

  public long label(int row) {
    return labels[row];
  }

  /** Index of the time point. */
  public int time(int row) {
    return times[row];
  }

  /** The number of a column. */
  public double number(int row, int column) {
    return numbers[row * columns + column];
  }

  /** In world units; axes z, y, x; z is 0 in 2D. */
  double centroid(int row, int axis) {
    return centroids[AXES * row + axis];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureRows rows
        && columns == rows.columns
        && Arrays.equals(labels, rows.labels)
        && Arrays.equals(times, rows.times)
        && Arrays.equals(centroids, rows.centroids)
        && Arrays.equals(numbers, rows.numbers);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(labels) + Arrays.hashCode(numbers);
  }

  @Override
  public String toString() {
    return labels.length + " objects, " + columns + " columns";
  }
}
