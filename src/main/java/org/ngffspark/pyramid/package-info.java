// SPDX-License-Identifier: Apache-2.0
/**
 * Coarser levels made from finer ones: in the memory of one task ({@link
 * org.ngffspark.pyramid.CoarserLevels}), or level by level with many tasks ({@link
 * org.ngffspark.pyramid.LevelRounds}). {@link org.ngffspark.pyramid.PyramidTask} does it alone;
 * transforms do it with the units they have staged.
 */
package org.ngffspark.pyramid;
