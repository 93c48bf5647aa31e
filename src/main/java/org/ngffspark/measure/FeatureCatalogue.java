// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.ngffspark.measure.Feature.Measure;
import org.ngffspark.measure.FeatureDescription.Needs;

/**
 * The features of single objects that come with the program, in the order of their columns. Names
 * and definitions are those of scikit-image 0.26 {@code regionprops}, unless the definition says
 * otherwise.
 */
final class FeatureCatalogue {
  private static final String LENGTH = "unit";
  private static final String AREA = "unit^2 (3D: unit^3)";
  private static final String PIXELS = "pixel";
  private static final String NONE = "";
  private static final int HU = 7;

  private FeatureCatalogue() {}

  static List<Feature> all() {
    List<Feature> all = new ArrayList<>(sizes());
    all.addAll(forms());
    all.addAll(convex());
    all.addAll(position());
    all.addAll(moments());
    all.addAll(intensity());
    all.addAll(texture());
    return all;
  }

  private static Feature mask(
      FeatureGroup group, String name, String unit, String definition, Measure measure) {
    return Feature.of(new FeatureDescription(name, group, Needs.MASK, unit, definition), measure);
  }

  private static Feature pixels(
      FeatureGroup group, String name, String unit, String definition, Measure measure) {
    return Feature.of(new FeatureDescription(name, group, Needs.PIXELS, unit, definition), measure);
  }

  private static List<Feature> sizes() {
    FeatureGroup shape = FeatureGroup.SHAPE;
    return List.of(
        mask(shape, "area", AREA, "pixels times the size of a pixel", (o, p, c) -> o.area()),
        mask(
            shape,
            "area_bbox",
            AREA,
            "size of the smallest box around the object",
            (o, p, c) -> o.mask().boxPixels() * o.image().spacing().pixel()),
        mask(shape, "num_pixels", PIXELS, "number of pixels", (o, p, c) -> o.mask().pixels())
            .with(FeatureColumn.Type.INTEGER),
        mask(
            shape,
            "equivalent_diameter_area",
            LENGTH,
            "diameter of a circle (3D: sphere) of the same area",
            (o, p, c) -> equivalentDiameter(o)));
  }

  private static double equivalentDiameter(MeasuredObject object) {
    int dimensions = object.image().dimensions();
    return Math.pow(2 * dimensions * object.area() / Math.PI, 1.0 / dimensions);
  }

  private static List<Feature> forms() {
    FeatureGroup shape = FeatureGroup.SHAPE;
    return List.of(
        mask(
            shape,
            "axis_major_length",
            LENGTH,
            "longest axis of the ellipse (3D: ellipsoid) with the same second moments",
            (o, p, c) -> o.inertia().majorAxis()),
        mask(
            shape,
            "axis_minor_length",
            LENGTH,
            "shortest axis of the ellipse (3D: ellipsoid) with the same second moments",
            (o, p, c) -> o.inertia().minorAxis()),
        mask(
                shape,
                "euler_number",
                NONE,
                "components minus holes (3D: minus tunnels plus cavities)",
                (o, p, c) -> o.eulerNumber())
            .with(FeatureColumn.Type.INTEGER),
        mask(
                shape,
                "feret_diameter_max",
                LENGTH,
                "largest distance between two points of the contour of the convex hull; in 3D if named",
                (o, p, c) -> o.feretDiameter())
            .firstInPlanes(),
        mask(
                shape,
                "perimeter",
                LENGTH,
                "length of the line through the border pixels; missing if pixels are not square",
                (o, p, c) -> o.perimeter())
            .inPlanes(),
        mask(
                shape,
                "perimeter_crofton",
                LENGTH,
                "length of the border by Crofton's formula in four directions; missing if pixels"
                    + " are not square",
                (o, p, c) -> o.croftonPerimeter())
            .inPlanes(),
        mask(
                shape,
                "eccentricity",
                NONE,
                "of the ellipse with the same second moments: 0 for a circle, 1 for a line",
                (o, p, c) -> o.inertia().eccentricity())
            .inPlanes(),
        mask(
                shape,
                "orientation",
                "radian",
                "angle between the y axis and the major axis, -pi/2 to pi/2",
                (o, p, c) -> o.inertia().orientation())
            .inPlanes());
  }

  private static List<Feature> convex() {
    FeatureGroup convex = FeatureGroup.CONVEX;
    return List.of(
        mask(convex, "area_convex", AREA, "size of the convex hull", (o, p, c) -> o.convexArea()),
        mask(
            convex,
            "area_filled",
            AREA,
            "size of the object with its holes filled",
            (o, p, c) ->
                (o.mask().pixels() + Holes.pixels(o.mask())) * o.image().spacing().pixel()),
        mask(
            convex,
            "extent",
            NONE,
            "area / area_bbox",
            (o, p, c) -> (double) o.mask().pixels() / o.mask().boxPixels()),
        mask(
            convex,
            "solidity",
            NONE,
            "area / area_convex",
            (o, p, c) -> o.area() / o.convexArea()));
  }

  private static List<Feature> position() {
    FeatureGroup position = FeatureGroup.POSITION;
    return List.of(
        mask(
                position,
                "bbox",
                PIXELS,
                "smallest box: first index on (z,) y, x, then the index after the last",
                FeatureCatalogue::boxCorner)
            .with(FeatureColumn.Type.INTEGER)
            .in(dimensions -> 2 * dimensions),
        mask(
                position,
                "centroid",
                LENGTH,
                "centre on (z,) y, x, from the centre of the image's first pixel",
                (o, p, c) -> o.centroid(p))
            .in(dimensions -> dimensions),
        mask(
                position,
                "touches_border",
                NONE,
                "whether a pixel lies at the border of the image (not of scikit-image)",
                (o, p, c) -> o.touchesBorder() ? 1 : 0)
            .with(FeatureColumn.Type.BOOLEAN),
        pixels(
                position,
                "centroid_weighted",
                LENGTH,
                "centre on (z,) y, x, each pixel weighted with its value",
                (o, p, c) -> o.weightedCentroid(p, c))
            .in(dimensions -> dimensions));
  }

  private static double boxCorner(MeasuredObject object, int part, int channel) {
    int dimensions = object.image().dimensions();
    int axis = part % dimensions + ObjectMask.AXES - dimensions;
    int low = object.mask().low(axis);
    return part < dimensions ? low : low + (double) object.mask().length(axis);
  }

  private static List<Feature> moments() {
    FeatureGroup moments = FeatureGroup.MOMENTS;
    return List.of(
        mask(
                moments,
                "inertia_tensor_eigvals",
                "unit^2",
                "moments of inertia about the main axes for each pixel, descending",
                (o, p, c) -> o.inertia().eigenvalue(p))
            .in(dimensions -> dimensions),
        mask(
                moments,
                "moments_hu",
                NONE,
                "Hu's seven invariants of the mask, of pixels of size 1",
                (o, p, c) -> o.hu(p))
            .in(dimensions -> HU)
            .inPlanes(),
        pixels(
                moments,
                "moments_weighted_hu",
                NONE,
                "Hu's seven invariants of the values, of pixels of size 1",
                (o, p, c) -> o.weightedHu(p, c))
            .in(dimensions -> HU)
            .inPlanes()
            .ofEachValue());
  }

  private static List<Feature> intensity() {
    return List.of(
        intensity("mean", "mean of the values", Intensities::mean),
        intensity("median", "middle value, of an even count the mean of two", Intensities::median),
        intensity("max", "largest value", Intensities::max),
        intensity("min", "smallest value", Intensities::min),
        intensity("std", "standard deviation, divided by the count", Intensities::std));
  }

  private static Feature intensity(
      String name, String definition, ToDoubleFunction<Intensities> value) {
    return pixels(
        FeatureGroup.INTENSITY,
        "intensity_" + name,
        "pixel value",
        definition,
        (o, p, c) -> value.applyAsDouble(o.intensities(c)));
  }

  private static List<Feature> texture() {
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < Texture.NAMES.size(); i++) {
      int index = i;
      features.add(
          pixels(
                  FeatureGroup.TEXTURE,
                  "haralick_" + Texture.NAMES.get(i),
                  NONE,
                  "Haralick's feature " + (i + 1) + ", mean over all directions, as of mahotas",
                  (o, p, c) -> o.texture(index, c))
              .ofEachValue());
    }
    return features;
  }
}
