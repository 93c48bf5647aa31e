// SPDX-License-Identifier: Apache-2.0
/**
 * What is measured of objects: features of one object from its mask and pixels, as scikit-image
 * defines them, and the rows that they make. Start at {@link org.ngffspark.measure.MeasuredObject}.
 */
package org.ngffspark.measure;
