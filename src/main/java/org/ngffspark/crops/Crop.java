// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.io.Serializable;
import org.ngffspark.zarr.nd.Box;

/**
 * An object that was cut out.
 *
 * @param label its id; of a uint64 label image its 64 bits
 * @param box where its pixels lie in the level, in pixels
 */
record Crop(long label, Box box) implements Serializable {}
