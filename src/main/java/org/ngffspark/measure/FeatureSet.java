// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which features are measured, and how. Immutable. */
public final class FeatureSet implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<String> names;
  private final GrayLevels grayLevels;
  private final Neighbourhood neighbourhood;
  private final List<Own> own;
  private final OnFailure onFailure;

  /** What becomes of an object for which features of the user's own fail. */
  public enum OnFailure {
    /** What they throw goes through, as a {@link FeatureFailure}. */
    THROW,
    /** Their numbers are missing, and the object is listed as skipped. */
    SKIP
  }

  /** Features of the user's own, with the texts of their parameters. */
  private record Own(ObjectFeatures features, TreeMap<String, String> parameters)
      implements Serializable {
    String text() {
      return features.name() + " " + parameters + " " + features.code();
    }
  }

  private FeatureSet(
      List<String> names,
      GrayLevels grayLevels,
      Neighbourhood neighbourhood,
      List<Own> own,
      OnFailure onFailure) {
    this.names = List.copyOf(names);
    this.grayLevels = grayLevels;
    this.neighbourhood = neighbourhood;
    this.own = List.copyOf(own);
    this.onFailure = onFailure;
  }

  /** What Fractal's {@code measure_features} measures by default. */
  public static FeatureSet ofDefaults() {
    return of(FeatureGroup.DEFAULT.stream().map(FeatureGroup::title).toList());
  }

  /**
   * Features by their names or those of their groups.
   *
   * @throws IllegalArgumentException if a name is unknown; the message lists those that are
   */
  public static FeatureSet of(List<String> names) {
    Set<String> known = new HashSet<>();
    descriptions().forEach(description -> known.add(description.name()));
    for (FeatureGroup group : FeatureGroup.values()) {
      known.add(group.title());
    }
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "No feature or group '"
                + name
                + "'; groups are "
                + Arrays.stream(FeatureGroup.values()).map(FeatureGroup::title).toList()
                + ", features are "
                + descriptions().stream().map(FeatureDescription::name).toList());
      }
    }
    return new FeatureSet(
        names, GrayLevels.DEFAULT, Neighbourhood.NO_DISTANCE, List.of(), OnFailure.THROW);
  }

  /** All features that come with the program, in the order of their columns. */
  public static List<FeatureDescription> descriptions() {
    List<FeatureDescription> all = new ArrayList<>();
    FeatureCatalogue.all().forEach(feature -> all.add(feature.description()));
    all.addAll(Neighbourhood.DESCRIPTIONS);
    return all;
  }

  /** The same, with another scale of gray levels for texture. */
  public FeatureSet with(GrayLevels newLevels) {
    return new FeatureSet(names, newLevels, neighbourhood, own, onFailure);
  }

  /** The same, with another neighbourhood. */
  public FeatureSet with(Neighbourhood newNeighbourhood) {
    return new FeatureSet(names, grayLevels, newNeighbourhood, own, onFailure);
  }

  /**
   * The same, and features of the user's own, whose columns come last.
   *
   * @param further configured
   * @param parameters texts of its parameters by name, to tell jobs apart
   */
  public FeatureSet and(ObjectFeatures further, Map<String, String> parameters) {
    List<Own> all = new ArrayList<>(own);
    all.add(new Own(further, new TreeMap<>(parameters)));
    return new FeatureSet(names, grayLevels, neighbourhood, all, onFailure);
  }

  /** The same, with this for objects for which features of the user's own fail. */
  public FeatureSet with(OnFailure choice) {
    return new FeatureSet(names, grayLevels, neighbourhood, own, choice);
  }

  OnFailure onFailure() {
    return onFailure;
  }

  /** What is measured, by names of settings: equal sets, equal texts. */
  public SortedMap<String, String> described() {
    SortedMap<String, String> texts = new TreeMap<>();
    texts.put("features", String.join(",", names));
    texts.put("gray_levels", grayLevels.toString());
    texts.put("neighbour_distance", Double.toString(neighbourhood.distance()));
    texts.put("on_failure", onFailure.name());
    texts.put("own", own.stream().map(Own::text).toList().toString());
    return texts;
  }

  GrayLevels grayLevels() {
    return grayLevels;
  }

  List<ObjectFeatures> own() {
    return own.stream().map(Own::features).toList();
  }

  /**
   * The features of {@link FeatureGroup#NEIGHBOURS} that are measured, and within which distance.
   */
  public Neighbourhood neighbourhood() {
    return neighbourhood.only(this::contains);
  }

  private boolean contains(FeatureDescription description) {
    return names.contains(description.name()) || names.contains(description.group().title());
  }

  /**
   * The features of single objects that are measured on an image. Of a group those that the image
   * has.
   *
   * @throws IllegalArgumentException if one that is asked for by its own name is not of such images
   */
  List<Feature> on(MeasuredImage image) {
    List<Feature> selected = new ArrayList<>();
    for (Feature feature : FeatureCatalogue.all()) {
      String name = feature.description().name();
      if (names.contains(name) && !feature.isOf(image)) {
        throw new IllegalArgumentException(
            "'" + name + "' is of images with one plane; this one has " + image.depth());
      }
      boolean inGroup = names.contains(feature.description().group().title());
      if (names.contains(name) || inGroup && feature.isInGroup(image)) {
        selected.add(feature);
      }
    }
    return selected;
  }

  /**
   * Whether pixels of the image have to be read: not if all that is asked for follows from masks.
   */
  public boolean needsPixels() {
    return !own.isEmpty()
        || FeatureCatalogue.all().stream()
            .anyMatch(feature -> feature.isPerChannel() && contains(feature.description()));
  }

  /** Whether a feature uses each value of a channel, and not only what they come to. */
  boolean needsValues() {
    return !own.isEmpty()
        || FeatureCatalogue.all().stream()
            .anyMatch(
                feature ->
                    feature.uses() == Feature.Uses.VALUES && contains(feature.description()));
  }
}
