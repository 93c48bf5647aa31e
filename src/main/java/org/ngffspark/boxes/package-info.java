// SPDX-License-Identifier: Apache-2.0
/**
 * Boxes of objects, found in label images and written as masking ROI tables. {@link
 * org.ngffspark.boxes.BoxTask} is where to begin.
 */
package org.ngffspark.boxes;
