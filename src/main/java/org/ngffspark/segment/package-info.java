// SPDX-License-Identifier: Apache-2.0
/**
 * How objects are found in pixels: smoothing, thresholds, connected components, splitting. Start at
 * {@link org.ngffspark.segment.PatchSegmentation}.
 */
package org.ngffspark.segment;
