// SPDX-License-Identifier: Apache-2.0
/**
 * Runs that measure objects and write feature tables. {@link org.ngffspark.features.MeasureTask} is
 * where to begin.
 */
package org.ngffspark.features;
