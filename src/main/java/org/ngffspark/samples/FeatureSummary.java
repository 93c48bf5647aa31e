// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

/**
 * A feature over all objects of an image.
 *
 * @param name of the feature
 * @param count objects that have it
 * @param mean over those; NaN if there are none
 */
public record FeatureSummary(String name, long count, double mean) {}
