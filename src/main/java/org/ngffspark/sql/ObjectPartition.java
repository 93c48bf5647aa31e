// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.sql;

import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;
import org.ngffspark.job.ImageRef;
import org.ngffspark.plan.TileGrid;

/**
 * Some images, or a tile of one.
 *
 * @param tiles how the one image is cut; none for whole images
 * @param tile number of the tile whose objects are read: those whose boxes begin there
 */
record ObjectPartition(List<ImageRef> images, List<TileGrid> tiles, int tile)
    implements InputPartition {}
