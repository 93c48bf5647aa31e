// SPDX-License-Identifier: Apache-2.0
/**
 * Runs that find objects and write them as new label images. {@link
 * org.ngffspark.labels.SegmentTask} is where to begin.
 */
package org.ngffspark.labels;
