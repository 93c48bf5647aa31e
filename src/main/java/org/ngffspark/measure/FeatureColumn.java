// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.io.Serializable;

/**
 * A column of features.
 *
 * @param name of the column
 * @param type of its values
 */
public record FeatureColumn(String name, Type type) implements Serializable {

  /** What the values of a column are. */
  public enum Type {
    /** Floating-point numbers; NaN is a missing one. */
    NUMBER,
    /** Whole numbers of up to 53 bits. */
    INTEGER,
    /** 1 is true, 0 is false. */
    BOOLEAN
  }

  /** A column of floating-point numbers. */
  public static FeatureColumn number(String name) {
    return new FeatureColumn(name, Type.NUMBER);
  }
}
