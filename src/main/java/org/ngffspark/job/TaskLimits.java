// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;

/**
 * What a run may use.
 *
 * @param memoryPerTask bytes of decoded pixels that one task may hold
 * @param tilesPerImage tiles that an image should at least be cut into, to give every core work;
 *     small images are not cut for that
 * @param forcedTiles tiles that an image is cut into however small it is; 0 for none
 */
public record TaskLimits(long memoryPerTask, int tilesPerImage, int forcedTiles)
    implements Serializable {}
