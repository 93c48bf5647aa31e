// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.io.Serializable;
import java.util.List;
import org.ngffspark.transform.Parameter;
import org.ngffspark.transform.Parameters;

/**
 * Features of a user's own. Found by name, by class name, or by {@link java.util.ServiceLoader};
 * the class is public and has a public constructor without arguments.
 *
 * <p>It is sent to other machines by Java serialization, so its fields are serializable or
 * transient. Objects come in any order, on any machine, and more than once where a task is run
 * again: the numbers must follow from the object alone. Several threads may call {@link #measure}
 * of one instance at once, each with an object of its own.
 */
public interface ObjectFeatures extends Serializable {

  /** The name on the command line; the class name always works too. */
  default String name() {
    return getClass().getName();
  }

  /** One line for the list of features. */
  default String description() {
    return "";
  }

  /** The parameters it takes. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /**
   * The same with these values. Called once, before any pixel is read.
   *
   * @param values checked against {@link #parameters}
   * @throws IllegalArgumentException if the values do not go together
   */
  default ObjectFeatures configure(Parameters values) {
    return this;
  }

  /**
   * The columns that objects of an image get.
   *
   * @throws IllegalArgumentException if it cannot measure that image
   */
  List<FeatureColumn> columns(MeasuredImage image);

  /**
   * Measures one object.
   *
   * @return one number for each of the {@link #columns}, in their order; NaN for none, 1 and 0 for
   *     true and false
   */
  double[] measure(MeasuredObject object);
}
