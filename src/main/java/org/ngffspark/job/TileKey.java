// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;

/**
 * A tile of one of the images of a run.
 *
 * @param image place of the image among those that are tiled
 * @param tile number of the tile
 */
public record TileKey(int image, int tile) implements Serializable {}
