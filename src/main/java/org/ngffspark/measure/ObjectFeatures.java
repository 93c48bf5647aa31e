// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.List;
import org.ngffspark.transform.Extension;
import org.ngffspark.transform.Parameters;

/** Features of a user's own. */
public interface ObjectFeatures extends Extension<ObjectFeatures> {

  @Override
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
