// SPDX-License-Identifier: Apache-2.0
/**
 * Transforms applied to the objects of images. {@link org.ngffspark.apply.TransformTask} is where
 * to begin: what a task does with a tile, and what becomes of its results.
 */
package org.ngffspark.apply;
