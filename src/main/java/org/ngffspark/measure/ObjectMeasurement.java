// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Measures objects of one image: the columns that a set of features has there, and the numbers of
 * an object. Columns of masks come first, then those of each channel, then the user's own. Not safe
 * for several threads.
 */
public final class ObjectMeasurement {
  /** A feature with its channel; 0 for features of the mask. */
  private record Step(Feature feature, int channel) {}

  private final MeasuredImage image;
  private final FeatureSet features;
  private final ObjectTools tools;
  private final ObjectWatcher watcher;
  private final List<Step> steps = new ArrayList<>();
  private final List<FeatureColumn> columns = new ArrayList<>();
  private final List<Integer> ownColumns = new ArrayList<>();

  /**
   * @throws IllegalArgumentException if a feature is not of such images, or two columns have one
   *     name
   */
  public ObjectMeasurement(MeasuredImage image, FeatureSet features) {
    this(image, features, ObjectWatcher.NONE);
  }

  /**
   * The same.
   *
   * @param watcher is told of each object
   */
  ObjectMeasurement(MeasuredImage image, FeatureSet features, ObjectWatcher watcher) {
    this.watcher = watcher;
    this.image = image;
    this.features = features;
    this.tools = ObjectTools.with(features.grayLevels());
    List<Feature> selected = features.on(image);
    selected.stream().filter(f -> !f.isPerChannel()).forEach(f -> steps.add(new Step(f, 0)));
    for (int channel = 0; channel < image.channels().size(); channel++) {
      for (Feature feature : selected) {
        if (feature.isPerChannel()) {
          steps.add(new Step(feature, channel));
        }
      }
    }
    steps.forEach(step -> columns.addAll(step.feature.columns(image, step.channel)));
    for (ObjectFeatures own : features.own()) {
      List<FeatureColumn> added = own.columns(image);
      columns.addAll(added);
      ownColumns.add(added.size());
    }
    requireDistinct();
  }

  private void requireDistinct() {
    Set<String> names = new HashSet<>();
    for (FeatureColumn column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException("Two features have a column '" + column.name() + "'");
      }
    }
  }

  /** Whether each value of a channel is looked at, and not only what they come to. */
  boolean needsValues() {
    return features.needsValues();
  }

  /** Who is told of each object. */
  ObjectWatcher watcher() {
    return watcher;
  }

  /** What the objects have in common. */
  public MeasuredImage image() {
    return image;
  }

  public FeatureSet features() {
    return features;
  }

  ObjectTools tools() {
    return tools;
  }

  /** The columns, in the order of the numbers. */
  public List<FeatureColumn> columns() {
    return List.copyOf(columns);
  }

  /** Names of features that no object has, for pixels of the image are not square. */
  public List<String> undefined() {
    return steps.stream()
        .map(step -> step.feature.description().name())
        .filter(name -> name.startsWith("perimeter") && !image.spacing().isSquare())
        .toList();
  }

  /**
   * The numbers of an object.
   *
   * @param row takes them from {@code at} on
   * @param skipped takes failures of the user's own features, whose numbers are then missing
   * @throws FeatureFailure if they fail, and that is not to be skipped
   */
  void measure(MeasuredObject object, double[] row, int at, Consumer<FeatureFailure> skipped) {
    int next = at;
    for (Step step : steps) {
      next = step.feature.measure(object, step.channel, row, next);
    }
    for (int i = 0; i < ownColumns.size(); i++) {
      double[] numbers = own(i, object, skipped);
      System.arraycopy(numbers, 0, row, next, numbers.length);
      next += numbers.length;
    }
    watcher.measured(object, row, at);
  }

  private double[] own(int index, MeasuredObject object, Consumer<FeatureFailure> skipped) {
    ObjectFeatures own = features.own().get(index);
    try {
      return checked(own, index, own.measure(object));
    } catch (RuntimeException thrown) {
      FeatureFailure failure = new FeatureFailure(own.name(), object, thrown);
      if (features.onFailure() == FeatureSet.OnFailure.THROW) {
        throw failure;
      }
      skipped.accept(failure);
      double[] missing = new double[ownColumns.get(index)];
      Arrays.fill(missing, Double.NaN);
      return missing;
    }
  }

  private double[] checked(ObjectFeatures own, int index, double[] numbers) {
    if (numbers.length != ownColumns.get(index)) {
      throw new IllegalArgumentException(
          "Features '%s' have %d columns, but gave %d numbers"
              .formatted(own.name(), ownColumns.get(index), numbers.length));
    }
    return numbers;
  }
}
