// SPDX-License-Identifier: Apache-2.0

/**
 * Containers, images and label images; objects cut out of them with their masks and pasted back;
 * pyramids. A library without Spark: {@link org.ngffspark.image.Container} is where to begin.
 */
package org.ngffspark.image;
