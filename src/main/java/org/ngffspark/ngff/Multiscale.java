// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import java.util.List;
import org.ngffspark.roi.Axes;

/**
 * What an entry of {@code multiscales} says.
 *
 * @param datasets the levels that can be used: all, or those before the first that cannot
 * @param listed how many levels there are
 */
record Multiscale(MultiscaleForm form, Axes axes, List<Dataset> datasets, int listed) {

  Multiscale {
    datasets = List.copyOf(datasets);
  }
}
