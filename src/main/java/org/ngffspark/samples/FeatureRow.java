// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

/**
 * The features of one object.
 *
 * @param label its id
 * @param values one for each feature; NaN for none
 */
public record FeatureRow(long label, double[] values) {}
