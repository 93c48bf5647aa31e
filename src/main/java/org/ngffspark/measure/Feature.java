// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * A feature of single objects, and how it is computed.
 *
 * @param description what is said of it
 * @param type of its columns
 * @param images which images have it
 * @param parts how many numbers it has for an object, or for each channel of one
 * @param uses what it uses of the values of a channel
 * @param measure computes one number
 */
record Feature(
    FeatureDescription description,
    FeatureColumn.Type type,
    Images images,
    Parts parts,
    Uses uses,
    Measure measure) {

  /** What a feature uses of the values of a channel. */
  enum Uses {
    /** What they come to, {@link ChannelSums}. */
    SUMS,
    /** Each of them. */
    VALUES
  }

  /** Which images have a feature. */
  enum Images {
    ALL,
    /** Those without z, or with one plane. */
    PLANES,
    /** Those of {@link #PLANES}; others if the feature is asked for by its own name. */
    PLANES_FIRST
  }

  /** How many numbers a feature has. */
  @FunctionalInterface
  interface Parts {
    /** One number, whose column has the name of the feature alone. */
    Parts ONE = dimensions -> 0;

    /**
     * @param dimensions of the image, 2 or 3
     * @return 0 for one number without a number in its name
     */
    int count(int dimensions);
  }

  /** Computes one number of a feature. */
  @FunctionalInterface
  interface Measure {
    /**
     * @param part number of the part, from 0
     * @param channel number of the channel among those measured; 0 for features of the mask
     */
    double of(MeasuredObject object, int part, int channel);
  }

  static Feature of(FeatureDescription description, Measure measure) {
    return new Feature(
        description, FeatureColumn.Type.NUMBER, Images.ALL, Parts.ONE, Uses.SUMS, measure);
  }

  Feature with(FeatureColumn.Type newType) {
    return new Feature(description, newType, images, parts, uses, measure);
  }

  Feature inPlanes() {
    return new Feature(description, type, Images.PLANES, parts, uses, measure);
  }

  Feature firstInPlanes() {
    return new Feature(description, type, Images.PLANES_FIRST, parts, uses, measure);
  }

  Feature in(Parts newParts) {
    return new Feature(description, type, images, newParts, uses, measure);
  }

  Feature ofEachValue() {
    return new Feature(description, type, images, parts, Uses.VALUES, measure);
  }

  /** Whether objects of an image can have it. */
  boolean isOf(MeasuredImage image) {
    return images != Images.PLANES || image.dimensions() == 2;
  }

  /** Whether it is measured when its group is asked for. */
  boolean isInGroup(MeasuredImage image) {
    return images == Images.ALL || image.dimensions() == 2;
  }

  boolean isPerChannel() {
    return description.needs() == FeatureDescription.Needs.PIXELS;
  }

  /** The columns for the mask, or for one channel. */
  List<FeatureColumn> columns(MeasuredImage image, int channel) {
    String name = description.name();
    String suffix = isPerChannel() ? "-" + image.channels().get(channel) : "";
    List<FeatureColumn> columns = new ArrayList<>();
    int count = parts.count(image.dimensions());
    if (count == 0) {
      columns.add(new FeatureColumn(name + suffix, type));
    }
    for (int part = 0; part < count; part++) {
      columns.add(new FeatureColumn(name + "-" + part + suffix, type));
    }
    return columns;
  }

  /** Writes the numbers of one object and channel, and returns the index after the last. */
  int measure(MeasuredObject object, int channel, double[] row, int at) {
    int count = Math.max(1, parts.count(object.image().dimensions()));
    for (int part = 0; part < count; part++) {
      row[at + part] = measure.of(object, part, channel);
    }
    return at + count;
  }
}
